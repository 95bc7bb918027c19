package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.ProgramCall;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Preference objectives through whole models. */
class PreferenceGradientTest {
  private static final long EVERYTHING = 1_000_000;
  private static final int PAIRS = 4;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{loss: dpo, beta: 0.3}",
        "{loss: dpo, label-smoothing: 0.2, length-normalized: true, nll-coefficient: 0.7}",
        "{loss: dpo, reference-free: true}",
        "{loss: ipo, beta: 0.5}",
        "{loss: simpo, beta: 2, simpo-gamma: 1.4}",
        "{loss: cpo}",
        "{loss: hinge, beta: 0.2}",
        "{loss: kto, desirable-weight: 1.3, undesirable-weight: 0.6}",
        "{loss: orpo, beta: 0.4}"
      })
  void agreesWithFiniteDifferencesAndNotOnMicroBatchesChunksOrTasks(String yaml) {
    PreferenceSettings objective = settings(yaml, PAIRS);
    List<TrainingSample> samples = samples(TestModels.TIED, PAIRS);
    FiniteDifferences.checkEveryTensor(TestModels.TIED, objective, samples, 0.01, 5e-3);
    checkSplits(TestModels.TIED, objective, samples);
  }

  private static void checkSplits(
      Architecture architecture, PreferenceSettings objective, List<TrainingSample> samples) {
    FlatWeights weights = TestModels.randomWeights(architecture, 5);
    Backend backend = TorchScriptBackend.cpu();
    try (DecoderTensors decoder =
        new DecoderTensors(
            backend, architecture, Layout.of(architecture), ComputeDevice.ComputeType.FLOAT32)) {
      decoder.write(weights);
      PolicyGradient whole =
          new PolicyGradient(
              backend, decoder, architecture, Layout.of(architecture), 1L << 31, 256);
      PolicyGradient chunked =
          new PolicyGradient(backend, decoder, architecture, Layout.of(architecture), 0, 7);
      Gradient expected = whole.run(samples, objective, EVERYTHING);
      requireSame(whole.run(samples, objective, 1), expected);
      requireSame(chunked.run(samples, objective, EVERYTHING), expected);
      requireSame(chunked.run(samples, objective, 40), expected);
      Gradient first = whole.run(samples.subList(0, 4), objective, 30);
      Gradient second = whole.run(samples.subList(4, samples.size()), objective, 30);
      requireSame(
          new Gradient(
              FlatWeights.sum(List.of(first.gradient(), second.gradient())),
              first.statistics().plus(second.statistics())),
          expected);
    }
  }

  private static void requireSame(Gradient actual, Gradient expected) {
    float[] numbers = expected.gradient().chunks()[0];
    double squares = 0;
    for (float number : numbers) {
      squares += (double) number * number;
    }
    float tolerance = (float) (1e-6 * Math.sqrt(squares));
    for (int i = 0; i < numbers.length; i++) {
      assertThat(actual.gradient().chunks()[0][i]).isCloseTo(numbers[i], within(tolerance));
    }
    PreferenceStatistics seen = actual.statistics().preference();
    PreferenceStatistics wanted = expected.statistics().preference();
    assertThat(actual.statistics().loss()).isCloseTo(expected.statistics().loss(), within(1e-5));
    assertThat(actual.statistics().tokens()).isEqualTo(expected.statistics().tokens());
    assertThat(seen.chosen()).isEqualTo(wanted.chosen());
    assertThat(seen.rejected()).isEqualTo(wanted.rejected());
    assertThat(seen.pairs()).isEqualTo(wanted.pairs());
    assertThat(seen.chosenTokens()).isEqualTo(wanted.chosenTokens());
    assertThat(seen.correct()).isEqualTo(wanted.correct());
    assertThat(seen.chosenReward()).isCloseTo(wanted.chosenReward(), within(1e-4));
    assertThat(seen.rejectedReward()).isCloseTo(wanted.rejectedReward(), within(1e-4));
  }

  /** What is told of a batch agrees with log-probabilities computed on their own. */
  @Test
  void tellsRewardsAndLossOfEachPair() {
    double beta = 0.3;
    List<TrainingSample> samples = samples(TestModels.TIED, PAIRS);
    try (LanguageModel model = model(TestModels.TIED)) {
      LossStatistics told =
          model.policyGradient(samples, settings("{beta: 0.3}", PAIRS), 50).statistics();
      double[] rewards = new double[samples.size()];
      double chosenLikelihood = 0;
      for (int i = 0; i < rewards.length; i++) {
        TrainingSample sample = samples.get(i);
        float[] row = model.tokenLogprobs(List.of(sample.tokenIds()), 1, 100).get(0);
        for (int j = 0; j < sample.lossMask().length; j++) {
          double logprob = row[sample.promptLength() - 1 + j];
          if (sample.lossMask()[j] != 0) {
            rewards[i] += beta * (logprob - sample.referenceLogprobs()[j]);
            chosenLikelihood -= i % 2 == 0 ? logprob : 0;
          }
        }
      }
      double loss = 0;
      double chosen = 0;
      double rejected = 0;
      int correct = 0;
      for (int i = 0; i < rewards.length; i += 2) {
        loss += Math.log1p(Math.exp(rewards[i + 1] - rewards[i])) / PAIRS;
        chosen += rewards[i];
        rejected += rewards[i + 1];
        correct += rewards[i] > rewards[i + 1] ? 1 : 0;
      }
      assertThat(correct).isBetween(1, PAIRS - 1);
      assertThat(told.loss()).isCloseTo(loss, within(1e-5));
      assertThat(told.policyLoss()).isEqualTo(told.loss());
      assertThat(told.preference().chosenReward()).isCloseTo(chosen, within(1e-4));
      assertThat(told.preference().rejectedReward()).isCloseTo(rejected, within(1e-4));
      assertThat(told.preference().correct()).isEqualTo(correct);
      assertThat(told.preference().negativeLogLikelihood())
          .isCloseTo(chosenLikelihood, within(1e-3));
      assertThat(told.preference().chosenLogprob()).isCloseTo(-chosenLikelihood, within(1e-3));
      assertThat(told.sequences()).isEqualTo(2 * PAIRS);
    }
  }

  /** Where the policy is the reference, no completion has gained: margin 0, loss log 2. */
  @Test
  void atTheReferenceTheMarginIsZero() {
    try (LanguageModel model = model(TestModels.TIED)) {
      List<TrainingSample> samples = new ArrayList<>();
      for (TrainingSample sample : samples(TestModels.TIED, PAIRS)) {
        float[] row = model.tokenLogprobs(List.of(sample.tokenIds()), 1, 100).get(0);
        samples.add(with(sample, Arrays.copyOfRange(row, sample.promptLength() - 1, row.length)));
      }
      LossStatistics dpo = model.policyGradient(samples, settings("{}", PAIRS), 50).statistics();
      assertThat(dpo.loss()).isCloseTo(Math.log(2), within(1e-5));
      assertThat(dpo.preference().chosenReward()).isCloseTo(0, within(1e-5));
      LossStatistics kto =
          model.policyGradient(samples, settings("{loss: kto}", PAIRS), 50).statistics();
      assertThat(kto.loss()).isCloseTo(0.5, within(1e-5));
      assertThat(kto.preference().pairs()).isZero();
    }
  }

  @Test
  void differentNamesOfTheSameObjectiveAreTheSame() {
    List<TrainingSample> samples = samples(TestModels.TIED, PAIRS);
    try (LanguageModel model = model(TestModels.TIED)) {
      long cpo = fingerprint(model, samples, "{loss: cpo, nll-coefficient: 0}");
      assertThat(fingerprint(model, samples, "{loss: dpo, reference-free: true}")).isEqualTo(cpo);
      assertThat(fingerprint(model, samples, "{loss: dpo}")).isNotEqualTo(cpo);
      assertThat(fingerprint(model, samples, "{loss: simpo, simpo-gamma: 0}"))
          .isEqualTo(
              fingerprint(
                  model, samples, "{loss: dpo, reference-free: true, length-normalized: true}"));
      assertThat(fingerprint(model, samples, "{loss: cpo}")).isNotEqualTo(cpo);
      assertThat(fingerprint(model, samples, "{loss: cpo, label-smoothing: 0.1}"))
          .isNotEqualTo(fingerprint(model, samples, "{loss: cpo}"));
    }
  }

  /** Labels that are wrong with probability e: the loss is the mean over right and wrong labels. */
  @Test
  void smoothingMixesTheLossWithThatOfSwappedLabels() {
    List<TrainingSample> samples = samples(TestModels.TIED, PAIRS);
    List<TrainingSample> swapped = new ArrayList<>();
    for (int i = 0; i < samples.size(); i += 2) {
      swapped.add(as(samples.get(i + 1), Preference.CHOSEN));
      swapped.add(as(samples.get(i), Preference.REJECTED));
    }
    try (LanguageModel model = model(TestModels.TIED)) {
      float[] right = gradient(model, samples, "{beta: 0.2}");
      float[] wrong = gradient(model, swapped, "{beta: 0.2}");
      float[] smoothed = gradient(model, samples, "{beta: 0.2, label-smoothing: 0.25}");
      for (int i = 0; i < right.length; i++) {
        assertThat(smoothed[i]).isCloseTo(0.75f * right[i] + 0.25f * wrong[i], within(1e-6f));
      }
    }
  }

  /** A completion that is certain has infinite odds; the loss stays finite all the same. */
  @Test
  void certainCompletionsDoNotMakeOddsInfinite() {
    PreferenceSettings objective = settings("{loss: orpo, nll-coefficient: 0}", 1);
    try (ProgramCall call = new ProgramCall(TorchScriptBackend.cpu(), "preference_loss")) {
      new PreferenceProgram(objective).add(call, new long[] {0}, new long[] {1});
      call.floats("logprobs", new float[] {0, -1}, 2)
          .floats("token_weights", new float[2], 2)
          .floats("reference_logprobs", new float[0], 0)
          .longs("sequence", new long[] {0, 1}, 2)
          .integer("sequences", 2)
          .run();
      assertThat(call.output("sums").doubles()[0]).isBetween(0., 1e-4);
      assertThat(call.output("gradient").floats()).doesNotContain(Float.NaN);
    }
  }

  @Test
  void refusesSamplesThatAreNotPairs() {
    List<TrainingSample> samples = samples(TestModels.TIED, 2);
    PreferenceSettings dpo = settings("{}", 2);
    try (LanguageModel model = model(TestModels.TIED)) {
      refuses(model, samples.subList(0, 3), dpo, "sample 2 has no partner");
      refuses(model, samples.subList(1, 3), dpo, "sample 0 has no partner");
      refuses(
          model,
          List.of(as(samples.get(0), null), samples.get(1)),
          dpo,
          "sample 0 is neither chosen nor rejected");
      refuses(
          model,
          List.of(samples.get(0), with(samples.get(1), null)),
          dpo,
          "sample 1 lacks referenceLogprobs");
      assertThat(model.policyGradient(List.of(), dpo, 9).statistics())
          .isEqualTo(LossStatistics.NONE);
    }
    assertThatThrownBy(() -> settings("{loss: cpo}", 2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chosenTokens: 0.0");
  }

  private static void refuses(
      LanguageModel model, List<TrainingSample> samples, Objective objective, String message) {
    assertThatThrownBy(() -> model.policyGradient(samples, objective, 100))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static LanguageModel model(Architecture architecture) {
    return TestModels.load(architecture, TestModels.randomWeights(architecture, 5));
  }

  private static float[] gradient(LanguageModel model, List<TrainingSample> samples, String yaml) {
    return model.policyGradient(samples, settings(yaml, PAIRS), 100).gradient().chunks()[0];
  }

  private static long fingerprint(LanguageModel model, List<TrainingSample> samples, String yaml) {
    return model.policyGradient(samples, settings(yaml, PAIRS), 100).gradient().fingerprint();
  }

  private static PreferenceSettings settings(String yaml, int pairs) {
    return settings(yaml, pairs, 31);
  }

  private static PreferenceSettings settings(String yaml, int pairs, double chosenTokens) {
    PreferenceLoss loss = PreferenceLoss.of(PreferenceConfigs.of(yaml));
    boolean kto = !loss.comparesPairs();
    return new PreferenceSettings(loss, 1, kto ? 2 * pairs : pairs, chosenTokens, kto ? 0.2 : 0);
  }

  private static TrainingSample with(TrainingSample sample, float[] reference) {
    return new TrainingSample(
        sample.tokenIds(),
        sample.promptLength(),
        sample.lossMask(),
        reference,
        0,
        sample.preference());
  }

  private static TrainingSample as(TrainingSample sample, Preference preference) {
    return new TrainingSample(
        sample.tokenIds(),
        sample.promptLength(),
        sample.lossMask(),
        sample.referenceLogprobs(),
        0,
        preference);
  }

  /** Pairs of different lengths with holes in their masks; some are in the right order. */
  private static List<TrainingSample> samples(Architecture architecture, int pairs) {
    Random random = new Random(8);
    List<TrainingSample> samples = new ArrayList<>();
    for (int i = 0; i < 2 * pairs; i++) {
      int prompt = 1 + random.nextInt(4);
      int completion = 2 + random.nextInt(9);
      int[] ids = TestModels.randomIds(architecture, prompt + completion, random);
      float[] mask = new float[completion];
      float[] reference = new float[completion];
      for (int j = 0; j < completion; j++) {
        mask[j] = j == 1 ? 0 : 1;
        reference[j] = (float) (-Math.log(architecture.vocabSize()) + random.nextGaussian() / 4);
      }
      samples.add(
          new TrainingSample(
              ids,
              prompt,
              mask,
              reference,
              0,
              i % 2 == 0 ? Preference.CHOSEN : Preference.REJECTED));
    }
    return samples;
  }
}
