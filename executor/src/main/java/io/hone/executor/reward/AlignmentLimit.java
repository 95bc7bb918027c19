package io.hone.executor.reward;

import io.hone.executor.reward.metric.Alignment;
import java.util.List;

/**
 * Bounds the work of aligning a completion with its references, which grows with the product of
 * their lengths, by counting and not by a clock.
 *
 * @param maximumCells of all tables together
 */
record AlignmentLimit(long maximumCells) {
  /**
   * Alignments, in the order of the references.
   *
   * @throws UnscorableException if comparing them is more work than allowed
   */
  List<Alignment> align(int[] completion, List<int[]> references) {
    List<Alignment> alignments =
        references.stream().map(reference -> Alignment.of(completion, reference)).toList();
    // Each is less than 2^62, so a sum that is checked at each step cannot overflow.
    long cells = 0;
    for (Alignment alignment : alignments) {
      cells += alignment.cells();
      if (cells > maximumCells) {
        throw new UnscorableException(
            "comparing %d symbols with %d takes more than %d cells (maximum-cells; expected shorter texts)"
                .formatted(alignment.firstLength(), alignment.secondLength(), maximumCells));
      }
    }
    return alignments;
  }
}
