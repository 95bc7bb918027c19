package io.hone.driver.train;

import io.hone.executor.model.PolicyVersion;
import io.hone.kernels.checkpoint.DataType;
import io.hone.kernels.checkpoint.FlatSequence;
import io.hone.kernels.checkpoint.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The numbers that a run trains: which they are, and how a checkpoint keeps them. Everything else
 * takes them as one flat tensor with a layout.
 */
sealed interface TrainedWeights extends AutoCloseable permits AllWeights, AdapterWeights {

  /** Layout of weights, gradients and optimiser state. */
  Layout layout();

  /** What the run begins with. */
  FlatSequence initial();

  /** A version of the policy with these numbers. */
  PolicyVersion version(long version, FlatSequence weights);

  /**
   * Writes them into a directory in a format that other programs load.
   *
   * @param type stored type; empty for that of what the run began with
   */
  void writeInto(Path directory, FlatSequence weights, Optional<DataType> type) throws IOException;

  /** Whether {@link #read} gives the very numbers back. */
  boolean storesExactly(Optional<DataType> type);

  /**
   * Reads what {@link #writeInto} wrote.
   *
   * @throws io.hone.conf.UserException if it is damaged
   */
  FlatSequence read(Path directory);

  /** Gives back what was sent to the executors; versions are of no use after that. */
  @Override
  void close();
}
