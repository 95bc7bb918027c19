package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sampling from small random models. */
class GenerateTest {
  private static final int[] NO_STOPS = {};

  /**
   * Every token is the one at which the running sum of probabilities passes its keyed uniform
   * number.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void drawsByInverseCdfOfTheKeyedUniform(boolean tied) {
    Architecture architecture = tied ? TestModels.TIED : TestModels.FULL;
    float temperature = 1.3f;
    List<int[]> prompts = List.of(new int[] {3, 1, 4}, new int[] {7});
    List<SequenceKey> keys =
        List.of(new SequenceKey(0, -1), new SequenceKey(1, 42), new SequenceKey(0, Long.MIN_VALUE));
    try (LanguageModel model = random(architecture)) {
      List<Completion> completions =
          model.generate(prompts, keys, plain(temperature, 12, NO_STOPS, 2));
      for (int i = 0; i < keys.size(); i++) {
        int[] prompt = prompts.get(keys.get(i).prompt());
        Completion completion = completions.get(i);
        assertThat(completion.tokenIds()).hasSize(12);
        for (int t = 0; t < 12; t++) {
          int[] before = concat(prompt, Arrays.copyOf(completion.tokenIds(), t));
          double[] probabilities = next(model, architecture, before, temperature);
          double uniform = KeyedUniform.at(keys.get(i).seed(), t);
          int token = completion.tokenIds()[t];
          double below = Arrays.stream(probabilities).limit(token).sum();
          assertThat(uniform).isBetween(below - 1e-5, below + probabilities[token] + 1e-5);
          assertThat((double) completion.logprobs()[t])
              .isCloseTo(Math.log(probabilities[token]), within(1e-4));
          assertThat(completion.filteredLogprobs()[t]).isEqualTo(completion.logprobs()[t]);
        }
      }
    }
  }

  @Test
  void greedyTakesTheMostProbableToken() {
    Architecture architecture = TestModels.FULL;
    try (LanguageModel model = random(architecture)) {
      Completion completion =
          model
              .generate(
                  List.of(new int[] {5, 6}),
                  List.of(new SequenceKey(0, 1)),
                  plain(0, 10, NO_STOPS, 3))
              .get(0);
      for (int t = 0; t < 10; t++) {
        double[] probabilities =
            next(
                model,
                architecture,
                concat(new int[] {5, 6}, Arrays.copyOf(completion.tokenIds(), t)),
                1);
        int token = completion.tokenIds()[t];
        assertThat(probabilities[token])
            .isEqualTo(Arrays.stream(probabilities).max().orElseThrow());
        assertThat((double) completion.logprobs()[t])
            .isCloseTo(Math.log(probabilities[token]), within(1e-4));
        assertThat(completion.filteredLogprobs()[t]).isZero();
      }
    }
  }

  /**
   * A sequence's tokens do not depend on who shares the slots, when it came or how it was ordered.
   */
  @Test
  void companionsDoNotChangeASequence() {
    Architecture architecture = TestModels.TIED;
    Random random = new Random(4);
    List<int[]> prompts = prompts(architecture, random);
    List<SequenceKey> keys = keys(23, random);
    SamplingSettings settings = plain(1, 30, new int[] {2, 9}, 4);
    try (LanguageModel model = random(architecture)) {
      List<Completion> together = model.generate(prompts, keys, settings);
      assertThat(together).extracting(Completion::finishReason).contains(FinishReason.STOP);
      for (int i = 0; i < keys.size(); i++) {
        alike(model.generate(prompts, List.of(keys.get(i)), settings).get(0), together.get(i));
      }
      List<SequenceKey> reversed = new ArrayList<>(keys);
      Collections.reverse(reversed);
      List<Completion> again = model.generate(prompts, reversed, settings);
      for (int i = 0; i < keys.size(); i++) {
        alike(again.get(keys.size() - 1 - i), together.get(i));
      }
    }
  }

  @Test
  void theSamePlanGivesTheSameBits() {
    Architecture architecture = TestModels.FULL;
    Random random = new Random(4);
    List<int[]> prompts = prompts(architecture, random);
    List<SequenceKey> keys = keys(23, random);
    SamplingSettings settings = plain(1, 30, new int[] {2, 9}, 4);
    try (LanguageModel model = random(architecture);
        LanguageModel other = random(architecture)) {
      List<Completion> first = model.generate(prompts, keys, settings);
      model.generate(prompts.subList(0, 1), List.of(new SequenceKey(0, 5)), settings);
      List<Completion> second = model.generate(prompts, keys, settings);
      List<Completion> third = other.generate(prompts, keys, settings);
      for (int i = 0; i < keys.size(); i++) {
        same(second.get(i), first.get(i));
        same(third.get(i), first.get(i));
      }
    }
  }

