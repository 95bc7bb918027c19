package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.KlEstimator;
import io.hone.conf.LossConfig.LossType;
import io.hone.conf.LossConfig.RatioLevel;
import io.hone.conf.MismatchConfig;
import io.hone.conf.MismatchConfig.Correction;
import io.hone.conf.SapoConfig;
import io.hone.conf.VespoConfig;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all policy losses, seen through the gradient of a whole model. */
class EveryLossTest {
  private static final long EVERYTHING = 1_000_000;
  private static final double NONE = Double.POSITIVE_INFINITY;
  private static final float TEMPERATURE = 0.8f;

  /** Fewer rows of logits than a micro-batch has tokens, and not a divisor of them. */
  private static final int SMALL_CHUNK = 7;

  private static final int LARGE_CHUNK = 256;

  /** Losses with a factor through which no gradient flows: not the gradients of their values. */
  private static final Set<LossType> DETACHED =
      EnumSet.of(
          LossType.GSPO_TOKEN,
          LossType.CISPO,
          LossType.CISPO_MINIMAX,
          LossType.DPPO_TV,
          LossType.VESPO);

  private static final FlatWeights WEIGHTS = TestModels.randomWeights(TestModels.FULL, 5);
  private static final Layout LAYOUT = Layout.of(TestModels.FULL);
  private static DecoderTensors decoder;
  private static Backend backend;

  @BeforeAll
  static void load() {
    backend = TorchScriptBackend.cpu();
    decoder =
        new DecoderTensors(backend, TestModels.FULL, LAYOUT, ComputeDevice.ComputeType.FLOAT32);
  }

  @BeforeEach
  void reset() {
    decoder.write(WEIGHTS);
  }

  @AfterAll
  static void free() {
    decoder.close();
  }

  /** Losses by name, options away from their defaults among them. */
  static Stream<Arguments> losses() {
    List<Arguments> losses = new ArrayList<>();
    for (LossType type : LossType.values()) {
      losses.add(named(type.toString(), loss(type)));
    }
    losses.add(named("dual clip", capped(LossType.CLIP, RatioLevel.TOKEN, 1.5, NONE)));
    losses.add(named("capped", capped(LossType.CLIP, RatioLevel.TOKEN, NONE, 1.5)));
    losses.add(named("clip of sequences", capped(LossType.CLIP, RatioLevel.SEQUENCE, NONE, NONE)));
    losses.add(
        named("clip of products", capped(LossType.CLIP, RatioLevel.SEQUENCE_PRODUCT, 1.5, NONE)));
    losses.add(named("sapo of sequences", capped(LossType.SAPO, RatioLevel.SEQUENCE, NONE, NONE)));
    for (Correction correction : Correction.values()) {
      losses.add(named(correction.toString(), masked(LossType.CLIP, correction, NONE, 1)));
    }
    losses.add(named("gmpo corrected", masked(LossType.GMPO, Correction.TOKEN_TRUNCATE, NONE, 1)));
    losses.add(
        named("vespo corrected", masked(LossType.VESPO, Correction.TOKEN_TRUNCATE, NONE, 1)));
    losses.add(named("off-policy mask", masked(LossType.CLIP, Correction.NONE, 0.1, 1)));
    losses.add(named("top entropy", masked(LossType.CLIP, Correction.NONE, NONE, 0.4)));
    for (KlEstimator estimator : KlEstimator.values()) {
      KlTerm kl = new KlTerm(0.3, estimator, false, true);
      losses.add(Arguments.of("KL " + estimator, settings(loss(LossType.CLIP), kl)));
    }
    return losses.stream();
  }

  static Stream<Arguments> differentiableLosses() {
    return losses()
        .filter(test -> !DETACHED.contains(((LossSettings) test.get()[1]).policy().type()));
  }

