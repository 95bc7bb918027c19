package io.hone.kernels.checkpoint;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.List;

/**
 * Numbers of a whole model (weights, gradients or optimiser state), or of a range of it, in memory,
 * cut into chunks so that no array limit matters. Immutable by convention: whoever holds the chunk
 * arrays must not write to them once the object has been shared.
 */
public final class FlatWeights implements FlatSequence, Serializable {
  /**
   * The grain of sums and digests over a sequence: each block gives one number and these are
   * combined in order, so that ranges of whole blocks can be worked on apart with the same result.
   * Divides {@link #CHUNK}.
   */
  public static final int BLOCK = 1 << 16;

  /** Floats in every chunk but the last. */
  public static final int CHUNK = 1 << 24;

  private static final long serialVersionUID = 1;

  private final transient float[][] chunks;
  private final transient long size;
  // Not sent: the receiver computes it from the bits that arrived, which is what makes it a check.
  private transient volatile Long fingerprint;

  private FlatWeights(float[][] chunks, long size) {
    this.chunks = chunks;
    this.size = size;
  }

  /**
   * Wraps chunks without copying.
   *
   * @throws IllegalArgumentException unless every chunk but the last has {@link #CHUNK} elements
   *     and the last has 1 to {@link #CHUNK}; no chunks at all is the empty sequence
   */
  public static FlatWeights of(float[][] chunks) {
    long size = 0;
    for (int i = 0; i < chunks.length; i++) {
      int length = chunks[i].length;
      boolean last = i == chunks.length - 1;
      if (last ? length < 1 || length > CHUNK : length != CHUNK) {
        throw new IllegalArgumentException(
            "Chunk "
                + i
                + " of "
                + chunks.length
                + " has "
                + length
                + " elements (expected: "
                + CHUNK
                + (last ? " at most)" : ")"));
      }
      size += length;
    }
    return new FlatWeights(chunks, size);
  }

  /** New chunk arrays, filled with zeros, for {@code size} numbers. */
  public static float[][] newChunks(long size) {
    if (size < 0) {
      throw new IllegalArgumentException("size : " + size + " (expected: >= 0)");
    }
    float[][] chunks = new float[Math.toIntExact((size + CHUNK - 1) / CHUNK)][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = new float[(int) Math.min(CHUNK, size - (long) i * CHUNK)];
    }
    return chunks;
  }

  /** Reads a sequence into memory; one that is there already is returned itself. */
  public static FlatWeights copyOf(FlatSequence sequence) {
    if (sequence instanceof FlatWeights weights) {
      return weights;
    }
    float[][] chunks = newChunks(sequence.size());
    for (int i = 0; i < chunks.length; i++) {
      sequence.copyTo((long) i * CHUNK, chunks[i], 0, chunks[i].length);
    }
    return of(chunks);
  }

  /** {@code size} zeros. */
  public static FlatWeights zeros(long size) {
    return new FlatWeights(newChunks(size), size);
  }

  /**
   * Adds element by element, in the order of the list: the same bits for the same list.
   *
   * @throws IllegalArgumentException if the list is empty or sizes differ
   */
  public static FlatWeights sum(List<FlatWeights> terms) {
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("terms : none (expected: at least one)");
    }
    if (terms.size() == 1) {
      return terms.get(0);
    }
    float[][] total = newChunks(terms.get(0).size);
    for (FlatWeights term : terms) {
      if (term.size != terms.get(0).size) {
        throw new IllegalArgumentException(
            "size : " + term.size + " (expected: " + terms.get(0).size + ", as the first)");
      }
      for (int chunk = 0; chunk < total.length; chunk++) {
        float[] sums = total[chunk];
        float[] addends = term.chunks[chunk];
        for (int i = 0; i < sums.length; i++) {
          sums[i] += addends[i];
        }
      }
    }
    return new FlatWeights(total, terms.get(0).size);
  }

  @Override
  public long size() {
    return size;
  }

  /**
   * The arrays themselves, to be read only: element {@code i} is {@code chunks()[i / CHUNK][i %
   * CHUNK]}.
   */
  public float[][] chunks() {
    return chunks;
  }

  @Override
  public void copyTo(long offset, float[] target, int targetOffset, int count) {
    java.util.Objects.checkFromIndexSize(offset, (long) count, size);
    java.util.Objects.checkFromIndexSize(targetOffset, count, target.length);
    int copied = 0;
    while (copied < count) {
      long position = offset + copied;
      float[] chunk = chunks[(int) (position / CHUNK)];
      int start = (int) (position % CHUNK);
      int length = Math.min(count - copied, chunk.length - start);
      System.arraycopy(chunk, start, target, targetOffset + copied, length);
      copied += length;
    }
  }

  @Override
  public float[] range(long offset, int count) {
    int chunk = (int) (offset / CHUNK);
    return offset % CHUNK == 0 && chunk < chunks.length && chunks[chunk].length == count
        ? chunks[chunk]
        : FlatSequence.super.range(offset, count);
  }

  /** Computed once. */
  @Override
  public long fingerprint() {
    Long known = fingerprint;
    if (known == null) {
      known = FlatSequence.super.fingerprint();
      fingerprint = known;
    }
    return known;
  }

  private Object writeReplace() {
    return new FlatWeightsForm(this);
  }

  private void readObject(ObjectInputStream input) throws InvalidObjectException {
    throw new InvalidObjectException("expected the form in which FlatWeights are serialised");
  }
}
