package io.hone.driver.train;

import io.hone.executor.model.ComputeSettings;
import io.hone.executor.model.PolicyVersion;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.checkpoint.CheckpointWriter;
import io.hone.kernels.checkpoint.DataType;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * All parameters of a model; a checkpoint is a Hugging Face directory.
 *
 * @param source the checkpoint that the run begins with, whose configuration and tokenizer are kept
 * @param initial its weights
 * @param settings of the run
 */
record AllWeights(Checkpoint source, FlatWeights initial, ComputeSettings settings)
    implements TrainedWeights {

  @Override
  public Layout layout() {
    return source.layout();
  }

  @Override
  public PolicyVersion version(long version, FlatWeights weights) {
    return new PolicyVersion(version, source.architecture(), weights, settings);
  }

  @Override
  public void writeInto(Path directory, FlatWeights weights, Optional<DataType> type)
      throws IOException {
    CheckpointWriter.writeInto(directory, source, weights, type);
  }

  @Override
  public boolean storesExactly(Optional<DataType> type) {
    return type.map(wanted -> wanted == DataType.FLOAT32)
        .orElseGet(
            () -> source.dtypes().values().stream().allMatch(stored -> stored == DataType.FLOAT32));
  }

  @Override
  public FlatWeights read(Path directory) {
    return Checkpoint.open(directory).weights();
  }

  @Override
  public void close() {}
}
