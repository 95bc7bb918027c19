package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.LossType;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Scanner;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever programs allocate is freed when they return. */
class NativeMemoryTest {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long PAGE = 4096;

  private static final int WARM_UP = 40;
  private static final int WINDOW = 100;
  private static final int WINDOWS = 3;

  /**
   * Growth in one window, far less than one leaked copy of the weights, or one leaked handle with
   * its activations, per step would take.
   */
  private static final long ALLOWANCE = 12L << 20;

  @Test
  void staysFlatOverHundredsOfSteps() throws IOException {
    assumeTrue(Files.exists(STATM), "no /proc/self/statm on this system");
    Architecture architecture = TestModels.TIED;
    AdamW adamW = new AdamW(Layout.of(architecture), new AdamWSettings(0.9, 0.999, 1e-8, 0, 1));
    FlatWeights weights = TestModels.randomWeights(architecture, 1);
    AdamWState state = adamW.initialState();
    try (LanguageModel model = TestModels.load(architecture, weights)) {
      long before = 0;
      // A leak grows in every window; the heap of the JVM, which is in the figure too, does not.
      long leastGrowth = Long.MAX_VALUE;
      for (int step = 0; step <= WARM_UP + WINDOWS * WINDOW; step++) {
        if (step >= WARM_UP && (step - WARM_UP) % WINDOW == 0) {
          long now = resident();
          if (step > WARM_UP) {
            leastGrowth = Math.min(leastGrowth, now - before);
          }
          before = now;
        }
        AdamWUpdate update =
            adamW.update(weights, state, gradient(model, architecture, step).gradient(), 1e-3);
        weights = update.weights();
        state = update.state();
        model.update(weights);
      }
      assertThat(leastGrowth).isLessThan(ALLOWANCE);
    }
  }

  private static Gradient gradient(LanguageModel model, Architecture architecture, int step) {
    Random random = new Random(step);
    List<int[]> prompts = List.of(TestModels.randomIds(architecture, 3 + step % 5, random));
    List<SequenceKey> keys =
        IntStream.range(0, 8).mapToObj(i -> new SequenceKey(0, random.nextLong())).toList();
    List<Completion> completions =
        model.generate(prompts, keys, new SamplingSettings(1, 0, 0.9f, 0, 1, 8, new int[] {2}, 4));
    List<TrainingSample> samples =
        completions.stream().map(completion -> sample(prompts.get(0), completion)).toList();
    model.tokenLogprobs(samples.stream().map(TrainingSample::tokenIds).toList(), 1, 50);
    return model.policyGradient(
        samples,
        new LossSettings(
            LossKind.POLICY,
            1,
            PolicyLoss.of(LossType.CLIP, 0.2, 0.2),
            KlTerm.NONE,
            0,
            Aggregation.TOKEN_MEAN,
            100,
            1),
        50);
  }

  private static TrainingSample sample(int[] prompt, Completion completion) {
    int length = completion.tokenIds().length;
    int[] ids = Arrays.copyOf(prompt, prompt.length + length);
    System.arraycopy(completion.tokenIds(), 0, ids, prompt.length, length);
    float[] ones = new float[length];
    Arrays.fill(ones, 1);
    return new TrainingSample(ids, prompt.length, ones, ones, null, null, completion.logprobs());
  }

  /** Bytes of this process in memory, once the Java heap has been collected. */
  private static long resident() throws IOException {
    System.gc();
    try (Scanner numbers = new Scanner(STATM, StandardCharsets.US_ASCII)) {
      numbers.nextLong();
      return numbers.nextLong() * PAGE;
    }
  }
}
