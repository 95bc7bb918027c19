package io.hone.executor.reward.answer;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void areRunsBetweenWhiteSpace() {
    assertThat(Words.of("  one two,\n\tthree ")).containsExactly("one", "two,", "three");
    assertThat(Words.of(" ")).isEmpty();
  }

  @Test
  void repetitionIsTheShareOfWordsSeenBefore() {
    assertThat(Words.repetition("a b c a b c", 3)).isEqualTo(0.25);
    assertThat(Words.repetition("a A a a", 1)).isEqualTo(0.75);
    assertThat(Words.repetition("a b", 3)).isZero();
    assertThat(Words.repetition("a b c", 3)).isZero();
    assertThat(Words.repetition("", 1)).isZero();
  }

  @Test
  void wordsAreToldApartInNGrams() {
    assertThat(Words.repetition("ab c ab c", 2)).isCloseTo(1.0 / 3, within());
    assertThat(Words.repetition("ab c a bc", 2)).isZero();
  }

  @Property
  void repetitionIsAShare(@ForAll String text, @ForAll @IntRange(min = 1, max = 5) int n) {
    assertThat(Words.repetition(text, n)).isBetween(0.0, 1.0);
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-12);
  }
}
