package io.hone.executor.reward.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.junit.jupiter.api.Test;

class ItemOrderTest {
  private static final List<String> ABCD = List.of("a", "b", "c", "d");

  @Test
  void identityIsOneReversalAndNothingAreZero() {
    assertThat(ItemOrder.share(ABCD, ABCD)).isEqualTo(1);
    assertThat(ItemOrder.share(List.of("d", "c", "b", "a"), ABCD)).isZero();
    assertThat(ItemOrder.share(List.of(), ABCD)).isZero();
    assertThat(ItemOrder.share(List.of("a"), List.of("a"))).isEqualTo(1);
    assertThat(ItemOrder.share(List.of("b"), List.of("a"))).isZero();
  }

  @Test
  void pairsInOrderCount() {
    // One inversion of six pairs.
    assertThat(ItemOrder.share(List.of("b", "a", "c", "d"), ABCD))
        .isCloseTo(5 / 6.0, within(1e-12));
    // Three of four items have three of six pairs.
    assertThat(ItemOrder.share(List.of("a", "b", "d"), ABCD)).isCloseTo(0.5, within(1e-12));
    assertThat(ItemOrder.share(List.of("x", "a", "y", "b", "c", "d", "a"), ABCD)).isEqualTo(1);
    // Equal items are told apart by their turn: places 0 2 1.
    assertThat(ItemOrder.share(List.of("a", "a", "b"), List.of("a", "b", "a")))
        .isCloseTo(2 / 3.0, within(1e-12));
  }

  @Property
  void agreesWithLookingAtAllPairs(
      @ForAll @Size(min = 2, max = 40) @UniqueElements List<@IntRange(max = 60) Integer> found,
      @ForAll @IntRange(min = 2, max = 60) int wanted) {
    List<Integer> kept = found.stream().filter(item -> item < wanted).toList();
    long ordered = 0;
    for (int i = 0; i < kept.size(); i++) {
      for (int j = i + 1; j < kept.size(); j++) {
        ordered += kept.get(i) < kept.get(j) ? 1 : 0;
      }
    }

    assertThat(
            ItemOrder.share(
                found.stream().map(String::valueOf).toList(),
                IntStream.range(0, wanted).mapToObj(String::valueOf).toList()))
        .isCloseTo(ordered / (wanted * (wanted - 1) / 2.0), within(1e-12));
  }

  @Test
  void aMillionItemsAreCounted() {
    List<String> wanted = IntStream.range(0, 1 << 20).mapToObj(String::valueOf).toList();
    List<String> reversed = new ArrayList<>(wanted);
    Collections.reverse(reversed);
    List<String> shuffled = new ArrayList<>(wanted);
    Collections.shuffle(shuffled, new Random(1));

    assertThat(ItemOrder.share(wanted, wanted)).isEqualTo(1);
    assertThat(ItemOrder.share(reversed, wanted)).isZero();
    assertThat(ItemOrder.share(shuffled, wanted)).isCloseTo(0.5, within(0.01));
  }
}
