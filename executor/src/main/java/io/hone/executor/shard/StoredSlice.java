package io.hone.executor.shard;

import io.hone.conf.UserException;
import io.hone.executor.table.HadoopFiles;
import io.hone.executor.table.StorageFailures;
import io.hone.kernels.checkpoint.Fingerprint;
import io.hone.kernels.checkpoint.FlatWeights;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * A range of a flat sequence in a file that every executor can read: little-endian fp32, with the
 * digest of each block, by which it is checked whenever it is read.
 *
 * @param file where it is
 * @param position its first byte in the file
 * @param start index of its first element in the sequence, a multiple of {@link FlatWeights#BLOCK}
 * @param length number of elements
 * @param digests of its blocks
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record StoredSlice(String file, long position, long start, long length, long[] digests)
    implements Serializable {
  /** Elements read at once. */
  private static final int PIECE = 16 * FlatWeights.BLOCK;

  /** Index after its last element. */
  long end() {
    return start + length;
  }

  /** All of it. */
  FlatWeights read(Configuration hadoop) {
    float[][] chunks = FlatWeights.newChunks(length);
    for (int i = 0; i < chunks.length; i++) {
      copyTo((long) i * FlatWeights.CHUNK, chunks[i], 0, chunks[i].length, hadoop);
    }
    return FlatWeights.of(chunks);
  }

  /**
   * Copies elements, each of whose blocks is read and checked as a whole.
   *
   * @param offset of the first, in this slice
   * @throws UserException if the file is not there any more or damaged
   * @throws UncheckedIOException if it could not be read now
   */
  void copyTo(long offset, float[] target, int targetOffset, int count, Configuration hadoop) {
    Path path = new Path(file);
    try (FSDataInputStream in = HadoopFiles.fileSystem(path, hadoop).open(path)) {
      long end = offset + count;
      float[] piece = new float[0];
      for (long from = offset - offset % FlatWeights.BLOCK; from < end; from += PIECE) {
        long aligned = (end + FlatWeights.BLOCK - 1) / FlatWeights.BLOCK * FlatWeights.BLOCK;
        int size = (int) Math.min(PIECE, Math.min(aligned, length) - from);
        piece = piece.length == size ? piece : new float[size];
        readBlocks(in, from, piece);
        int skipped = (int) Math.max(0, offset - from);
        int copied = (int) Math.min(size, end - from) - skipped;
        System.arraycopy(
            piece, skipped, target, targetOffset + (int) (from + skipped - offset), copied);
      }
    } catch (FileNotFoundException | EOFException e) {
      throw damaged(StorageFailures.cannotRead(path, e).getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }

  private void readBlocks(FSDataInputStream in, long from, float[] piece) throws IOException {
    byte[] bytes = new byte[piece.length * Float.BYTES];
    in.readFully(position + from * Float.BYTES, bytes, 0, bytes.length);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(piece);
    for (int offset = 0; offset < piece.length; offset += FlatWeights.BLOCK) {
      int block = (int) ((from + offset) / FlatWeights.BLOCK);
      int end = Math.min(offset + FlatWeights.BLOCK, piece.length);
      if (Fingerprint.ofBlock(piece, offset, end) != digests[block]) {
        throw damaged(file + ": numbers " + (start + from + offset) + " on are damaged.");
      }
    }
  }

  private static UserException damaged(String what) {
    return new UserException(
        what
            + " It holds weights and optimiser state between two checkpoints (expected nobody else to"
            + " write there; start the command again: the run goes on from its last checkpoint)");
  }
}
