package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.KlEstimator;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.ProgramCall;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Losses on given log-probabilities, with their gradients, against verl and TRL. */
class PolicyLossGoldenTest {
  private static final Map<String, Aggregation> AGGREGATIONS =
      Map.of(
          "token-mean", Aggregation.TOKEN_MEAN,
          "seq-mean-token-mean", Aggregation.SEQUENCE_MEAN_TOKEN_MEAN,
          "seq-mean-token-sum", Aggregation.SEQUENCE_MEAN_TOKEN_SUM,
          "seq-mean-token-sum-norm", Aggregation.SEQUENCE_MEAN_TOKEN_SUM_NORM);

  private static final Map<String, Aggregation> TRL_LOSSES =
      Map.of(
          "grpo", Aggregation.SEQUENCE_MEAN_TOKEN_MEAN,
          "bnpo", Aggregation.TOKEN_MEAN,
          "dapo", Aggregation.TOKEN_MEAN,
          "dr_grpo", Aggregation.SEQUENCE_MEAN_TOKEN_SUM_NORM);

  @TestFactory
  Stream<DynamicTest> verlPolicyLoss() throws Exception {
    return GoldenFiles.tests(
        () -> cases("policy_loss", "ppo_clip").map(test -> named(test, () -> policyLoss(test))));
  }

  @TestFactory
  Stream<DynamicTest> verlKl() throws Exception {
    return GoldenFiles.tests(() -> cases("kl", "kl_.*").map(test -> named(test, () -> kl(test))));
  }

  @TestFactory
  Stream<DynamicTest> verlAggregation() throws Exception {
    return GoldenFiles.tests(
        () -> cases("aggregation", ".*").map(test -> named(test, () -> aggregation(test))));
  }

  @TestFactory
  Stream<DynamicTest> trlLosses() throws Exception {
    return GoldenFiles.tests(
        () ->
            GoldenFiles.cases("grpo-losses.json").stream()
                .filter(PolicyLossGoldenTest::isTokenLevelClippedLoss)
                .map(test -> named(test, () -> trlLoss(test))));
  }

  private static void policyLoss(JsonNode test) {
    JsonNode params = test.get("params");
    JsonNode inputs = test.get("inputs");
    Aggregation aggregation = AGGREGATIONS.get(params.get("aggregation").asText());
    List<boolean[]> mask = mask(inputs.get("response_mask"));
    float[] advantages = selected(inputs.get("advantages"), mask);
    if (inputs.has("rollout_is_weights")) {
      // A weight of a token's loss, never negative, is a factor of its advantage.
      float[] weights = selected(inputs.get("rollout_is_weights"), mask);
      for (int i = 0; i < weights.length; i++) {
        advantages[i] *= weights[i];
      }
    }
    LossSettings loss =
        settings(
            params.get("clip_low").asDouble(),
            params.get("clip_high").asDouble(),
            params.get("dual_clip").asDouble(Double.NaN),
            0,
            KlEstimator.K3,
            aggregation,
            normalizer(aggregation, mask),
            inputs.get("response_mask").get(0).size());
    Result result =
        evaluate(
            loss,
            tokenWeights(mask, loss),
            selected(inputs.get("log_prob"), mask),
            advantages,
            selected(inputs.get("old_log_prob"), mask),
            new float[0]);
    JsonNode outputs = test.get("outputs");
    close(result.statistics().loss(), outputs.get("loss").asDouble(), "loss");
    closeAll(result.gradient(), selected(outputs.get("grad_log_prob"), mask), "gradient");
    JsonNode metrics = outputs.get("metrics");
    double tokens = result.statistics().tokens();
    close(
        result.statistics().clipped() / tokens,
        metrics.get("actor/pg_clipfrac").asDouble(),
        "clip fraction");
    close(
        result.statistics().approximateKl() / tokens,
        metrics.get("actor/ppo_kl").asDouble(),
        "approximate KL");
    if (metrics.has("actor/pg_clipfrac_lower")) {
      close(
          result.statistics().dualClipped() / tokens,
          metrics.get("actor/pg_clipfrac_lower").asDouble(),
          "dual-clip fraction");
    }
  }

