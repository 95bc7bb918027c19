package io.hone.executor.reward.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ItemsTest {
  @Test
  void splitsAtSeparators() {
    assertThat(Items.of("a, b ,c", ",")).containsExactly("a", "b", "c");
    assertThat(Items.of("a; b,c", ";")).containsExactly("a", "b,c");
    assertThat(Items.of("a\nb\n\n", "\n")).containsExactly("a", "b");
    assertThat(Items.of("one and two", " and ")).containsExactly("one", "two");
    assertThat(Items.of(",a,,", ",")).containsExactly("a");
    assertThat(Items.of("", ",")).isEmpty();
  }

  @Test
  void readsArraysOfJson() {
    assertThat(Items.of("[\"a, b\", 1, 2.50, true, null, [1,2]]", ","))
        .containsExactly("a, b", "1", "2.5", "true", "null", "[1,2]");
    assertThat(Items.of(" [] ", ",")).isEmpty();
  }

  @Test
  void whatIsNotJsonIsSplitWithoutBracketsAndQuotes() {
    assertThat(Items.of("[a, b]", ",")).containsExactly("a", "b");
    assertThat(Items.of("['a', \"b\", c']", ",")).containsExactly("a", "b", "c'");
    assertThat(Items.of("{a, b}", ",")).containsExactly("a", "b");
    assertThat(Items.of("(a, b)", ",")).containsExactly("a", "b");
    assertThat(Items.of("(a, b]", ",")).containsExactly("(a", "b]");
    assertThat(Items.of("[1], [2]", ",")).containsExactly("[1]", "[2]");
    assertThat(Items.of("[", ",")).containsExactly("[");
    assertThat(Items.of("[".repeat(100_000) + "]".repeat(100_000), ",")).hasSize(1);
  }

  @Property
  void joinedItemsAreFoundAgain(@ForAll List<@net.jqwik.api.constraints.AlphaChars String> items) {
    List<String> full = items.stream().filter(item -> !item.isEmpty()).toList();

    assertThat(Items.of(String.join(", ", full), ",")).isEqualTo(full);
  }
}