  /** Along random directions, against differences of the loss. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("differentiableLosses")
  void agreesWithFiniteDifferences(String name, LossSettings loss) {
    List<TrainingSample> samples = samples(4, false);
    float[] gradient = gradient(samples, loss, EVERYTHING, SMALL_CHUNK);
    Random random = new Random(6);
    for (int test = 0; test < 3; test++) {
      double[] direction = random.doubles(gradient.length, -1, 1).toArray();
      double norm = Math.sqrt(Arrays.stream(direction).map(x -> x * x).sum());
      double expected = 0;
      for (int i = 0; i < direction.length; i++) {
        direction[i] /= norm;
        expected += direction[i] * gradient[i];
      }
      double near = slope(direction, 0.01, samples, loss);
      double far = slope(direction, 0.02, samples, loss);
      // Richardson: the error of a central difference is quadratic in its step.
      assertThat((4 * near - far) / 3)
          .isCloseTo(expected, within(3e-3 * Math.max(0.02, Math.abs(expected))));
    }
  }

  /**
   * A loss with a detached factor has the gradient of log-probabilities with that factor in their
   * advantages, which are those of the finite differences above.
   */
  @ParameterizedTest
  @EnumSource(
      value = LossType.class,
      names = {"GSPO_TOKEN", "CISPO", "CISPO_MINIMAX", "DPPO_TV", "VESPO"})
  void hasTheGradientOfWeightedLogprobs(LossType type) {
    List<TrainingSample> samples = samples(4, false);
    PolicyLoss loss =
        capped(type, RatioLevel.TOKEN, NONE, type == LossType.GSPO_TOKEN ? NONE : 1.1);
    List<TrainingSample> weighted = new ArrayList<>();
    for (TrainingSample sample : samples) {
      weighted.add(withAdvantages(sample, factors(sample, loss)));
    }
    float[] actual = gradient(samples, settings(loss, KlTerm.NONE), EVERYTHING, SMALL_CHUNK);
    float[] expected =
        gradient(weighted, settings(loss(LossType.GPG), KlTerm.NONE), EVERYTHING, LARGE_CHUNK);
    close(actual, expected, 2e-6f);
  }

  /** The advantages of a sample times the factor of each of its tokens, in double precision. */
  private static float[] factors(TrainingSample sample, PolicyLoss loss) {
    float[] own = logprobs(sample);
    int length = own.length;
    double[] logRatio = new double[length];
    double sum = 0;
    int count = 0;
    for (int i = 0; i < length; i++) {
      logRatio[i] = own[i] - sample.oldLogprobs()[i];
      if (sample.lossMask()[i] != 0) {
        sum += logRatio[i];
        count++;
      }
    }
    float[] factors = new float[length];
    for (int i = 0; i < length; i++) {
      double advantage = sample.advantages()[i];
      double ratio = Math.exp(logRatio[i]);
      factors[i] =
          (float)
              (advantage
                  * switch (loss.type()) {
                    case CISPO -> Math.min(Math.max(ratio, 0.8), 1.3);
                    case CISPO_MINIMAX -> Math.min(ratio, 1.1);
                    case DPPO_TV -> {
                      double moved = Math.exp(own[i]) - Math.exp(sample.oldLogprobs()[i]);
                      boolean far = advantage > 0 ? moved > 0.3 : moved < -0.2;
                      yield far ? 0 : Math.min(ratio, 1.1);
                    }
                    case GSPO_TOKEN -> {
                      double sequence = Math.exp(sum / count);
                      boolean clipped = advantage > 0 ? sequence > 1.3 : sequence < 0.8;
                      yield clipped ? 0 : sequence;
                    }
                    case VESPO -> {
                      VespoConfig vespo = loss.vespo();
                      double k = advantage < 0 ? vespo.negativeK() : vespo.positiveK();
                      double scale =
                          advantage < 0 ? vespo.negativeLambda() : vespo.positiveLambda();
                      yield Math.exp(scale + k * sum - scale * Math.exp(sum));
                    }
                    default -> throw new IllegalArgumentException(loss.type().toString());
                  });
    }
    return factors;
  }