  /** Each estimate on its own: the KL statistic of one token. */
  private static void kl(JsonNode test) {
    KlEstimator estimator =
        switch (test.get("name").asText()) {
          case "kl_k1" -> KlEstimator.K1;
          case "kl_abs" -> KlEstimator.ABS;
          case "kl_k2" -> KlEstimator.K2;
          default -> KlEstimator.K3;
        };
    LossSettings loss = settings(0.2, 0.2, Double.NaN, 1, estimator, Aggregation.TOKEN_MEAN, 1, 1);
    JsonNode inputs = test.get("inputs");
    for (int row = 0; row < inputs.get("log_prob").size(); row++) {
      float[] logprobs = GoldenFiles.floats(inputs.get("log_prob").get(row));
      float[] references = GoldenFiles.floats(inputs.get("ref_log_prob").get(row));
      for (int i = 0; i < logprobs.length; i++) {
        Result result =
            evaluate(
                loss,
                new float[] {1},
                new float[] {logprobs[i]},
                new float[] {0},
                new float[0],
                new float[] {references[i]});
        double expected = test.get("outputs").get("kl").get(row).get(i).asDouble();
        close(result.statistics().referenceKl(), expected, "row " + row + " token " + i);
        close(result.statistics().loss(), expected, "loss of row " + row + " token " + i);
      }
    }
  }

  /** The supervised loss of log-probabilities that are minus the losses to be aggregated. */
  private static void aggregation(JsonNode test) {
    Aggregation aggregation = AGGREGATIONS.get(test.get("name").asText());
    List<boolean[]> mask = mask(test.get("inputs").get("response_mask"));
    LossSettings loss =
        new LossSettings(
            LossKind.SFT,
            1,
            0.2,
            0.2,
            Double.NaN,
            0,
            KlEstimator.K3,
            0,
            aggregation,
            normalizer(aggregation, mask),
            test.get("params").get("loss_scale_factor").asDouble());
    float[] logprobs = selected(test.get("inputs").get("loss_mat"), mask);
    for (int i = 0; i < logprobs.length; i++) {
      logprobs[i] = -logprobs[i];
    }
    float[] weights = tokenWeights(mask, loss);
    Result result = evaluate(loss, weights, logprobs, new float[0], new float[0], new float[0]);
    close(
        result.statistics().loss(), test.get("outputs").get("loss").asDouble(), "aggregated loss");
    for (int i = 0; i < weights.length; i++) {
      assertThat(result.gradient()[i]).isEqualTo(-weights[i]);
    }
  }

  private static boolean isTokenLevelClippedLoss(JsonNode test) {
    JsonNode params = test.get("params");
    return TRL_LOSSES.containsKey(test.get("name").asText())
        && params.get("importance_level").asText().equals("token")
        && params.get("delta").isNull()
        && params.get("off_policy_mask_threshold").isNull()
        && !params.get("bias_corrected_kl").asBoolean();
  }

  private static void trlLoss(JsonNode test) {
    JsonNode params = test.get("params");
    JsonNode inputs = test.get("inputs");
    Aggregation aggregation = TRL_LOSSES.get(test.get("name").asText());
    List<boolean[]> mask = mask(inputs.get("response_mask"));
    LossSettings loss =
        settings(
            params.get("epsilon_low").asDouble(),
            params.get("epsilon_high").asDouble(),
            Double.NaN,
            params.get("beta").asDouble(),
            KlEstimator.K3,
            aggregation,
            normalizer(aggregation, mask),
            params.get("max_completion_length").asDouble());
    float[] advantages = new float[mask.stream().mapToInt(PolicyLossGoldenTest::count).sum()];
    int next = 0;
    for (int row = 0; row < mask.size(); row++) {
      for (int i = 0; i < count(mask.get(row)); i++) {
        advantages[next++] = (float) inputs.get("advantages").get(row).asDouble();
      }
    }
    Result result =
        evaluate(
            loss,
            tokenWeights(mask, loss),
            selected(inputs.get("log_prob"), mask),
            advantages,
            selected(inputs.get("old_log_prob"), mask),
            selected(inputs.get("ref_log_prob"), mask));
    close(result.statistics().loss(), test.get("outputs").get("loss").asDouble(), "loss");
    closeAll(
        result.gradient(), selected(test.get("outputs").get("grad_log_prob"), mask), "gradient");
  }

