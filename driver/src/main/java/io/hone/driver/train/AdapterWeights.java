package io.hone.driver.train;

import io.hone.executor.model.ComputeSettings;
import io.hone.executor.model.FrozenBase;
import io.hone.executor.model.PolicyVersion;
import io.hone.kernels.checkpoint.Adapter;
import io.hone.kernels.checkpoint.AdapterDirectory;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.checkpoint.DataType;
import io.hone.kernels.checkpoint.FlatSequence;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A low-rank adapter of a model whose own weights stay; a checkpoint is a directory as PEFT has it,
 * in 32-bit floats unless told otherwise.
 *
 * @param source the checkpoint that is adapted
 * @param first the adapter that the run begins with
 * @param base the weights of {@code source}, sent to the executors
 * @param settings of the run
 */
record AdapterWeights(Checkpoint source, Adapter first, FrozenBase base, ComputeSettings settings)
    implements TrainedWeights {

  @Override
  public Layout layout() {
    return Layout.of(source.architecture(), first.settings());
  }

  @Override
  public FlatSequence initial() {
    return first.weights();
  }

  @Override
  public PolicyVersion version(long version, FlatSequence weights) {
    return new PolicyVersion(version, source.architecture(), weights, base, settings);
  }

  @Override
  public void writeInto(Path directory, FlatSequence weights, Optional<DataType> type)
      throws IOException {
    Adapter adapter = new Adapter(first.settings(), FlatWeights.copyOf(weights));
    AdapterDirectory.writeInto(directory, adapter, source, type.orElse(DataType.FLOAT32));
  }

  @Override
  public boolean storesExactly(Optional<DataType> type) {
    return type.orElse(DataType.FLOAT32) == DataType.FLOAT32;
  }

  @Override
  public FlatSequence read(Path directory) {
    return AdapterDirectory.read(directory, source.architecture()).weights();
  }

  @Override
  public void close() {
    base.weights().destroy();
  }
}
