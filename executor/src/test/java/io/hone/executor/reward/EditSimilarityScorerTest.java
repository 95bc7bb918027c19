package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.answered;
import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditSimilarityScorerTest {
  private static final Scorer SCORER = scorer("type: edit-similarity");

  @ParameterizedTest
  @CsvSource({
    "kitten, sitting, 0.57142857", // 1 - 3/7
    "abc, abc, 1",
    "abc, '', 0",
    "'', abc, 0",
    "'', '', 1",
    "abc, xyz, 0",
    "a \uD83D\uDE00, a \uD83D\uDE01, 0.66666667", // a pair is one character of three
  })
  void countsCharacters(String completion, String reference, double value) {
    assertThat(SCORER.score(answered(completion, reference)).value())
        .isCloseTo(value, within(1e-8));
  }

  @Test
  void countsWords() {
    Scorer words = scorer("type: edit-similarity, unit: words");

    assertThat(words.score(answered("the cat  sat", "the dog sat down")).value()).isEqualTo(0.5);
    assertThat(words.score(answered("the\ncat", "the cat"))).isEqualTo(Score.of(1));
  }

  @Test
  void normalizesAndTakesTheBestReference() {
    assertThat(SCORER.score(answered("A cat.", "cat")).value()).isEqualTo(0.5);
    assertThat(
            scorer("type: edit-similarity, normalization: squad").score(answered("A cat.", "cat")))
        .isEqualTo(Score.of(1));
    assertThat(SCORER.score(answered("abcd", List.of("x", "abcx", "ab"))).value()).isEqualTo(0.75);
    assertThat(SCORER.score(sample("a")).valid()).isFalse();
  }

  @Test
  void workIsBoundedOverAllReferences() {
    Scorer scorer = scorer("type: edit-similarity, maximum-cells: 50");

    assertThat(scorer.score(answered("aaaaa", List.of("bbbbb", "ccccc"))).valid()).isTrue();
    assertThat(scorer.score(answered("aaaaa", List.of("bbbbb", "ccccc", "d"))).reason())
        .contains("more than 50 cells");
  }

  @Test
  void aMegabyteIsComparedWithALikeOneOnly() {
    String megabyte = "ab".repeat(1 << 19);

    assertThat(SCORER.score(answered(megabyte, megabyte + "c")).value()).isCloseTo(1, within(1e-5));
    assertThat(SCORER.score(answered(megabyte, "cd".repeat(1 << 19))).reason())
        .contains("1048576 symbols with 1048576", "1000000000 cells");
  }

  @Property
  void isSymmetricBoundedAndOneForEqualTextsOnly(@ForAll String first, @ForAll String second) {
    double value = SCORER.score(answered(first, second)).value();

    assertThat(value).isBetween(0.0, 1.0);
    assertThat(SCORER.score(answered(second, first)).value()).isEqualTo(value);
    assertThat(SCORER.score(answered(first, first))).isEqualTo(Score.of(1));
    assertThat(value == 1).isEqualTo(first.equals(second));
  }
}
