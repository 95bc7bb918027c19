package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class OccurrencesTest {
  @Test
  void countsWithoutOverlapsUpToTheLimit() {
    assertThat(new Occurrences("aa").in("aaaaa", 9)).isEqualTo(2);
    assertThat(new Occurrences("aa").in("aaaaa", 1)).isEqualTo(1);
    assertThat(new Occurrences("dog").in("", 9)).isZero();
  }

  @Test
  void manyFalseStartsTakeOnePass() {
    String starts = "a".repeat(500_000);

    assertThat(new Occurrences(starts + "b").in(starts.repeat(4) + "b", 9)).isEqualTo(1);
  }

  @Test
  void nothingCannotBeCounted() {
    assertThatThrownBy(() -> new Occurrences("")).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void agreesWithASearchByIndex(
      @ForAll @CharRange(from = 'a', to = 'b') @NotEmpty @StringLength(max = 6) String piece,
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 60) String text) {
    int expected = 0;
    for (int at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + piece.length())) {
      expected++;
    }
    assertThat(new Occurrences(piece).in(text, Integer.MAX_VALUE)).isEqualTo(expected);
  }
}
