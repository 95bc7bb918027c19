package io.hone.executor.reward.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignmentTest {
  private static Alignment alignment(String first, String second) {
    return Alignment.of(first.codePoints().toArray(), second.codePoints().toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 3, 4", // the textbook's: k/s, e/i, +g; ittn
    "Saturday, Sunday, 3, 5",
    "'', '', 0, 0",
    "'', abc, 3, 0",
    "abc, abc, 0, 3",
    "abc, xyz, 3, 0",
    "abab, baba, 2, 3",
    "aXbX, XaXb, 2, 3",
    "aaaa, aa, 2, 2",
  })
  void hasTheTextbooksValues(String first, String second, int distance, int common) {
    assertThat(alignment(first, second).editDistance()).isEqualTo(distance);
    assertThat(alignment(second, first).editDistance()).isEqualTo(distance);
    assertThat(alignment(first, second).commonSubsequence()).isEqualTo(common);
    assertThat(alignment(second, first).commonSubsequence()).isEqualTo(common);
  }

  /** The whole tables, row by row, of edit distance and of longest common subsequence. */
  private static int[] tables(int[] first, int[] second) {
    int[] distances = new int[second.length + 1];
    int[] lengths = new int[second.length + 1];
    for (int column = 0; column <= second.length; column++) {
      distances[column] = column;
    }
    for (int row = 1; row <= first.length; row++) {
      int[] distancesAbove = distances.clone();
      int[] lengthsAbove = lengths.clone();
      distances[0] = row;
      for (int column = 1; column <= second.length; column++) {
        boolean equal = first[row - 1] == second[column - 1];
        distances[column] =
            Math.min(
                distancesAbove[column - 1] + (equal ? 0 : 1),
                1 + Math.min(distancesAbove[column], distances[column - 1]));
        lengths[column] =
            equal
                ? lengthsAbove[column - 1] + 1
                : Math.max(lengthsAbove[column], lengths[column - 1]);
      }
    }
    return new int[] {distances[second.length], lengths[second.length]};
  }

  @Provide
  Arbitrary<int[]> sequences() {
    return Arbitraries.integers()
        .between(1, 12)
        .flatMap(
            symbols ->
                Arbitraries.integers().between(0, symbols).array(int[].class).ofMaxSize(200));
  }

  @Property
  void agreesWithTheWholeTable(
      @ForAll("sequences") int[] first, @ForAll("sequences") int[] second) {
    int[] expected = tables(first, second);
    Alignment alignment = Alignment.of(first, second);

    assertThat(alignment.editDistance()).isEqualTo(expected[0]);
    assertThat(alignment.commonSubsequence()).isEqualTo(expected[1]);
    assertThat(alignment.cells()).isLessThanOrEqualTo((long) first.length * second.length);
    assertThat(alignment.similarity()).isBetween(0.0, 1.0);
  }

  @Test
  void agreesWithTheWholeTableOverBlocksOf64() {
    Random random = new Random(3);
    for (int length = 60; length <= 200; length++) {
      int[] first = random.ints(length, 0, 4).toArray();
      int[] second = random.ints(320 - length, 0, 4).toArray();
      int[] expected = tables(first, second);

      assertThat(Alignment.of(first, second).editDistance()).isEqualTo(expected[0]);
      assertThat(Alignment.of(first, second).commonSubsequence()).isEqualTo(expected[1]);
    }
  }

  @Test
  void commonBeginningsAndEndsAreNoWork() {
    int[] megabyte = new Random(1).ints(1 << 20, 0, 256).toArray();
    int[] other = megabyte.clone();
    other[1 << 19] = 999;
    Alignment alignment = Alignment.of(megabyte, other);

    assertThat(alignment.cells()).isEqualTo(1);
    assertThat(alignment.editDistance()).isEqualTo(1);
    assertThat(alignment.commonSubsequence()).isEqualTo((1 << 20) - 1);
    assertThat(alignment.similarity()).isCloseTo(1 - 1.0 / (1 << 20), within(1e-12));
    assertThat(Alignment.of(megabyte, Arrays.copyOf(megabyte, 10)).cells()).isZero();
  }

  @Test
  void cellsAreCountedBeyond32Bits() {
    int[] zeros = new int[1 << 20];
    int[] ones = new int[1 << 20];
    Arrays.fill(ones, 1);

    assertThat(Alignment.of(zeros, ones).cells()).isEqualTo(1L << 40);
  }
}
