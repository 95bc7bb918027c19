package io.hone.executor.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hone.conf.AdvantageConfig;
import io.hone.conf.AdvantageConfig.Estimator;
import io.hone.conf.AdvantageConfig.Scale;
import io.hone.conf.AdvantageConfig.Singleton;
import io.hone.conf.ComponentConfig;
import io.hone.conf.ComponentConfig.OnInvalid;
import io.hone.conf.LossConfig.KlEstimator;
import io.hone.conf.NumberSchedule;
import io.hone.conf.RewardConfig;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.Score;
import io.hone.executor.statistics.Moments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every advantage of TRL and verl, and verl's KL estimates. */
class AdvantagesGoldenTest {
  /** TRL: rewards of components in groups of equal size, null where one could not be scored. */
  @Test
  void agreesWithGroupAdvantages() throws IOException {
    cases("group-advantages.json", "group_advantage").forEach(AdvantagesGoldenTest::trl);
  }

  /** verl: rewards of tokens, completions padded under a mask, groups of any size. */
  @Test
  void agreesWithAlgorithms() throws IOException {
    for (JsonNode golden : cases("algorithms.json", "advantage")) {
      if (golden.get("name").asText().equals("gae")) {
        gae(golden);
      } else {
        verl(golden);
      }
    }
  }

  @Test
  void klPenaltiesAgreeWithAlgorithms() throws IOException {
    for (JsonNode golden : cases("algorithms.json", "kl")) {
      KlEstimator estimator =
          KlEstimator.valueOf(
              golden.get("name").asText().replace("kl_", "").toUpperCase(Locale.ROOT));
      double[][] logprob = matrix(golden.get("inputs").get("log_prob"));
      double[][] reference = matrix(golden.get("inputs").get("ref_log_prob"));
      double[][] expected = matrix(golden.get("outputs").get("kl"));
      for (int row = 0; row < expected.length; row++) {
        for (int token = 0; token < expected[row].length; token++) {
          assertClose(
              golden,
              row,
              token,
              KlPenalty.estimate(estimator, logprob[row][token], reference[row][token]),
              expected[row][token]);
        }
      }
    }
  }

  private static void trl(JsonNode golden) {
    JsonNode params = golden.get("params");
    JsonNode weights = params.get("weights");
    List<ComponentConfig> components =
        IntStream.range(0, weights.size())
            .mapToObj(
                index ->
                    new ComponentConfig(
                        Integer.toString(index),
                        "any",
                        NumberSchedule.constant(weights.get(index).asDouble()),
                        OnInvalid.DROP_SAMPLE,
                        0,
                        null))
            .toList();
    List<ScoredCompletion> completions = new ArrayList<>();
    for (JsonNode scores : golden.get("inputs").get("rewards")) {
      completions.add(completion(scores, components));
    }
    int size = params.get("group_size").asInt();
    List<GroupRewards> groups = new ArrayList<>();
    for (int first = 0; first < completions.size(); first += size) {
      groups.add(Groups.group(completions.subList(first, first + size)));
    }
    boolean gdpo = golden.get("name").asText().equals("gdpo");
    AdvantageConfig config =
        Groups.config(
            gdpo ? Estimator.GDPO : Estimator.GRPO,
            gdpo
                ? Scale.GROUP
                : Scale.valueOf(params.get("scale").asText().toUpperCase(Locale.ROOT)),
            params.get("epsilon").asDouble(),
            Singleton.ZERO);

    List<GroupAdvantages> advantages =
        Advantages.compute(groups, config, new RewardConfig(components)).groups();

    JsonNode expected = golden.get("outputs").get("advantages");
    assertThat(expected).hasSize(completions.size());
    for (int sample = 0; sample < completions.size(); sample++) {
      assertClose(
          golden,
          sample,
          0,
          advantages.get(sample / size).value(sample % size),
          expected.get(sample).asDouble());
    }
  }

