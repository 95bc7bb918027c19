package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.KlEstimator;
import io.hone.conf.LossConfig.LossType;
import io.hone.conf.LossConfig.RatioLevel;
import io.hone.conf.MismatchConfig;
import io.hone.conf.MismatchConfig.Correction;
import io.hone.conf.SapoConfig;
import io.hone.conf.VespoConfig;
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
  private static final double NONE = Double.POSITIVE_INFINITY;

  private static final Map<String, Aggregation> AGGREGATIONS =
      Map.of(
          "token-mean", Aggregation.TOKEN_MEAN,
          "seq-mean-token-mean", Aggregation.SEQUENCE_MEAN_TOKEN_MEAN,
          "seq-mean-token-sum", Aggregation.SEQUENCE_MEAN_TOKEN_SUM,
          "seq-mean-token-sum-norm", Aggregation.SEQUENCE_MEAN_TOKEN_SUM_NORM);

  @TestFactory
  Stream<DynamicTest> verlPolicyLoss() throws Exception {
    return tests("algorithms.json", "policy_loss", PolicyLossGoldenTest::policyLoss);
  }

  @TestFactory
  Stream<DynamicTest> verlKl() throws Exception {
    return tests("algorithms.json", "kl", PolicyLossGoldenTest::kl);
  }

  @TestFactory
  Stream<DynamicTest> verlAggregation() throws Exception {
    return tests("algorithms.json", "aggregation", PolicyLossGoldenTest::aggregation);
  }

  @TestFactory
  Stream<DynamicTest> verlValueLoss() throws Exception {
    return tests("algorithms.json", "value_loss", PolicyLossGoldenTest::valueLoss);
  }

  @TestFactory
  Stream<DynamicTest> trlLosses() throws Exception {
    return tests("grpo-losses.json", "grpo_loss", PolicyLossGoldenTest::trlLoss);
  }

  /** A test for each case of a kind; one whose name is not known fails. */
  private static Stream<DynamicTest> tests(
      String file, String kind, java.util.function.Consumer<JsonNode> check) throws Exception {
    return GoldenFiles.tests(
        () ->
            GoldenFiles.cases(file).stream()
                .filter(test -> test.get("kind").asText().equals(kind))
                .map(
                    test ->
                        DynamicTest.dynamicTest(
                            test.get("name").asText() + " " + test.get("params"),
                            () -> check.accept(test))));
  }

  private static void policyLoss(JsonNode test) {
    String name = test.get("name").asText();
    JsonNode params = test.get("params");
    JsonNode inputs = test.get("inputs");
    Tokens tokens = new Tokens(inputs.get("response_mask"));
    double bound = params.path("dual_clip").asDouble(NONE);
    LossType type =
        switch (name) {
          case "ppo_clip" -> LossType.CLIP;
          case "gspo" -> LossType.GSPO_TOKEN;
          case "cispo" -> LossType.CISPO;
          case "sapo" -> LossType.SAPO;
          case "geo_mean" -> LossType.GMPO;
          case "gpg" -> LossType.GPG;
          case "dppo_tv" -> LossType.DPPO_TV;
          default -> throw new IllegalArgumentException(name);
        };
    float[] old =
        inputs.has("old_log_prob") ? tokens.selected(inputs.get("old_log_prob")) : new float[0];
    float[] sampler = new float[0];
    MismatchConfig mismatch = MismatchConfig.NONE;
    if (inputs.has("rollout_is_weights")) {
      // The sampler from which such weights come.
      float[] weights = tokens.selected(inputs.get("rollout_is_weights"));
      sampler = new float[weights.length];
      for (int i = 0; i < weights.length; i++) {
        sampler[i] = (float) (old[i] - Math.log(weights[i]));
      }
      mismatch = new MismatchConfig(Correction.TOKEN_TRUNCATE, 2, 0);
    }
    PolicyLoss loss =
        new PolicyLoss(
            type,
            RatioLevel.TOKEN,
            params.path("clip_low").asDouble(0.2),
            params.path("clip_high").asDouble(0.2),
            type == LossType.CLIP ? bound : NONE,
            type == LossType.DPPO_TV ? bound : NONE,
            new SapoConfig(params.path("tau_pos").asDouble(1), params.path("tau_neg").asDouble(1)),
            VespoConfig.DEFAULT,
            mismatch,
            NONE,
            1);
    Aggregation aggregation =
        type == LossType.GMPO
            ? Aggregation.SEQUENCE_MEAN_TOKEN_MEAN // its own, whatever verl is told
            : AGGREGATIONS.get(params.get("aggregation").asText());
    Result result =
        evaluate(
            settings(loss, KlTerm.NONE, aggregation, tokens, 1),
            tokens,
            tokens.selected(inputs.get("log_prob")),
            tokens.selected(inputs.get("advantages")),
            old,
            new float[0],
            sampler);
    JsonNode outputs = test.get("outputs");
    result.compare(outputs, tokens);
    metrics(type, result.statistics(), outputs.get("metrics"));
  }

  private static void metrics(LossType type, LossStatistics statistics, JsonNode metrics) {
    if (type == LossType.GPG) {
      return; // verl reports none
    }
    double clipped = metrics.get("actor/pg_clipfrac").asDouble();
    double lower = metrics.get("actor/pg_clipfrac_lower").asDouble();
    // verl tells tokens clipped at positive and at negative advantages apart.
    close(
        statistics.clipped() / statistics.tokens(),
        type == LossType.GMPO ? clipped + lower : clipped,
        "clip fraction");
    close(
        statistics.approximateKl() / statistics.tokens(),
        metrics.get("actor/ppo_kl").asDouble(),
        "approximate KL");
    if (type == LossType.CLIP) {
      close(statistics.bounded() / statistics.tokens(), lower, "dual-clip fraction");
    }
  }

  /** Each estimate on its own: the KL statistic of one token. */
  private static void kl(JsonNode test) {
    KlEstimator estimator =
        switch (test.get("name").asText()) {
          case "kl_k1" -> KlEstimator.K1;
          case "kl_abs" -> KlEstimator.ABS;
          case "kl_k2" -> KlEstimator.K2;
          case "kl_k3" -> KlEstimator.K3;
          default -> throw new IllegalArgumentException(test.get("name").asText());
        };
    LossSettings loss =
        new LossSettings(
            LossKind.POLICY,
            1,
            PolicyLoss.of(LossType.CLIP, 0.2, 0.2),
            new KlTerm(1, estimator, false, false),
            0,
            Aggregation.TOKEN_MEAN,
            1,
            1);
    Tokens token = new Tokens(List.of(new boolean[] {true}));
    JsonNode inputs = test.get("inputs");
    for (int row = 0; row < inputs.get("log_prob").size(); row++) {
      float[] logprobs = GoldenFiles.floats(inputs.get("log_prob").get(row));
      float[] references = GoldenFiles.floats(inputs.get("ref_log_prob").get(row));
      for (int i = 0; i < logprobs.length; i++) {
        Result result =
            evaluate(
                loss,
                token,
                new float[] {logprobs[i]},
                new float[] {0},
                new float[0],
                new float[] {references[i]},
                new float[0]);
        double expected = test.get("outputs").get("kl").get(row).get(i).asDouble();
        close(result.statistics().referenceKl(), expected, "row " + row + " token " + i);
        close(result.statistics().loss(), expected, "loss of row " + row + " token " + i);
      }
    }
  }

  /** The supervised loss of log-probabilities that are minus the losses to be aggregated. */
  private static void aggregation(JsonNode test) {
    Tokens tokens = new Tokens(test.get("inputs").get("response_mask"));
    Aggregation aggregation = AGGREGATIONS.get(test.get("name").asText());
    LossSettings loss =
        LossSettings.supervised(
            aggregation,
            tokens.normalizer(aggregation),
            test.get("params").get("loss_scale_factor").asDouble());
    float[] logprobs = tokens.selected(test.get("inputs").get("loss_mat"));
    for (int i = 0; i < logprobs.length; i++) {
      logprobs[i] = -logprobs[i];
    }
    float[] none = new float[0];
    Result result = evaluate(loss, tokens, logprobs, none, none, none, none);
    close(
        result.statistics().loss(), test.get("outputs").get("loss").asDouble(), "aggregated loss");
    float[] weights = tokens.weights(loss);
    for (int i = 0; i < weights.length; i++) {
      assertThat(result.gradient()[i]).isEqualTo(-weights[i]);
    }
  }

  private static void valueLoss(JsonNode test) {
    JsonNode inputs = test.get("inputs");
    Tokens tokens = new Tokens(inputs.get("response_mask"));
    Aggregation aggregation = AGGREGATIONS.get(test.get("params").get("aggregation").asText());
    float[] values = tokens.selected(inputs.get("value"));
    int count = values.length;
    LossSettings weighting =
        LossSettings.supervised(aggregation, tokens.normalizer(aggregation), 1);
    try (ProgramCall call = new ProgramCall(TorchScriptBackend.cpu(), "value_loss")) {
      call.floats("values", values, count)
          .floats("old_values", tokens.selected(inputs.get("old_value")), count)
          .floats("returns", tokens.selected(inputs.get("returns")), count)
          .floats("token_weights", tokens.weights(weighting), count)
          .number("clip_value", test.get("params").get("clip_value").asDouble())
          .run();
      double[] sums = call.output("sums").doubles();
      JsonNode outputs = test.get("outputs");
      close(sums[0], outputs.get("loss").asDouble(), "loss");
      close(sums[1] / count, outputs.get("clip_fraction").asDouble(), "clip fraction");
      closeAll(
          call.output("gradient").floats(), tokens.selected(outputs.get("grad_value")), "gradient");
    }
  }

  private static void trlLoss(JsonNode test) {
    String name = test.get("name").asText();
    JsonNode params = test.get("params");
    JsonNode inputs = test.get("inputs");
    Tokens tokens = new Tokens(inputs.get("response_mask"));
    LossType type =
        switch (name) {
          case "grpo", "bnpo", "dapo", "dr_grpo" -> LossType.CLIP;
          case "cispo" -> LossType.CISPO_MINIMAX;
          case "sapo" -> LossType.SAPO;
          case "luspo" -> LossType.LUSPO;
          case "vespo" -> LossType.VESPO;
          default -> throw new IllegalArgumentException(name);
        };
    Aggregation aggregation =
        switch (name) {
          case "grpo", "sapo" -> Aggregation.SEQUENCE_MEAN_TOKEN_MEAN;
          case "dr_grpo" -> Aggregation.SEQUENCE_MEAN_TOKEN_SUM_NORM;
          case "luspo" -> Aggregation.SEQUENCE_MEAN_TOKEN_SUM;
          default -> Aggregation.TOKEN_MEAN;
        };
    boolean sequences = params.get("importance_level").asText().equals("sequence");
    JsonNode vespo = params.get("vespo");
    PolicyLoss loss =
        new PolicyLoss(
            type,
            sequences ? RatioLevel.SEQUENCE : RatioLevel.TOKEN,
            params.get("epsilon_low").asDouble(),
            params.get("epsilon_high").asDouble(),
            NONE,
            type == LossType.CISPO_MINIMAX
                ? params.get("epsilon_high").asDouble()
                : orNone(params.get("delta")),
            new SapoConfig(
                params.get("sapo_temperatures").get(0).asDouble(),
                params.get("sapo_temperatures").get(1).asDouble()),
            new VespoConfig(
                vespo.get("k_pos").asDouble(),
                vespo.get("lambda_pos").asDouble(),
                vespo.get("k_neg").asDouble(),
                vespo.get("lambda_neg").asDouble()),
            MismatchConfig.NONE,
            orNone(params.get("off_policy_mask_threshold")),
            1);
    KlTerm kl =
        new KlTerm(
            params.get("beta").asDouble(),
            KlEstimator.K3_UNBOUNDED,
            false,
            params.get("bias_corrected_kl").asBoolean());
    evaluate(
            settings(loss, kl, aggregation, tokens, params.get("max_completion_length").asDouble()),
            tokens,
            tokens.selected(inputs.get("log_prob")),
            tokens.spread(inputs.get("advantages")),
            tokens.selected(inputs.get("old_log_prob")),
            tokens.selected(inputs.get("ref_log_prob")),
            new float[0])
        .compare(test.get("outputs"), tokens);
  }

  private static double orNone(JsonNode number) {
    return number.isNull() ? NONE : number.asDouble();
  }

  private static LossSettings settings(
      PolicyLoss loss, KlTerm kl, Aggregation aggregation, Tokens tokens, double normLength) {
    return new LossSettings(
        LossKind.POLICY, 1, loss, kl, 0, aggregation, tokens.normalizer(aggregation), normLength);
  }

  @SuppressWarnings("ArrayRecordComponent") // columns of numbers; never compared
  private record Result(float[] gradient, LossStatistics statistics) {
    void compare(JsonNode outputs, Tokens tokens) {
      close(statistics.loss(), outputs.get("loss").asDouble(), "loss");
      closeAll(gradient, tokens.selected(outputs.get("grad_log_prob")), "gradient");
    }
  }

  private static Result evaluate(
      LossSettings loss,
      Tokens mask,
      float[] logprobs,
      float[] advantages,
      float[] old,
      float[] reference,
      float[] sampler) {
    Backend backend = TorchScriptBackend.cpu();
    LossTokens tokens =
        new LossTokens(
            new long[logprobs.length],
            new long[logprobs.length],
            mask.weights(loss),
            advantages,
            old,
            reference,
            sampler,
            mask.sequence(),
            mask.rows().size());
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
              sampler.length,
              call.output("sums").doubles(),
              call.output("maxima").doubles()));
    }
  }

  /** Where the tokens under a mask are. */
  private record Tokens(List<boolean[]> rows) {
    Tokens(JsonNode mask) {
      this(bits(mask));
    }

    private static List<boolean[]> bits(JsonNode rows) {
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

    int count() {
      return rows.stream().mapToInt(Tokens::count).sum();
    }

    private static int count(boolean[] row) {
      int count = 0;
      for (boolean bit : row) {
        count += bit ? 1 : 0;
      }
      return count;
    }

    /** Tokens for the token mean, sequences with a token for the others: what the caller counts. */
    double normalizer(Aggregation aggregation) {
      return aggregation == Aggregation.TOKEN_MEAN
          ? count()
          : rows.stream().filter(row -> count(row) > 0).count();
    }

    float[] weights(LossSettings loss) {
      float[] weights = new float[count()];
      int next = 0;
      for (boolean[] row : rows) {
        int tokens = count(row);
        for (int i = 0; i < tokens; i++) {
          weights[next++] = (float) loss.tokenWeight(tokens);
        }
      }
      return weights;
    }

    long[] sequence() {
      long[] sequence = new long[count()];
      int next = 0;
      for (int row = 0; row < rows.size(); row++) {
        for (int i = 0; i < count(rows.get(row)); i++) {
          sequence[next++] = row;
        }
      }
      return sequence;
    }

    /** The values of the tokens under the mask. */
    float[] selected(JsonNode values) {
      float[] selected = new float[count()];
      int next = 0;
      for (int row = 0; row < rows.size(); row++) {
        for (int i = 0; i < rows.get(row).length; i++) {
          if (rows.get(row)[i]) {
            selected[next++] = (float) values.get(row).get(i).asDouble();
          }
        }
      }
      return selected;
    }

    /** For each token under the mask, the value of its row. */
    float[] spread(JsonNode values) {
      float[] spread = new float[count()];
      long[] sequence = sequence();
      for (int i = 0; i < spread.length; i++) {
        spread[i] = (float) values.get((int) sequence[i]).asDouble();
      }
      return spread;
    }
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
