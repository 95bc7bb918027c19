package io.hone.jobs.bench;

import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.LossType;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.model.ComputeDevice;
import io.hone.kernels.model.KlTerm;
import io.hone.kernels.model.LanguageModel;
import io.hone.kernels.model.LossKind;
import io.hone.kernels.model.LossSettings;
import io.hone.kernels.model.PolicyLoss;
import io.hone.kernels.model.TrainingSample;
import io.hone.kernels.program.ResidentMemory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Tells on standard output how many bytes resident memory rises by in one gradient call on the CPU.
 * Meant for a process of its own whose heap has a fixed size and is touched at its start.
 */
final class MemoryProbe {
  private static final LossSettings LOSS =
      new LossSettings(
          LossKind.POLICY,
          1,
          PolicyLoss.of(LossType.CLIP, 0.2, 0.2),
          KlTerm.NONE,
          0,
          Aggregation.TOKEN_MEAN,
          1,
          1);

  private MemoryProbe() {}

  /**
   * @param arguments model directory, sequences, tokens of each, whether to recompute
   */
  public static void main(String[] arguments) {
    Checkpoint checkpoint = Checkpoint.open(Path.of(arguments[0]));
    int batch = Integer.parseInt(arguments[1]);
    int tokens = Integer.parseInt(arguments[2]);
    long keptActivationBytes = Boolean.parseBoolean(arguments[3]) ? 0 : Long.MAX_VALUE;
    int vocabulary = checkpoint.architecture().vocabSize();
    List<TrainingSample> samples = samples(batch, tokens, vocabulary);
    ResidentMemory memory = new ResidentMemory();
    try (LanguageModel model =
        LanguageModel.load(
            checkpoint.architecture(),
            checkpoint.layout(),
            checkpoint.sequence(),
            ComputeDevice.cpu())) {
      // What is read and compiled once is not counted.
      model.policyGradient(samples(1, 2, vocabulary), LOSS, 2, keptActivationBytes);
      System.out.println(
          memory.rise(
              () ->
                  model.policyGradient(samples, LOSS, (long) batch * tokens, keptActivationBytes)));
    }
  }

  private static List<TrainingSample> samples(int batch, int tokens, int vocabulary) {
    float[] ones = new float[tokens - 1];
    Arrays.fill(ones, 1);
    return Arrays.stream(RandomTokens.rows(batch, tokens, vocabulary))
        .map(ids -> new TrainingSample(ids, 1, ones, ones, null, null, null))
        .toList();
  }
}