  private static Stream<JsonNode> cases(String kind, String name) {
    return GoldenFiles.cases("algorithms.json").stream()
        .filter(test -> test.get("kind").asText().equals(kind))
        .filter(test -> test.get("name").asText().matches(name));
  }

  private static DynamicTest named(JsonNode test, org.junit.jupiter.api.function.Executable run) {
    return DynamicTest.dynamicTest(test.get("name").asText() + " " + test.get("params"), run);
  }

  private static LossSettings settings(
      double clipLow,
      double clipHigh,
      double dualClip,
      double klCoefficient,
      KlEstimator estimator,
      Aggregation aggregation,
      double normalizer,
      double normLength) {
    return new LossSettings(
        LossKind.POLICY,
        1,
        clipLow,
        clipHigh,
        dualClip,
        klCoefficient,
        estimator,
        0,
        aggregation,
        normalizer,
        normLength);
  }

  @SuppressWarnings("ArrayRecordComponent") // columns of numbers; never compared
  private record Result(float[] gradient, LossStatistics statistics) {}

  private static Result evaluate(
      LossSettings loss,
      float[] weights,
      float[] logprobs,
      float[] advantages,
      float[] old,
      float[] reference) {
    Backend backend = TorchScriptBackend.cpu();
    LossTokens tokens =
        new LossTokens(
            new long[logprobs.length],
            new long[logprobs.length],
            weights,
            advantages,
            old,
            reference,
            new float[0],
            new long[logprobs.length],
            1);
    try (ProgramCall call = new ProgramCall(backend, "policy_loss")) {
      LossInputs.add(call, loss);
      tokens.add(call);
      call.floats("logprobs", logprobs, logprobs.length)
          .floats("entropies", new float[logprobs.length], logprobs.length)
          .run();
      return new Result(
          call.output("logprob_gradient").floats(),
          LossStatistics.of(
              logprobs.length,
              0,
              0,
              call.output("sums").doubles(),
              call.output("maxima").doubles()));
    }
  }

  private static List<boolean[]> mask(JsonNode rows) {
    List<boolean[]> mask = new ArrayList<>();
    for (JsonNode row : rows) {
      boolean[] bits = new boolean[row.size()];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = row.get(i).asDouble() != 0;
      }
      mask.add(bits);
    }
    return mask;
  }

  private static int count(boolean[] row) {
    int count = 0;
    for (boolean bit : row) {
      count += bit ? 1 : 0;
    }
    return count;
  }

  /** Tokens for the token mean, sequences with a token for the others: what the caller counts. */
  private static double normalizer(Aggregation aggregation, List<boolean[]> mask) {
    return aggregation == Aggregation.TOKEN_MEAN
        ? mask.stream().mapToInt(PolicyLossGoldenTest::count).sum()
        : mask.stream().filter(row -> count(row) > 0).count();
  }

  private static float[] tokenWeights(List<boolean[]> mask, LossSettings loss) {
    float[] weights = new float[mask.stream().mapToInt(PolicyLossGoldenTest::count).sum()];
    int next = 0;
    for (boolean[] row : mask) {
      int tokens = count(row);
      for (int i = 0; i < tokens; i++) {
        weights[next++] = (float) loss.tokenWeight(tokens);
      }
    }
    return weights;
  }

  private static float[] selected(JsonNode rows, List<boolean[]> mask) {
    float[] values = new float[mask.stream().mapToInt(PolicyLossGoldenTest::count).sum()];
    int next = 0;
    for (int row = 0; row < mask.size(); row++) {
      for (int i = 0; i < mask.get(row).length; i++) {
        if (mask.get(row)[i]) {
          values[next++] = (float) rows.get(row).get(i).asDouble();
        }
      }
    }
    return values;
  }

  private static void closeAll(float[] actual, float[] expected, String what) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      close(actual[i], expected[i], what + " " + i);
    }
  }

  private static void close(double actual, double expected, String what) {
    assertThat(actual).as(what).isCloseTo(expected, within(1e-5 * Math.max(1, Math.abs(expected))));
  }
}