  /** Nor on the chunks of the head, nor on how samples are shared out over tasks. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("losses")
  void doesNotDependOnMicroBatches(String name, LossSettings loss) {
    List<TrainingSample> samples = samples(12, false);
    // A product of ten ratios has the rounding of ten log-probabilities.
    float tolerance = loss.policy().ratio() == RatioLevel.SEQUENCE_PRODUCT ? 1e-5f : 1e-6f;
    float[] whole = gradient(samples, loss, EVERYTHING, LARGE_CHUNK);
    close(gradient(samples, loss, EVERYTHING, SMALL_CHUNK), whole, tolerance);
    close(gradient(samples, loss, 1, LARGE_CHUNK), whole, tolerance);
    float[] first = gradient(samples.subList(0, 5), loss, 40, SMALL_CHUNK);
    float[] second = gradient(samples.subList(5, 12), loss, 40, SMALL_CHUNK);
    for (int i = 0; i < whole.length; i++) {
      first[i] += second[i];
    }
    close(first, whole, tolerance);
    LossStatistics one = run(samples, loss, EVERYTHING, LARGE_CHUNK).statistics();
    LossStatistics many = run(samples, loss, 40, SMALL_CHUNK).statistics();
    assertThat(many.loss()).isCloseTo(one.loss(), within((double) tolerance));
    assertThat(many.policyLoss()).isCloseTo(one.policyLoss(), within((double) tolerance));
    for (ToDoubleFunction<LossStatistics> count :
        List.<ToDoubleFunction<LossStatistics>>of(
            LossStatistics::tokens,
            LossStatistics::clipped,
            LossStatistics::bounded,
            LossStatistics::masked,
            LossStatistics::mismatchBounded)) {
      assertThat(count.applyAsDouble(many)).isEqualTo(count.applyAsDouble(one));
    }
    assertThat(many.ratio()).isCloseTo(one.ratio(), within(100.0 * tolerance));
    assertThat(many.mismatchWeight()).isCloseTo(one.mismatchWeight(), within(1e-4));
  }

  /**
   * At the weights that sampled, ratios are 1, nothing is clipped, and with one advantage per
   * sequence all losses have the gradient of REINFORCE.
   */
  @ParameterizedTest
  @EnumSource(LossType.class)
  void isReinforceAtTheFirstStep(LossType type) {
    List<TrainingSample> samples = samples(5, true);
    LossSettings loss = settings(PolicyLoss.of(type, 0.2, 0.3), KlTerm.NONE);
    LossStatistics statistics = run(samples, loss, EVERYTHING, SMALL_CHUNK).statistics();
    assertThat(statistics.ratio()).isEqualTo(statistics.tokens());
    assertThat(statistics.maximumRatio()).isEqualTo(1);
    assertThat(statistics.clipped()).isZero();
    assertThat(statistics.bounded()).isZero();
    assertThat(statistics.masked()).isZero();
    assertThat(statistics.approximateKl()).isZero();
    assertThat(statistics.approximateKlK3()).isZero();
    LossSettings reinforce = settings(loss(LossType.GPG), KlTerm.NONE);
    close(
        gradient(samples, loss, EVERYTHING, SMALL_CHUNK),
        gradient(samples, reinforce, EVERYTHING, SMALL_CHUNK),
        1e-6f);
  }

  /** A straight-through estimate has its own value and the gradient of k2. */
  @ParameterizedTest
  @EnumSource(KlEstimator.class)
  void straightThroughEstimatesHaveTheGradientOfK2(KlEstimator estimator) {
    List<TrainingSample> samples = samples(4, false);
    PolicyLoss clip = loss(LossType.CLIP);
    Gradient through =
        run(
            samples,
            settings(clip, new KlTerm(0.3, estimator, true, false)),
            EVERYTHING,
            LARGE_CHUNK);
    Gradient plain =
        run(
            samples,
            settings(clip, new KlTerm(0.3, estimator, false, false)),
            EVERYTHING,
            LARGE_CHUNK);
    Gradient k2 =
        run(
            samples,
            settings(clip, new KlTerm(0.3, KlEstimator.K2, false, false)),
            EVERYTHING,
            LARGE_CHUNK);
    assertThat(through.statistics().loss()).isCloseTo(plain.statistics().loss(), within(1e-6));
    close(through.gradient().chunks()[0], k2.gradient().chunks()[0], 1e-6f);
  }

  /** The tokens with the largest entropies of each sequence, and no others. */
  @Test
  void topEntropyCountsTheShareOfEachSequence() {
    List<TrainingSample> samples = samples(4, false);
    LossStatistics statistics =
        run(
                samples,
                settings(masked(LossType.CLIP, Correction.NONE, NONE, 0.4), KlTerm.NONE),
                EVERYTHING,
                LARGE_CHUNK)
            .statistics();
    double left = 0;
    for (TrainingSample sample : samples) {
      int tokens = LossTokens.masked(sample);
      left += tokens - Math.ceil(tokens * 0.4 - 1e-9);
    }
    assertThat(statistics.masked()).isEqualTo(left);
  }

  private static LossSettings settings(PolicyLoss loss, KlTerm kl) {
    return new LossSettings(
        LossKind.POLICY, TEMPERATURE, loss, kl, 0.05, Aggregation.SEQUENCE_MEAN_TOKEN_MEAN, 12, 1);
  }

  private static Arguments named(String name, PolicyLoss loss) {
    return Arguments.of(name, settings(loss, new KlTerm(0.1, KlEstimator.K3, false, false)));
  }

  private static PolicyLoss loss(LossType type) {
    return capped(type, RatioLevel.TOKEN, NONE, type == LossType.CISPO_MINIMAX ? 1.5 : NONE);
  }

  private static PolicyLoss capped(
      LossType type, RatioLevel ratio, double dualClip, double ratioCap) {
    return new PolicyLoss(
        type,
        ratio,
        0.2,
        0.3,
        dualClip,
        ratioCap,
        new SapoConfig(1.5, 2.5),
        new VespoConfig(0.6, 0.4, 0.8, 0.3),
        MismatchConfig.NONE,
        NONE,
        1);
  }

