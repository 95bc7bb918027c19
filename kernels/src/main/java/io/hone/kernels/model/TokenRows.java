package io.hone.kernels.model;

import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.Architecture;
import java.util.List;

/**
 * Token ids of several rows as one matrix, and the checks that keep a bad id from reading another's
 * memory.
 */
final class TokenRows {
  private TokenRows() {}

  /**
   * Checks one row.
   *
   * @param what what the row is, for the message
   * @throws UserException if it is shorter than the minimum or longer than the context, or has an
   *     id outside the vocabulary
   */
  static void check(Architecture architecture, String what, int[] ids, int minimum) {
    if (ids.length < minimum) {
      throw new UserException(
          what + " has " + ids.length + " tokens; expected at least " + minimum);
    }
    if (ids.length > architecture.maxPositions()) {
      throw new UserException(
          what
              + " has "
              + ids.length
              + " tokens, but the model's context (max_position_embeddings) holds "
              + architecture.maxPositions()
              + "; shorten it or drop the row");
    }
    for (int id : ids) {
      if (id < 0 || id >= architecture.vocabSize()) {
        throw new UserException(
            what
                + " has token id "
                + id
                + "; expected 0 to "
                + (architecture.vocabSize() - 1)
                + ", the model's vocabulary; use the tokenizer of the model");
      }
    }
  }

  /** Rows one after the other, padded with zeros on the right to the longest; row-major. */
  static long[] padded(List<int[]> rows, int length) {
    long[] matrix = new long[Math.multiplyExact(rows.size(), length)];
    for (int row = 0; row < rows.size(); row++) {
      int[] ids = rows.get(row);
      for (int i = 0; i < ids.length; i++) {
        matrix[row * length + i] = ids[i];
      }
    }
    return matrix;
  }
}
