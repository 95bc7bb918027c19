package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.LossType;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The same bits in every thread and in every JVM. */
class DeterminismTest {

  @Test
  void threadsSideBySideComputeWhatOneDoesAlone() throws Exception {
    long alone = fingerprint();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Long>> futures = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        futures.add(threads.submit(DeterminismTest::fingerprint));
      }
      for (Future<Long> future : futures) {
        assertThat(future.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void anotherJvmComputesTheSameBits() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                DeterminismTest.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(output.strip()).isEqualTo(Long.toString(fingerprint()));
  }

  /** Prints the fingerprint; what the other JVM runs. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(fingerprint());
  }

  /** A digest of completions, gradient and updated weights. */
  private static long fingerprint() {
    Architecture architecture = TestModels.FULL;
    FlatWeights weights = TestModels.randomWeights(architecture, 17);
    Random random = new Random(18);
    List<int[]> prompts = List.of(TestModels.randomIds(architecture, 7, random));
    List<SequenceKey> keys =
        IntStream.range(0, 12).mapToObj(i -> new SequenceKey(0, random.nextLong())).toList();
    try (LanguageModel model = TestModels.load(architecture, weights)) {
      List<Completion> completions =
          model.generate(
              prompts, keys, new SamplingSettings(0.8f, 0, 1, 0, 1, 25, new int[] {4}, 5));
      List<TrainingSample> samples = new ArrayList<>();
      long digest = 0;
      for (Completion completion : completions) {
        digest = digest * 31 + Arrays.hashCode(completion.tokenIds());
        digest = digest * 31 + Arrays.hashCode(completion.logprobs());
        samples.add(sample(prompts.get(0), completion, random));
      }
      FlatWeights gradient =
          model
              .policyGradient(
                  samples,
                  new LossSettings(
                      LossKind.POLICY,
                      0.8f,
                      PolicyLoss.of(LossType.CLIP, 0.2, 0.2),
                      KlTerm.NONE,
                      0.01,
                      Aggregation.SEQUENCE_MEAN_TOKEN_MEAN,
                      12,
                      1),
                  120)
              .gradient();
      AdamW adamW =
          new AdamW(Layout.of(architecture), new AdamWSettings(0.9, 0.99, 1e-8, 0.1, 0.5));
      AdamWUpdate update = adamW.update(weights, adamW.initialState(), gradient, 1e-2);
      return (digest * 31 + gradient.fingerprint()) * 31 + update.weights().fingerprint();
    }
  }

  private static TrainingSample sample(int[] prompt, Completion completion, Random random) {
    int length = completion.tokenIds().length;
    int[] ids = Arrays.copyOf(prompt, prompt.length + length);
    System.arraycopy(completion.tokenIds(), 0, ids, prompt.length, length);
    float[] mask = new float[length];
    Arrays.fill(mask, 1);
    float[] advantages = new float[length];
    Arrays.fill(advantages, (float) random.nextGaussian());
    return new TrainingSample(ids, prompt.length, mask, advantages, null, null, null);
  }
}
