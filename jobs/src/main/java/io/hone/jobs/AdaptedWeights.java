package io.hone.jobs;

import io.hone.kernels.checkpoint.AdapterDirectory;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.model.AdapterMerge;
import java.nio.file.Path;
import java.util.Optional;

/** The weights of a checkpoint, an adapter merged into them where there is one. */
final class AdaptedWeights {
  private AdaptedWeights() {}

  /**
   * Reads both.
   *
   * @throws io.hone.conf.UserException if they do not fit each other
   */
  static FlatWeights of(Checkpoint checkpoint, Optional<Path> adapter) {
    FlatWeights weights = checkpoint.weights();
    return adapter
        .map(directory -> AdapterDirectory.read(directory, checkpoint.architecture()))
        .map(present -> AdapterMerge.merge(checkpoint.architecture(), weights, present))
        .orElse(weights);
  }
}
