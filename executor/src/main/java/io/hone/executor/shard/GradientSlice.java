package io.hone.executor.shard;

import io.hone.executor.gradient.GradientReport;
import io.hone.executor.gradient.GradientSummary;
import io.hone.kernels.checkpoint.FlatWeights;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A shard's range of the gradient of one task. Where the gradient was computed it is a view of the
 * whole, so that the slices of a large gradient are never in memory beside it; only its range is
 * sent.
 */
public final class GradientSlice implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int BLOCK = FlatWeights.BLOCK;

  private final GradientSummary summary;
  private transient FlatWeights gradient;
  private transient long start;
  private transient long end;

  private GradientSlice(GradientSummary summary, FlatWeights gradient, long start, long end) {
    this.summary = summary;
    this.gradient = gradient;
    this.start = start;
    this.end = end;
  }

  /** The range from {@code start} to before {@code end}. */
  public static GradientSlice of(GradientReport report, long start, long end) {
    return new GradientSlice(report.summary(), report.gradient(), start, end);
  }

  /** The task that computed it. */
  GradientSummary summary() {
    return summary;
  }

  /** The numbers in arrays of the caller's own. */
  float[][] take() {
    if (start == 0 && end == gradient.size()) {
      return gradient.chunks();
    }
    float[][] chunks = FlatWeights.newChunks(end - start);
    for (int i = 0; i < chunks.length; i++) {
      gradient.copyTo(start + (long) i * FlatWeights.CHUNK, chunks[i], 0, chunks[i].length);
    }
    return chunks;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    out.writeLong(end - start);
    float[] block = new float[BLOCK];
    ByteBuffer bytes = ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long offset = start; offset < end; offset += BLOCK) {
      int count = (int) Math.min(BLOCK, end - offset);
      gradient.copyTo(offset, block, 0, count);
      bytes.asFloatBuffer().put(block, 0, count);
      out.write(bytes.array(), 0, count * Float.BYTES);
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    start = 0;
    end = in.readLong();
    float[][] chunks = FlatWeights.newChunks(end);
    ByteBuffer bytes = ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] chunk : chunks) {
      for (int offset = 0; offset < chunk.length; offset += BLOCK) {
        int count = Math.min(BLOCK, chunk.length - offset);
        in.readFully(bytes.array(), 0, count * Float.BYTES);
        bytes.asFloatBuffer().get(chunk, offset, count);
      }
    }
    gradient = FlatWeights.of(chunks);
  }
}
