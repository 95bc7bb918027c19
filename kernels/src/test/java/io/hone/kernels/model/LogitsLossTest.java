package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.KlEstimator;
import io.hone.conf.LossConfig.LossType;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.ProgramCall;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The closed form of the gradient with respect to logits. */
class LogitsLossTest {
  private static final int ROWS = 5;
  private static final int VOCABULARY = 9;

  /** Against differences of a loss computed here in double precision. */
  @ParameterizedTest
  @CsvSource({"0,0", "0.3,0", "0,0.7", "0.2,-0.4"})
  void agreesWithFiniteDifferences(double klCoefficient, double entropyCoefficient) {
    Random random = new Random(11);
    double[] logits = random.doubles(ROWS * VOCABULARY, -3, 3).toArray();
    float[] weights = floats(random.doubles(ROWS, 0, 1).toArray());
    float[] advantages = floats(random.doubles(ROWS, -1, 1).toArray());
    float[] old = floats(random.doubles(ROWS, -4, -1).toArray());
    float[] reference = floats(random.doubles(ROWS, -4, -1).toArray());
    long[] targets = random.longs(ROWS, 0, VOCABULARY).toArray();
    LossSettings loss =
        new LossSettings(
            LossKind.POLICY,
            1,
            PolicyLoss.of(LossType.CLIP, 0.2, 0.2),
            new KlTerm(klCoefficient, KlEstimator.K2, false, false),
            entropyCoefficient,
            Aggregation.TOKEN_MEAN,
            1,
            1);
    LossTokens tokens =
        new LossTokens(
            new long[ROWS],
            targets,
            weights,
            advantages,
            old,
            reference,
            new float[0],
            new long[ROWS],
            1);
    Backend backend = TorchScriptBackend.cpu();
    try (ProgramCall call = new ProgramCall(backend, "logits_loss")) {
      LossInputs.add(call, loss);
      tokens.add(call);
      call.floats("logits", floats(logits), ROWS, VOCABULARY).run();
      float[] gradient = call.output("gradient").floats();
      assertThat(call.output("sums").doubles()[0])
          .isCloseTo(lossOf(logits, tokens, loss), within(1e-5));
      for (int i = 0; i < logits.length; i++) {
        double[] above = logits.clone();
        above[i] += 1e-5;
        double[] below = logits.clone();
        below[i] -= 1e-5;
        double slope = (lossOf(above, tokens, loss) - lossOf(below, tokens, loss)) / 2e-5;
        assertThat((double) gradient[i]).as("logit %d", i).isCloseTo(slope, within(1e-5));
      }
    }
  }

  private static double lossOf(double[] logits, LossTokens tokens, LossSettings loss) {
    double sum = 0;
    for (int row = 0; row < ROWS; row++) {
      double total = 0;
      for (int i = 0; i < VOCABULARY; i++) {
        total += Math.exp(logits[row * VOCABULARY + i]);
      }
      double entropy = 0;
      for (int i = 0; i < VOCABULARY; i++) {
        double logprob = logits[row * VOCABULARY + i] - Math.log(total);
        entropy -= Math.exp(logprob) * logprob;
      }
      double logprob = logits[row * VOCABULARY + (int) tokens.targets()[row]] - Math.log(total);
      double advantage = tokens.advantages()[row];
      double ratio = Math.exp(logprob - tokens.oldLogprobs()[row]);
      double clipped =
          Math.min(Math.max(ratio, 1 - loss.policy().clipLow()), 1 + loss.policy().clipHigh());
      double policy = Math.max(-advantage * ratio, -advantage * clipped);
      double kl = Math.pow(logprob - tokens.referenceLogprobs()[row], 2) / 2;
      sum +=
          tokens.weights()[row]
              * (policy + loss.kl().coefficient() * kl - loss.entropyCoefficient() * entropy);
    }
    return sum;
  }

  private static float[] floats(double[] values) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) values[i];
    }
    return result;
  }
}
