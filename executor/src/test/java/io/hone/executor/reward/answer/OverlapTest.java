package io.hone.executor.reward.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OverlapTest {
  private static Overlap inOrder(List<String> found, List<String> wanted) {
    return Overlap.inOrder(found, wanted).orElseThrow();
  }

  @Test
  void countsEachItemAsOftenAsItIsInBoth() {
    Overlap overlap = Overlap.ofMultisets(List.of("a", "a", "b"), List.of("a", "b", "b", "c"));

    assertThat(overlap).isEqualTo(new Overlap(2, 3, 4));
    assertThat(overlap.jaccard()).isEqualTo(2.0 / 5);
    assertThat(overlap.f1()).isEqualTo(4.0 / 7);
    assertThat(overlap.isExact()).isFalse();
  }

  @Test
  void orderMayCount() {
    assertThat(inOrder(List.of("a", "b", "c"), List.of("b", "c", "a")))
        .isEqualTo(new Overlap(2, 3, 3));
    assertThat(inOrder(List.of("a", "x", "b", "y"), List.of("a", "b", "z")).common()).isEqualTo(2);
    assertThat(inOrder(List.of("a", "b"), List.of("a", "b")).isExact()).isTrue();
    assertThat(inOrder(List.of("b", "a"), List.of("a", "b")).isExact()).isFalse();
  }

  @Test
  void twoEmptyListsAreTheSame() {
    Overlap empty = Overlap.ofMultisets(List.of(), List.of());

    assertThat(empty.isExact()).isTrue();
    assertThat(empty.jaccard()).isEqualTo(1);
    assertThat(empty.f1()).isEqualTo(1);
    assertThat(Overlap.ofMultisets(List.of("a"), List.of()).f1()).isZero();
  }

  @Test
  void longListsAreNotComparedInOrder() {
    List<String> longList = Collections.nCopies(5_000, "a");

    assertThat(Overlap.inOrder(longList, longList)).isEmpty();
    assertThat(Overlap.inOrder(longList, List.of("a")).orElseThrow().common()).isEqualTo(1);
  }

  @Provide
  Arbitrary<List<String>> lists() {
    return Arbitraries.of("a", "b", "c").list().ofMaxSize(7);
  }

  @Property
  void bothAreSymmetricAndOrderOnlyTakesAway(
      @ForAll("lists") List<String> left, @ForAll("lists") List<String> right) {
    Overlap any = Overlap.ofMultisets(left, right);

    assertThat(any.common()).isEqualTo(Overlap.ofMultisets(right, left).common());
    assertThat(inOrder(left, right).common()).isEqualTo(inOrder(right, left).common());
    assertThat(inOrder(left, right).common()).isLessThanOrEqualTo(any.common());
    assertThat(any.jaccard()).isBetween(0.0, any.f1());
    assertThat(inOrder(left, right).isExact()).isEqualTo(left.equals(right));
  }

  /** By the definition of a subsequence: the best of all that the shorter list has. */
  @Property
  void theLongestCommonSubsequenceIsFound(
      @ForAll("lists") List<String> left, @ForAll("lists") List<String> right) {
    int best = 0;
    for (int chosen = 0; chosen < 1 << left.size(); chosen++) {
      List<String> subsequence = new ArrayList<>();
      for (int index = 0; index < left.size(); index++) {
        if ((chosen >> index & 1) == 1) {
          subsequence.add(left.get(index));
        }
      }
      best = isSubsequence(subsequence, right) ? Math.max(best, subsequence.size()) : best;
    }
    assertThat(inOrder(left, right).common()).isEqualTo(best);
  }

  private static boolean isSubsequence(List<String> items, List<String> of) {
    int next = 0;
    for (String item : of) {
      next += next < items.size() && items.get(next).equals(item) ? 1 : 0;
    }
    return next == items.size();
  }
}
