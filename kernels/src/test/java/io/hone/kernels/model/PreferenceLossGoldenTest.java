package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hone.conf.PreferenceConfig;
import io.hone.kernels.program.ProgramCall;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Losses and gradients of other implementations, by {@code preference-losses.json}. */
class PreferenceLossGoldenTest {
  private static final double TOLERANCE = 1e-5;

  @TestFactory
  Stream<DynamicTest> agreesWithTheReferenceImplementations() throws Exception {
    return GoldenFiles.tests(
        () -> {
          List<DynamicTest> tests = new ArrayList<>();
          for (JsonNode reference : GoldenFiles.cases("preference-losses.json")) {
            assertThat(reference.get("kind").asText()).isEqualTo("preference_loss");
            tests.add(
                DynamicTest.dynamicTest(
                    tests.size() + " " + reference.get("name").asText() + reference.get("params"),
                    () -> check(reference)));
          }
          return tests.stream();
        });
  }

  private static void check(JsonNode reference) {
    if (reference.get("name").asText().equals("bradley_terry")) {
      checkRewardModel(reference);
    } else {
      checkPreference(reference);
    }
  }

  private static void checkRewardModel(JsonNode reference) {
    float[] chosen = GoldenFiles.floats(reference.at("/inputs/chosen_reward"));
    float[] rejected = GoldenFiles.floats(reference.at("/inputs/rejected_reward"));
    JsonNode margin = reference.at("/params/margin");
    try (ProgramCall call = new ProgramCall(TorchScriptBackend.cpu(), "bradley_terry")) {
      call.floats("chosen", chosen, chosen.length)
          .floats("rejected", rejected, rejected.length)
          .floats(
              "margin",
              margin.isMissingNode() ? new float[chosen.length] : GoldenFiles.floats(margin),
              chosen.length)
          .run();
      JsonNode expected = reference.get("outputs");
      requireClose("loss", call.output("loss").floats()[0], expected.get("loss").asDouble());
      requireClose(call.output("chosen_gradient").floats(), 0, expected.at("/grads/chosen_reward"));
      requireClose(
          call.output("rejected_gradient").floats(), 0, expected.at("/grads/rejected_reward"));
    }
  }

  /** Each log-probability of the file is that of a sequence of one token. */
  private static void checkPreference(JsonNode reference) {
    PreferenceConfig config = config(reference);
    float[] chosen = GoldenFiles.floats(reference.at("/inputs/policy_chosen"));
    float[] rejected = GoldenFiles.floats(reference.at("/inputs/policy_rejected"));
    int pairs = chosen.length;
    boolean refers = reference.at("/inputs/reference_chosen").isArray();
    assertThat(config.usesReference()).isEqualTo(refers);
    float[] references =
        refers
            ? joined(
                GoldenFiles.floats(reference.at("/inputs/reference_chosen")),
                GoldenFiles.floats(reference.at("/inputs/reference_rejected")))
            : new float[0];
    try (ProgramCall call = new ProgramCall(TorchScriptBackend.cpu(), "preference_loss")) {
      new PreferenceProgram(new PreferenceSettings(PreferenceLoss.of(config), 1, pairs, 1, 0))
          .add(
              call,
              LongStream.range(0, pairs).toArray(),
              LongStream.range(pairs, 2L * pairs).toArray());
      call.floats("logprobs", joined(chosen, rejected), 2L * pairs)
          .floats("token_weights", new float[2 * pairs], 2L * pairs)
          .floats("reference_logprobs", references, references.length)
          .longs("sequence", LongStream.range(0, 2L * pairs).toArray(), 2L * pairs)
          .integer("sequences", 2L * pairs)
          .run();
      JsonNode expected = reference.get("outputs");
      requireClose("loss", call.output("sums").doubles()[0], expected.get("loss").asDouble());
      float[] gradient = call.output("gradient").floats();
      requireClose(gradient, 0, expected.at("/grads/policy_chosen"));
      requireClose(gradient, pairs, expected.at("/grads/policy_rejected"));
    }
  }

  private static PreferenceConfig config(JsonNode reference) {
    String name = reference.get("name").asText();
    JsonNode params = reference.get("params");
    String options =
        switch (name) {
          case "dpo", "cdpo" -> "loss: dpo, label-smoothing: " + params.get("label_smoothing");
          case "ipo" -> {
            assertThat(params.get("label_smoothing").asDouble()).isZero();
            yield "loss: ipo, length-normalized: false";
          }
          case "simpo" -> "loss: simpo, simpo-gamma: " + params.get("gamma");
          case "cpo_sigmoid" ->
              "loss: cpo, nll-coefficient: 0, label-smoothing: " + params.get("label_smoothing");
          case "hinge" -> "loss: hinge, reference-free: true";
          case "orpo_odds_ratio" -> "loss: orpo, nll-coefficient: 0";
          default -> throw new AssertionError("a case of a kind not known here: " + name);
        };
    return PreferenceConfigs.of(
        String.format(Locale.ROOT, "{%s, beta: %s}", options, params.get("beta")));
  }

  private static float[] joined(float[] first, float[] second) {
    float[] joined = new float[first.length + second.length];
    System.arraycopy(first, 0, joined, 0, first.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  private static void requireClose(float[] actual, int from, JsonNode expected) {
    for (int i = 0; i < expected.size(); i++) {
      requireClose("gradient " + i, actual[from + i], expected.get(i).asDouble());
    }
  }

  private static void requireClose(String what, double actual, double expected) {
    assertThat(Math.abs(actual - expected))
        .as("%s: %s, expected %s", what, actual, expected)
        .isLessThanOrEqualTo(TOLERANCE * Math.max(1, Math.abs(expected)));
  }
}
