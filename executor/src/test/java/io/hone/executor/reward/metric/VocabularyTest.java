package io.hone.executor.reward.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  @Property
  void numbersAreThoseOfAMap(
      @ForAll @Size(max = 500)
          List<@StringLength(min = 1, max = 3) @CharRange(from = 'a', to = 'f') String> tokens) {
    Vocabulary vocabulary = new Vocabulary();
    Map<String, Integer> numbers = new HashMap<>();
    for (String token : tokens) {
      int expected = numbers.computeIfAbsent(token, absent -> numbers.size());
      char[] text = ("(" + token + ")").toCharArray();
      assertThat(vocabulary.id(text, 1, text.length - 1)).isEqualTo(expected);
    }
    assertThat(vocabulary.size()).isEqualTo(numbers.size());
  }

  @Test
  void manyTokensKeepTheirNumbers() {
    Vocabulary vocabulary = new Vocabulary();
    for (int round = 0; round < 2; round++) {
      for (int token = 0; token < 100_000; token++) {
        char[] text = Integer.toString(token).toCharArray();
        assertThat(vocabulary.id(text, 0, text.length)).isEqualTo(token);
      }
    }
  }

  @Test
  void pairsKeepTheirNumbers() {
    PairNumbers pairs = new PairNumbers(3);
    for (int round = 0; round < 2; round++) {
      int number = 0;
      for (int first = 0; first < 300; first++) {
        for (int second = 0; second < 300; second++) {
          assertThat(pairs.number(first, second << 12)).isEqualTo(number);
          assertThat(pairs.find(first, second << 12)).isEqualTo(number++);
        }
      }
    }
    assertThat(pairs.find(300, 0)).isEqualTo(-1);
    assertThat(pairs.find(0, 1)).isEqualTo(-1);
    assertThat(pairs.size()).isEqualTo(90_000);
  }
}
