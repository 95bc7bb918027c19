package io.hone.executor.reward.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CitationsTest {
  @Test
  void findsNumbersInBrackets() {
    assertThat(Citations.in("So it is [1]. And so [2,3] [ 4 , 5 ][6]."))
        .containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(Citations.in("twice [1] [1]")).containsExactly(1, 1);
    assertThat(Citations.in("[[7]]")).containsExactly(7);
    assertThat(Citations.in("[a [8]")).containsExactly(8);
    assertThat(Citations.in("[1, [9]")).containsExactly(9);
    assertThat(Citations.in("[007]")).containsExactly(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "[]",
        "[1",
        "[1,]",
        "[,1]",
        "[1-3]",
        "[a]",
        "[-1]",
        "[1.5]",
        "[1234567890]",
        "[١]"
      })
  void findsNothingElse(String text) {
    assertThat(Citations.in(text)).isEmpty();
  }
}
