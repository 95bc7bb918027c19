package io.hone.kernels.checkpoint;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@link FlatWeights} as they are serialised: the size, then the bits of all numbers,
 * little-endian, written by the buffer. Java's own form of a {@code float[]} goes number by number,
 * which for gradients and weights is what a small cluster would wait for.
 */
final class FlatWeightsForm implements Externalizable {
  private static final long serialVersionUID = 1;
  private static final int FLOATS_OF_BUFFER = 1 << 16;

  private FlatWeights weights;

  /** For deserialisation. */
  @SuppressWarnings("RedundantModifier") // Externalizable asks for a public constructor
  public FlatWeightsForm() {}

  FlatWeightsForm(FlatWeights weights) {
    this.weights = weights;
  }

  @Override
  public void writeExternal(ObjectOutput output) throws IOException {
    output.writeLong(weights.size());
    ByteBuffer buffer = newBuffer();
    for (float[] chunk : weights.chunks()) {
      for (int start = 0; start < chunk.length; start += FLOATS_OF_BUFFER) {
        int count = Math.min(FLOATS_OF_BUFFER, chunk.length - start);
        buffer.asFloatBuffer().put(chunk, start, count);
        output.write(buffer.array(), 0, count * Float.BYTES);
      }
    }
  }

  @Override
  public void readExternal(ObjectInput input) throws IOException {
    float[][] chunks = FlatWeights.newChunks(input.readLong());
    ByteBuffer buffer = newBuffer();
    for (float[] chunk : chunks) {
      for (int start = 0; start < chunk.length; start += FLOATS_OF_BUFFER) {
        int count = Math.min(FLOATS_OF_BUFFER, chunk.length - start);
        input.readFully(buffer.array(), 0, count * Float.BYTES);
        buffer.asFloatBuffer().get(chunk, start, count);
      }
    }
    weights = FlatWeights.of(chunks);
  }

  private static ByteBuffer newBuffer() {
    return ByteBuffer.allocate(FLOATS_OF_BUFFER * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

  private Object readResolve() {
    return weights;
  }
}
