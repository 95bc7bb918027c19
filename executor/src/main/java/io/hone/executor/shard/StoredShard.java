package io.hone.executor.shard;

import io.hone.kernels.checkpoint.FlatSequence;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * One version of a shard's weights and optimiser state, in one file.
 *
 * @param weights fp32
 * @param firstMoment running mean of gradients
 * @param secondMoment running mean of squared gradients
 */
public record StoredShard(StoredSlice weights, StoredSlice firstMoment, StoredSlice secondMoment)
    implements Serializable {

  /**
   * Writes a new file.
   *
   * @param file must not exist
   * @param start index of the shard's first element in the layout
   * @throws io.hone.conf.UserException if it cannot be written
   */
  public static StoredShard write(
      Path file,
      long start,
      FlatSequence weights,
      FlatSequence firstMoment,
      FlatSequence secondMoment,
      Configuration hadoop) {
    List<StoredSlice> slices =
        SliceFile.write(file, start, List.of(weights, firstMoment, secondMoment), hadoop);
    return new StoredShard(slices.get(0), slices.get(1), slices.get(2));
  }
}