  private static PolicyLoss masked(
      LossType type, Correction correction, double threshold, double share) {
    return new PolicyLoss(
        type,
        RatioLevel.TOKEN,
        0.2,
        0.3,
        NONE,
        NONE,
        SapoConfig.DEFAULT,
        VespoConfig.DEFAULT,
        correction == Correction.NONE
            ? MismatchConfig.NONE
            : new MismatchConfig(correction, 1.3, 0.6),
        threshold,
        share);
  }

  private static Gradient run(
      List<TrainingSample> samples, LossSettings loss, long tokensPerMicroBatch, int chunk) {
    return new PolicyGradient(backend, decoder, TestModels.FULL, LAYOUT, Long.MAX_VALUE, chunk)
        .run(samples, loss, tokensPerMicroBatch);
  }

  private static float[] gradient(
      List<TrainingSample> samples, LossSettings loss, long tokensPerMicroBatch, int chunk) {
    return run(samples, loss, tokensPerMicroBatch, chunk).gradient().chunks()[0];
  }

  private static double slope(
      double[] direction, double step, List<TrainingSample> samples, LossSettings loss) {
    return (lossAt(direction, step, samples, loss) - lossAt(direction, -step, samples, loss))
        / (2 * step);
  }

  private static double lossAt(
      double[] direction, double step, List<TrainingSample> samples, LossSettings loss) {
    float[] moved = WEIGHTS.chunks()[0].clone();
    for (int i = 0; i < direction.length; i++) {
      moved[i] += (float) (step * direction[i]);
    }
    decoder.write(FlatWeights.of(new float[][] {moved}));
    return run(samples, loss, EVERYTHING, LARGE_CHUNK).statistics().loss();
  }

  /**
   * Within a tolerance relative to the norm of the gradient, where that is above 1: an element is
   * the rounded sum of terms that may be larger than itself, in an order that depends on the
   * processor.
   */
  private static void close(float[] actual, float[] expected, float tolerance) {
    double squares = 0;
    for (float value : expected) {
      squares += (double) value * value;
    }
    float norm = (float) Math.max(1, Math.sqrt(squares));
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).as("parameter %d", i).isCloseTo(expected[i], within(tolerance * norm));
    }
  }

  /** Log-probabilities of the completion under the policy. */
  private static float[] logprobs(TrainingSample sample) {
    float[] row =
        new TokenLogprobs(backend, decoder, TestModels.FULL)
            .run(List.of(sample.tokenIds()), TEMPERATURE, EVERYTHING)
            .get(0);
    return Arrays.copyOfRange(row, sample.promptLength() - 1, row.length);
  }

  private static TrainingSample withAdvantages(TrainingSample sample, float[] advantages) {
    return new TrainingSample(
        sample.tokenIds(),
        sample.promptLength(),
        sample.lossMask(),
        advantages,
        sample.oldLogprobs(),
        sample.referenceLogprobs(),
        sample.samplerLogprobs());
  }

  /**
   * Samples of different lengths with holes in their masks, whose other log-probabilities are near
   * the policy's, but not so near to where losses bend that a small step crosses it.
   *
   * @param first whether they are those of a first update: no old log-probabilities, and one
   *     advantage for all tokens of a sample
   */
  private static List<TrainingSample> samples(int count, boolean first) {
    Random random = new Random(8);
    List<TrainingSample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int prompt = 1 + random.nextInt(4);
      int completion = 3 + random.nextInt(9);
      int[] ids = TestModels.randomIds(TestModels.FULL, prompt + completion, random);
      float[] mask = new float[completion];
      float[] advantages = new float[completion];
      for (int j = 0; j < completion; j++) {
        mask[j] = j == 1 ? 0 : 1;
        advantages[j] = first && j > 0 ? advantages[0] : (float) random.nextGaussian();
      }
      float[] own = logprobs(new TrainingSample(ids, prompt, mask, advantages, null, null, null));
      float[] old = offset(own, random);
      float[] reference = offset(own, random);
      float[] sampler = offset(old, random);
      samples.add(
          new TrainingSample(
              ids, prompt, mask, advantages, first ? null : old, reference, sampler));
    }
    return samples;
  }

  /** Numbers that are 0.05 to 0.1, or 0.5 to 0.8, above or below others. */
  private static float[] offset(float[] values, Random random) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      double distance =
          random.nextBoolean()
              ? 0.05 + 0.05 * random.nextDouble()
              : 0.5 + 0.3 * random.nextDouble();
      result[i] = (float) (values[i] + (random.nextBoolean() ? distance : -distance));
    }
    return result;
  }
}
