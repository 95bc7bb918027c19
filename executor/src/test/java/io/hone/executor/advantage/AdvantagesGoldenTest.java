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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Advantages of TRL and verl. */
class AdvantagesGoldenTest {
  /** TRL: rewards of components in groups of equal size, null where one could not be scored. */
  @Test
  void agreesWithGroupAdvantages() throws IOException {
    cases("group-advantages.json", "group_advantage").forEach(AdvantagesGoldenTest::trl);
  }

  /** verl: rewards at the last token, groups of any size. */
  @Test
  void agreesWithAlgorithms() throws IOException {
    cases("algorithms.json", "advantage").forEach(AdvantagesGoldenTest::verl);
  }

  private static void trl(JsonNode golden) {
    JsonNode params = golden.get("params");
    AdvantageConfig config =
        new AdvantageConfig(
            Estimator.GRPO,
            Scale.valueOf(params.get("scale").asText().toUpperCase(Locale.ROOT)),
            params.get("epsilon").asDouble(),
            Singleton.ZERO);
    Map<Integer, List<Double>> groups = new LinkedHashMap<>();
    int sample = 0;
    for (JsonNode components : golden.get("inputs").get("rewards")) {
      groups
          .computeIfAbsent(sample / params.get("group_size").asInt(), group -> new ArrayList<>())
          .add(weightedSum(components, params.get("weights")));
      sample++;
    }

    List<Double> expected = new ArrayList<>();
    golden
        .get("outputs")
        .get("advantages")
        .forEach(advantage -> expected.add(advantage.asDouble()));
    assertClose(params, advantages(groups.values(), config), expected);
  }

  private static void verl(JsonNode golden) {
    JsonNode params = golden.get("params");
    JsonNode inputs = golden.get("inputs");
    AdvantageConfig config =
        new AdvantageConfig(
            Estimator.GRPO,
            params.get("scale_by_std").asBoolean() ? Scale.GROUP : Scale.NONE,
            params.get("epsilon").asDouble(),
            Singleton.SCORE);
    Map<Integer, List<Double>> groups = new LinkedHashMap<>();
    for (int sample = 0; sample < inputs.get("group").size(); sample++) {
      double reward = 0;
      for (JsonNode token : inputs.get("token_level_rewards").get(sample)) {
        reward += token.asDouble();
      }
      groups
          .computeIfAbsent(inputs.get("group").get(sample).asInt(), group -> new ArrayList<>())
          .add(reward);
    }

    // A sequence's advantage stands at each of its tokens; the first is always one.
    List<Double> expected = new ArrayList<>();
    golden.get("outputs").get("advantages").forEach(row -> expected.add(row.get(0).asDouble()));
    assertClose(params, advantages(groups.values(), config), expected);
  }

  private static Double weightedSum(JsonNode components, JsonNode weights) {
    Double sum = null;
    for (int component = 0; component < components.size(); component++) {
      if (!components.get(component).isNull()) {
        double part = components.get(component).asDouble() * weights.get(component).asDouble();
        sum = sum == null ? part : sum + part;
      }
    }
    return sum;
  }

  private static List<Double> advantages(Iterable<List<Double>> groups, AdvantageConfig config) {
    List<GroupRewards> rewards = new ArrayList<>();
    for (List<Double> group : groups) {
      double[] values = group.stream().mapToDouble(v -> v == null ? Double.NaN : v).toArray();
      boolean[] valid = new boolean[values.length];
      for (int member = 0; member < values.length; member++) {
        valid[member] = group.get(member) != null;
      }
      rewards.add(GroupRewards.of(values, valid));
    }
    List<Double> advantages = new ArrayList<>();
    for (GroupAdvantages group : Advantages.compute(rewards, config).groups()) {
      for (int member = 0; member < group.size(); member++) {
        advantages.add(group.value(member));
      }
    }
    return advantages;
  }

  private static void assertClose(JsonNode params, List<Double> actual, List<Double> expected) {
    assertThat(actual).as(params.toString()).hasSameSizeAs(expected);
    for (int sample = 0; sample < actual.size(); sample++) {
      double tolerance = 1e-5 * Math.max(1, Math.abs(expected.get(sample)));
      assertThat(actual.get(sample))
          .as("sample %d of %s", sample, params)
          .isCloseTo(expected.get(sample), within(tolerance));
    }
  }

  private static List<JsonNode> cases(String name, String kind) throws IOException {
    Path file = Path.of(System.getProperty("hone.golden.dir", "../../shared/golden"), name);
    assumeTrue(Files.exists(file), () -> file + " is absent: set -Dhone.golden.dir");
    List<JsonNode> cases = new ArrayList<>();
    for (JsonNode golden : new ObjectMapper().readTree(file.toFile()).get("cases")) {
      if (golden.get("kind").asText().equals(kind) && golden.get("name").asText().equals("grpo")) {
        cases.add(golden);
      }
    }
    assertThat(cases).isNotEmpty();
    return cases;
  }
}