  private static ScoredCompletion completion(JsonNode scores, List<ComponentConfig> components) {
    Map<String, Score> byName = new LinkedHashMap<>();
    double sum = 0;
    for (int index = 0; index < scores.size(); index++) {
      JsonNode score = scores.get(index);
      byName.put(
          components.get(index).name(),
          score.isNull() ? Score.invalid("null") : Score.of(score.asDouble()));
      sum +=
          score.isNull() ? Double.NaN : components.get(index).weight().value() * score.asDouble();
    }
    return Groups.completion(byName, false, sum);
  }

  private static void verl(JsonNode golden) {
    JsonNode params = golden.get("params");
    JsonNode inputs = golden.get("inputs");
    double[][] rewards = matrix(inputs.get("token_level_rewards"));
    boolean[][] masks = masks(inputs.get("response_mask"));
    double discount = params.path("gamma").asDouble(1);
    boolean remax = golden.get("name").asText().equals("remax");

    Map<Integer, List<Integer>> groups = new LinkedHashMap<>();
    double[][] returns = new double[rewards.length][];
    for (int sample = 0; sample < rewards.length; sample++) {
      returns[sample] = DiscountedReturns.of(rewards[sample], masks[sample], discount);
      // verl has a greedy reward for each sample: as many groups of one.
      int group = remax ? sample : inputs.get("group").get(sample).asInt();
      groups.computeIfAbsent(group, absent -> new ArrayList<>()).add(sample);
    }
    List<GroupRewards> rewarded = new ArrayList<>();
    for (List<Integer> samples : groups.values()) {
      rewarded.add(
          new GroupRewards(
              samples.stream()
                  .map(sample -> scored(rewards[sample], returns[sample], masks[sample]))
                  .toList(),
              remax
                  ? OptionalDouble.of(inputs.get("reward_baselines").get(samples.get(0)).asDouble())
                  : OptionalDouble.empty()));
    }

    List<GroupAdvantages> advantages =
        Advantages.compute(
                rewarded, config(golden.get("name").asText(), params), Groups.NO_COMPONENTS)
            .groups();

    int index = 0;
    for (List<Integer> samples : groups.values()) {
      for (int member = 0; member < samples.size(); member++) {
        int sample = samples.get(member);
        requireSame(
            golden,
            sample,
            masks[sample],
            returns[sample],
            advantages.get(index).advantage(member));
      }
      index++;
    }
    if (golden.get("outputs").has("returns")) {
      double[][] expected = matrix(golden.get("outputs").get("returns"));
      for (int sample = 0; sample < expected.length; sample++) {
        for (int token : tokens(masks[sample])) {
          assertClose(golden, sample, token, returns[sample][token], expected[sample][token]);
        }
      }
    }
  }

  private static AdvantageConfig config(String name, JsonNode params) {
    Estimator estimator =
        switch (name) {
          case "grpo" -> Estimator.GRPO;
          case "rloo" -> Estimator.RLOO;
          case "reinforce++" -> Estimator.REINFORCE_PLUS_PLUS;
          case "reinforce++_baseline" -> Estimator.REINFORCE_PLUS_PLUS_BASELINE;
          case "remax" -> Estimator.REMAX;
          case "opo" -> Estimator.OPO;
          case "gpg" -> Estimator.GPG;
          case "grpo_passk" -> Estimator.GRPO_PASS_AT_K;
          default -> throw new IllegalArgumentException("no estimator for " + name);
        };
    return new AdvantageConfig(
        estimator,
        params.path("scale_by_std").asBoolean(true) ? Scale.GROUP : Scale.NONE,
        params.path("epsilon").asDouble(1e-4),
        Singleton.SCORE,
        false,
        params.path("gamma").asDouble(1),
        0);
  }

