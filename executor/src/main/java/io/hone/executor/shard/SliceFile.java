package io.hone.executor.shard;

import io.hone.executor.table.ChecksummedOutput;
import io.hone.executor.table.HadoopFiles;
import io.hone.executor.table.StorageFailures;
import io.hone.kernels.checkpoint.Fingerprint;
import io.hone.kernels.checkpoint.FlatSequence;
import io.hone.kernels.checkpoint.FlatWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes slices, one after the other, into a new file. */
public final class SliceFile {
  /** Elements converted and written at once. */
  private static final int PIECE = 16 * FlatWeights.BLOCK;

  private SliceFile() {}

  /**
   * Writes the same range of some sequences. The file is complete or not there; it is not forced to
   * the disk, because after a crash a run goes on from a checkpoint.
   *
   * @param file must not exist
   * @param start index of the range's first element in the sequences that it is of
   * @param ranges its numbers in each of these
   * @throws io.hone.conf.UserException if it cannot be written
   */
  public static List<StoredSlice> write(
      Path file, long start, List<? extends FlatSequence> ranges, Configuration hadoop) {
    List<StoredSlice> slices = new ArrayList<>();
    try (ChecksummedOutput out =
        ChecksummedOutput.create(HadoopFiles.fileSystem(file, hadoop), file)) {
      for (FlatSequence range : ranges) {
        long position = out.length();
        long[] digests = write(out, range);
        slices.add(new StoredSlice(file.toString(), position, start, range.size(), digests));
      }
      out.keep();
      return slices;
    } catch (IOException e) {
      throw StorageFailures.cannotWrite(file, e);
    }
  }

  private static long[] write(ChecksummedOutput out, FlatSequence range) throws IOException {
    long[] digests = new long[Fingerprint.blocks(range.size())];
    float[] piece = new float[(int) Math.min(PIECE, range.size())];
    byte[] bytes = new byte[piece.length * Float.BYTES];
    int block = 0;
    for (long offset = 0; offset < range.size(); offset += PIECE) {
      int count = (int) Math.min(PIECE, range.size() - offset);
      range.copyTo(offset, piece, 0, count);
      for (int from = 0; from < count; from += FlatWeights.BLOCK) {
        digests[block++] =
            Fingerprint.ofBlock(piece, from, Math.min(from + FlatWeights.BLOCK, count));
      }
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(piece, 0, count);
      out.write(bytes, 0, count * Float.BYTES);
    }
    return Arrays.copyOf(digests, block);
  }
}
