package io.hone.executor.shard;

import io.hone.kernels.checkpoint.Fingerprint;
import io.hone.kernels.checkpoint.FlatSequence;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SerializableWritable;
import org.apache.spark.broadcast.Broadcast;

/**
 * A flat sequence in the files of its shards: small to send, checked block by block wherever it is
 * read.
 *
 * @param slices without gaps, from 0 on
 * @param hadoop how to reach files
 */
public record StoredSequence(
    List<StoredSlice> slices, Broadcast<SerializableWritable<Configuration>> hadoop)
    implements FlatSequence, Serializable {

  public StoredSequence {
    slices = List.copyOf(slices);
    long end = 0;
    for (StoredSlice slice : slices) {
      if (slice.start() != end) {
        throw new IllegalArgumentException(
            slice.file() + " begins at " + slice.start() + " (expected: " + end + ")");
      }
      end = slice.end();
    }
  }

  @Override
  public long size() {
    return slices.get(slices.size() - 1).end();
  }

  @Override
  public void copyTo(long offset, float[] target, int targetOffset, int count) {
    Objects.checkFromIndexSize(offset, (long) count, size());
    Objects.checkFromIndexSize(targetOffset, count, target.length);
    Configuration conf = hadoop.value().value();
    for (StoredSlice slice : slices) {
      long from = Math.max(offset, slice.start());
      long to = Math.min(offset + count, slice.end());
      if (from < to) {
        slice.copyTo(
            from - slice.start(),
            target,
            targetOffset + (int) (from - offset),
            (int) (to - from),
            conf);
      }
    }
  }

  /** Of the digests that the owners of the shards computed; reading checks numbers against them. */
  @Override
  public long fingerprint() {
    long[] digests =
        slices.stream().flatMapToLong(slice -> LongStream.of(slice.digests())).toArray();
    return Fingerprint.of(size(), digests);
  }

  /** Bytes of its digests, which are most of what is sent. */
  public long handleBytes() {
    return (long) Fingerprint.blocks(size()) * Long.BYTES;
  }
}