  @Test
  void agreesWithTheTrainersLogprobs() {
    Architecture architecture = TestModels.FULL;
    Random random = new Random(9);
    List<int[]> prompts = List.of(TestModels.randomIds(architecture, 9, random));
    List<SequenceKey> keys =
        IntStream.range(0, 8).mapToObj(i -> new SequenceKey(0, random.nextLong())).toList();
    try (LanguageModel model = random(architecture)) {
      List<Completion> completions = model.generate(prompts, keys, plain(0.7f, 40, NO_STOPS, 8));
      List<int[]> rows =
          completions.stream().map(c -> concat(prompts.get(0), c.tokenIds())).toList();
      List<float[]> logprobs = model.tokenLogprobs(rows, 0.7f, 100);
      for (int i = 0; i < rows.size(); i++) {
        float[] own = Arrays.copyOfRange(logprobs.get(i), 8, logprobs.get(i).length);
        for (int t = 0; t < own.length; t++) {
          assertThat(completions.get(i).logprobs()[t]).isCloseTo(own[t], within(1e-4f));
        }
      }
    }
  }

  @Test
  void stopsAtAStopTokenAndKeepsIt() {
    Architecture architecture = TestModels.TIED;
    List<SequenceKey> keys =
        IntStream.range(0, 40).mapToObj(i -> new SequenceKey(0, i * 31L)).toList();
    List<int[]> prompts = List.of(new int[] {1, 2, 3});
    try (LanguageModel model = random(architecture)) {
      List<Completion> free = model.generate(prompts, keys, plain(1, 20, NO_STOPS, 7));
      List<Completion> stopped = model.generate(prompts, keys, plain(1, 20, new int[] {5}, 7));
      Set<FinishReason> reasons = new HashSet<>();
      for (int i = 0; i < keys.size(); i++) {
        int[] ids = free.get(i).tokenIds();
        int stop = IntStream.range(0, ids.length).filter(t -> ids[t] == 5).findFirst().orElse(-1);
        assertThat(stopped.get(i).tokenIds())
            .isEqualTo(stop < 0 ? ids : Arrays.copyOf(ids, stop + 1));
        assertThat(stopped.get(i).finishReason())
            .isEqualTo(stop < 0 ? FinishReason.LENGTH : FinishReason.STOP);
        reasons.add(stopped.get(i).finishReason());
      }
      assertThat(reasons).containsExactlyInAnyOrder(FinishReason.STOP, FinishReason.LENGTH);
    }
  }

  @Test
  void endsAtTheEndOfTheContext() {
    Architecture architecture = TestModels.TIED;
    int[] prompt = new int[architecture.maxPositions() - 3];
    try (LanguageModel model = random(architecture)) {
      Completion completion =
          model
              .generate(List.of(prompt), List.of(new SequenceKey(0, 1)), plain(1, 100, NO_STOPS, 1))
              .get(0);
      assertThat(completion.tokenIds()).hasSize(3);
      assertThat(completion.finishReason()).isEqualTo(FinishReason.LENGTH);
    }
  }

  /** Filters leave only allowed tokens, whose recorded log-probabilities are renormalised. */
  @ParameterizedTest
  @CsvSource({"3,1,0,1", "0,0.6,0,1", "0,1,0.3,1", "5,0.9,0.05,1.4"})
  void recordsBothLogprobsUnderFilters(int topK, float topP, float minP, float penalty) {
    Architecture architecture = TestModels.TIED;
    int[] prompt = {3, 4};
    SamplingSettings settings =
        new SamplingSettings(0.9f, topK, topP, minP, penalty, 15, NO_STOPS, 2);
    try (LanguageModel model = random(architecture)) {
      Completion completion =
          model.generate(List.of(prompt), List.of(new SequenceKey(0, 77)), settings).get(0);
      for (int t = 0; t < 15; t++) {
        int[] before = concat(prompt, Arrays.copyOf(completion.tokenIds(), t));
        double[] policy = next(model, architecture, before, 0.9f);
        int token = completion.tokenIds()[t];
        assertThat((double) completion.logprobs()[t])
            .isCloseTo(Math.log(policy[token]), within(1e-4));
        if (penalty == 1) {
          int rank = (int) Arrays.stream(policy).filter(p -> p > policy[token]).count();
          double larger = Arrays.stream(policy).filter(p -> p > policy[token]).sum();
          double best = Arrays.stream(policy).max().orElseThrow();
          assertThat(topK == 0 || rank < topK).isTrue();
          assertThat(topP == 1 || larger < topP + 1e-5).isTrue();
          assertThat(policy[token]).isGreaterThanOrEqualTo(minP * best - 1e-6);
          assertThat(completion.filteredLogprobs()[t])
              .isGreaterThanOrEqualTo(completion.logprobs()[t] - 1e-5f);
        }
      }
    }
  }

