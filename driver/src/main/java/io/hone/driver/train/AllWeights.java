package io.hone.driver.train;

import io.hone.executor.model.ComputeSettings;
import io.hone.executor.model.PolicyVersion;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.checkpoint.CheckpointWriter;
import io.hone.kernels.checkpoint.DataType;
import io.hone.kernels.checkpoint.FlatSequence;
import io.hone.kernels.checkpoint.Head;
import io.hone.kernels.checkpoint.HeadChange;
import io.hone.kernels.checkpoint.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All parameters of a model; a checkpoint is a Hugging Face directory. That of a model with two
 * heads is the policy's, with the critic's below it: transformers has no class for both.
 *
 * @param source the checkpoint that the run begins with, whose configuration and tokenizer are kept
 * @param architecture what is trained: the backbone of {@code source}, maybe under another head
 * @param initial its weights
 * @param settings of the run
 */
record AllWeights(
    Checkpoint source, Architecture architecture, FlatSequence initial, ComputeSettings settings)
    implements TrainedWeights {

  /**
   * The weights of a checkpoint under a head.
   *
   * @param seed of a value head that the checkpoint lacks
   */
  static AllWeights of(Checkpoint source, Head head, long seed, ComputeSettings settings) {
    Architecture architecture = source.architecture().withHead(head);
    return new AllWeights(
        source,
        architecture,
        HeadChange.of(source.architecture(), source.sequence(), architecture, seed),
        settings);
  }

  @Override
  public Layout layout() {
    return Layout.of(architecture);
  }

  @Override
  public PolicyVersion version(long version, FlatSequence weights) {
    return new PolicyVersion(version, architecture, weights, settings);
  }

  @Override
  public void writeInto(Path directory, FlatSequence weights, Optional<DataType> type)
      throws IOException {
    if (architecture.head() == Head.LANGUAGE_AND_VALUE) {
      writeInto(directory, Head.LANGUAGE, weights, type);
      Path critic = Files.createDirectory(directory.resolve(TrainingCheckpoints.CRITIC));
      writeInto(critic, Head.VALUE, weights, type);
    } else {
      writeInto(directory, architecture.head(), weights, type);
    }
  }

  private void writeInto(Path directory, Head head, FlatSequence weights, Optional<DataType> type)
      throws IOException {
    Architecture one = architecture.withHead(head);
    CheckpointWriter.writeInto(
        directory, source, one, HeadChange.of(architecture, weights, one, 0), type);
  }

  @Override
  public boolean storesExactly(Optional<DataType> type) {
    return architecture.head() != Head.LANGUAGE_AND_VALUE
        && type.map(wanted -> wanted == DataType.FLOAT32)
            .orElseGet(
                () ->
                    source.dtypes().values().stream()
                        .allMatch(stored -> stored == DataType.FLOAT32));
  }

  @Override
  public FlatSequence read(Path directory) {
    return Checkpoint.openAny(directory).sequence();
  }

  @Override
  public void close() {}
}
