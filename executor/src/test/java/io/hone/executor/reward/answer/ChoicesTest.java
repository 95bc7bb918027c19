package io.hone.executor.reward.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChoicesTest {
  private static final Choices FOUR = new Choices(List.of("Paris", "London", "Rome", "Berlin"));

  private static String letter(OptionalInt choice) {
    return choice.isPresent() ? String.valueOf((char) ('A' + choice.getAsInt())) : "none";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // named
        "B|B",
        "b|B",
        " (B) |B",
        "B.|B",
        "[c]|C",
        "rome|C",
        // stated
        "The answer is b.|B",
        "The answer is B because of this.|B",
        "Answer: (B)|B",
        "**Answer: B**|B",
        "**Answer:** B|B",
        "The correct answer is option C.|C",
        "The answer is $\\boxed{D}$.|D",
        "So \\boxed{\\text{B}}.|B",
        "\\boxed{(C)}|C",
        "Answer: A. Wait. Answer: B|B",
        "The answer is B. Options (A), (C) and (D) are wrong.|B",
        "The answer is therefore most likely C|C",
        "ANSWER: D|D",
        // outstanding
        "It must be (B) Paris.|B",
        "First (A), no, (C).|C",
        "I choose **D**.|D",
        "I take option C here|C",
        // lines
        "C. Rome|C",
        "C) Rome|C",
      })
  void findsTheLetter(String text, String expected) {
    assertThat(letter(FOUR.answered(text))).isEqualTo(expected);
  }

  @Test
  void linesMayBeLetters() {
    assertThat(letter(FOUR.answered("Let me see.\nB"))).isEqualTo("B");
    assertThat(letter(FOUR.answered("Let me see.\nB. London\nDone."))).isEqualTo("B");
    assertThat(letter(FOUR.answered("A. Paris\nB. London\nC. Rome\nD. Berlin"))).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A dog is an animal.",
        "I think so",
        "The answer is a dog",
        "The answer is unknown",
        "The answer is Berlin and Rome",
        "Answer: I think nothing",
        "(E)",
        "answer: z.",
        "Plan B works",
        "grade (b)",
      })
  void findsNoOther(String text) {
    assertThat(FOUR.answered(text)).isEmpty();
  }

  @Test
  void withoutTextsEveryLetterIsAChoice() {
    Choices letters = new Choices(List.of());

    assertThat(letter(letters.answered("(J)"))).isEqualTo("J");
    assertThat(letters.answered("Paris")).isEmpty();
    assertThat(letters.count()).isEqualTo(26);
  }

  @Test
  void aTextThatTwoChoicesHaveNamesNeither() {
    assertThat(new Choices(List.of("x1", "x2", "X1")).named("x1")).isEmpty();
    assertThat(new Choices(List.of("x1", "x2", "X1")).named("x2")).hasValue(1);
  }

  @Property
  void theLastStatedLetterCounts(@ForAll String text) {
    assertThat(letter(FOUR.answered(text + "\nAnswer: C"))).isEqualTo("C");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"answer ", "answer is", "\\boxed{", "(A", "**", "\n ", "A.\n", "is", "[A]"})
  void longTextsTakeNoTime(String piece) {
    FOUR.answered(piece.repeat(1_000_000 / piece.length()));
  }
}