  /** Estimated per completion, then whitened over all as the returns of REINFORCE++ are. */
  private static void gae(JsonNode golden) {
    JsonNode params = golden.get("params");
    JsonNode inputs = golden.get("inputs");
    double[][] rewards = matrix(inputs.get("token_level_rewards"));
    double[][] values = matrix(inputs.get("values"));
    boolean[][] masks = masks(inputs.get("response_mask"));
    double[][] expectedReturns = matrix(golden.get("outputs").get("returns"));
    List<ScoredCompletion> completions = new ArrayList<>();
    List<double[]> raw = new ArrayList<>();
    for (int sample = 0; sample < rewards.length; sample++) {
      Gae gae =
          Gae.estimate(
              rewards[sample],
              floats(values[sample]),
              masks[sample],
              params.get("gamma").asDouble(),
              params.get("lambda_").asDouble(),
              0);
      for (int token : tokens(masks[sample])) {
        assertClose(golden, sample, token, gae.returns()[token], expectedReturns[sample][token]);
      }
      raw.add(gae.advantages());
      completions.add(scored(rewards[sample], gae.advantages(), masks[sample]));
    }
    GroupAdvantages advantages =
        Groups.compute(Groups.config(Estimator.REINFORCE_PLUS_PLUS), Groups.group(completions))
            .groups()
            .get(0);
    for (int sample = 0; sample < rewards.length; sample++) {
      requireSame(golden, sample, masks[sample], raw.get(sample), advantages.advantage(sample));
    }
  }

  private static ScoredCompletion scored(double[] rewards, double[] returns, boolean[] mask) {
    double total = Arrays.stream(rewards).sum();
    return new ScoredCompletion(
        new Reward(total, true, "", Map.of()),
        total,
        Moments.of(Arrays.stream(tokens(mask)).mapToDouble(token -> returns[token]).toArray()),
        false);
  }

  private static void requireSame(
      JsonNode golden, int sample, boolean[] mask, double[] returns, TokenAdvantage advantage) {
    JsonNode expected = golden.get("outputs").get("advantages").get(sample);
    for (int token : tokens(mask)) {
      assertClose(
          golden, sample, token, advantage.of(returns[token]), expected.get(token).asDouble());
    }
  }

  private static void assertClose(
      JsonNode golden, int sample, int token, double actual, double expected) {
    assertThat(actual)
        .as("%s %s, sample %d, token %d", golden.get("name"), golden.get("params"), sample, token)
        .isCloseTo(expected, within(1e-5 * Math.max(1, Math.abs(expected))));
  }

  private static int[] tokens(boolean[] mask) {
    int[] tokens = IntStream.range(0, mask.length).filter(token -> mask[token]).toArray();
    assertThat(tokens).isNotEmpty();
    return tokens;
  }

  private static double[][] matrix(JsonNode rows) {
    double[][] matrix = new double[rows.size()][];
    for (int row = 0; row < matrix.length; row++) {
      JsonNode numbers = rows.get(row);
      matrix[row] =
          IntStream.range(0, numbers.size()).mapToDouble(i -> numbers.get(i).asDouble()).toArray();
    }
    return matrix;
  }

  private static boolean[][] masks(JsonNode rows) {
    boolean[][] masks = new boolean[rows.size()][];
    for (int row = 0; row < masks.length; row++) {
      masks[row] = new boolean[rows.get(row).size()];
      for (int token = 0; token < masks[row].length; token++) {
        masks[row][token] = rows.get(row).get(token).asDouble() == 1;
      }
    }
    return masks;
  }

  private static float[] floats(double[] numbers) {
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  private static List<JsonNode> cases(String name, String kind) throws IOException {
    Path file = Path.of(System.getProperty("hone.golden.dir", "../../shared/golden"), name);
    assumeTrue(Files.exists(file), () -> file + " is absent: set -Dhone.golden.dir");
    List<JsonNode> cases = new ArrayList<>();
    for (JsonNode golden : new ObjectMapper().readTree(file.toFile()).get("cases")) {
      if (golden.get("kind").asText().equals(kind)) {
        cases.add(golden);
      }
    }
    assertThat(cases).isNotEmpty();
    return cases;
  }
}