  /**
   * Frequencies of a large sample against the distribution: Pearson's chi-squared, far beyond
   * chance at 3 times.
   */
  @Test
  void frequenciesFollowTheDistribution() {
    Architecture architecture = TestModels.TIED;
    int[] prompt = {3, 4};
    int count = 4000;
    List<SequenceKey> keys =
        IntStream.range(0, count).mapToObj(i -> new SequenceKey(0, i)).toList();
    try (LanguageModel model = random(architecture)) {
      double[] expected = next(model, architecture, prompt, 1);
      int[] seen = new int[architecture.vocabSize()];
      model
          .generate(List.of(prompt), keys, plain(1, 1, NO_STOPS, 500))
          .forEach(completion -> seen[completion.tokenIds()[0]]++);
      double statistic =
          IntStream.range(0, seen.length)
              .mapToDouble(i -> Math.pow(seen[i] - count * expected[i], 2) / (count * expected[i]))
              .sum();
      assertThat(statistic).isLessThan(3.0 * seen.length);
    }
  }

  @Test
  void newWeightsGiveNewTokens() {
    Architecture architecture = TestModels.TIED;
    List<int[]> prompts = List.of(new int[] {1});
    List<SequenceKey> keys = List.of(new SequenceKey(0, 3));
    SamplingSettings settings = plain(1, 30, NO_STOPS, 1);
    FlatWeights other = TestModels.randomWeights(architecture, 99);
    try (LanguageModel model = random(architecture);
        LanguageModel fresh = TestModels.load(architecture, other)) {
      Completion before = model.generate(prompts, keys, settings).get(0);
      model.update(other);
      Completion after = model.generate(prompts, keys, settings).get(0);
      assertThat(after.tokenIds()).isNotEqualTo(before.tokenIds());
      same(after, fresh.generate(prompts, keys, settings).get(0));
    }
  }

  @Test
  void noSequencesGiveNoCompletions() {
    try (LanguageModel model = random(TestModels.TIED)) {
      assertThat(model.generate(List.of(new int[] {1}), List.of(), plain(1, 5, NO_STOPS, 2)))
          .isEmpty();
    }
  }

  @Test
  void refusesPromptsThatDoNotFit() {
    Architecture architecture = TestModels.TIED;
    List<SequenceKey> keys = List.of(new SequenceKey(0, 1));
    SamplingSettings settings = plain(1, 5, NO_STOPS, 2);
    try (LanguageModel model = random(architecture)) {
      assertThatThrownBy(() -> model.generate(List.of(new int[0]), keys, settings))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("Prompt 0 has 0 tokens");
      assertThatThrownBy(() -> model.generate(List.of(new int[48]), keys, settings))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("48 tokens")
          .hasMessageContaining("no room");
      assertThatThrownBy(() -> model.generate(List.of(new int[] {23}), keys, settings))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("token id 23");
      assertThatThrownBy(
              () -> model.generate(List.of(new int[] {1}), keys, plain(1, 5, new int[] {-1}, 2)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("Stop token id -1");
    }
  }

  /** Probabilities of every next token, from the log-probabilities of every continuation. */
  private static double[] next(
      LanguageModel model, Architecture architecture, int[] before, float temperature) {
    List<int[]> rows =
        IntStream.range(0, architecture.vocabSize())
            .mapToObj(token -> concat(before, new int[] {token}))
            .toList();
    return model.tokenLogprobs(rows, temperature, 100_000).stream()
        .mapToDouble(row -> Math.exp(row[row.length - 1]))
        .toArray();
  }

  private static List<int[]> prompts(Architecture architecture, Random random) {
    return IntStream.range(0, 5)
        .mapToObj(i -> TestModels.randomIds(architecture, 1 + random.nextInt(12), random))
        .toList();
  }

  private static List<SequenceKey> keys(int count, Random random) {
    return IntStream.range(0, count)
        .mapToObj(i -> new SequenceKey(random.nextInt(5), random.nextLong()))
        .toList();
  }

  /**
   * The same tokens; log-probabilities but for rounding, which differs from one row of a product to
   * another.
   */
  private static void alike(Completion actual, Completion expected) {
    assertThat(actual.tokenIds()).isEqualTo(expected.tokenIds());
    assertThat(actual.finishReason()).isEqualTo(expected.finishReason());
    for (int t = 0; t < actual.logprobs().length; t++) {
      assertThat(actual.logprobs()[t]).isCloseTo(expected.logprobs()[t], within(1e-5f));
    }
  }

  private static void same(Completion actual, Completion expected) {
    assertThat(actual.tokenIds()).isEqualTo(expected.tokenIds());
    assertThat(actual.logprobs()).isEqualTo(expected.logprobs());
    assertThat(actual.filteredLogprobs()).isEqualTo(expected.filteredLogprobs());
    assertThat(actual.finishReason()).isEqualTo(expected.finishReason());
  }

  private static LanguageModel random(Architecture architecture) {
    return TestModels.load(architecture, TestModels.randomWeights(architecture, 21));
  }

  private static SamplingSettings plain(
      float temperature, int maxNewTokens, int[] stopIds, int slots) {
    return new SamplingSettings(temperature, 0, 1, 0, 1, maxNewTokens, stopIds, slots);
  }

  private static int[] concat(int[] first, int[] second) {
    int[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
