package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.answered;
import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class BleuScorerTest {
  private static final Scorer SCORER = scorer("type: bleu");
  private static final Scorer MAX = scorer("type: bleu, max-over-references: true");

  @Test
  void hasTheValueOfTheFormula() {
    // Precisions 4/5, (2+1)/(4+1), (1+1)/(3+1), (0+1)/(2+1); 5 tokens against 6.
    double expected = Math.exp(1 - 6 / 5.0) * Math.pow(4 / 5.0 * 3 / 5 * 2 / 4 * 1 / 3, 0.25);

    assertThat(SCORER.score(answered("the cat sat down the", "the cat sat on the mat")).value())
        .isCloseTo(expected, within(1e-12));
  }

  @Test
  void referencesAreJoinedOrBeaten() {
    // Each reference has one half of the completion; together they have all but the pair between.
    List<String> halves = List.of("a b c d x x x x", "y y y y e f g h");
    double joined = SCORER.score(answered("a b c d e f g h", halves)).value();
    double best = MAX.score(answered("a b c d e f g h", halves)).value();
    double alone = SCORER.score(answered("a b c d e f g h", halves.get(0))).value();

    assertThat(best).isEqualTo(alone);
    assertThat(joined).isGreaterThan(best);
    // (8 (6+1) (4+1) (2+1)) / (8 (7+1) (6+1) (5+1))
    assertThat(joined).isCloseTo(Math.pow(7 / 8.0 * 5 / 7 * 3 / 6, 0.25), within(1e-12));
  }

  @Test
  void theClosestLengthCountsAndTheShorterOfTwo() {
    Scorer none = scorer("type: bleu, smoothing: none");

    assertThat(none.score(answered("a b c d e", List.of("a b c d e f g", "a b c"))).value())
        .isCloseTo(1, within(1e-12));
    assertThat(none.score(answered("a b c d e", List.of("a b c d e f", "x"))).value())
        .isCloseTo(Math.exp(1 - 6 / 5.0), within(1e-12));
  }

  @Test
  void emptyCompletionsAreWorthNothing() {
    assertThat(SCORER.score(answered("", "a"))).isEqualTo(Score.of(0));
    assertThat(SCORER.score(answered(" \n", "a"))).isEqualTo(Score.of(0));
    assertThat(MAX.score(answered("", List.of("a", "b")))).isEqualTo(Score.of(0));
  }

  @Test
  void withoutReferenceThereIsNoScore() {
    assertThat(SCORER.score(sample("a")).reason()).contains("column 'answer' is missing");
    assertThat(SCORER.score(answered("a", " ")).reason())
        .isEqualTo("column 'answer' is blank (expected text to compare the completion with)");
    assertThat(SCORER.score(answered("a", List.of("", "a"))).value()).isEqualTo(1);
  }

  @Test
  void optionsHaveToFit() {
    assertThatThrownBy(() -> scorer("type: bleu, smoothing: exp, k: 2"))
        .hasMessageContaining("k: has no effect");
    assertThatThrownBy(() -> scorer("type: bleu, k: 0")).hasMessageContaining("k");
    assertThatThrownBy(() -> scorer("type: bleu, smoothing: floor"))
        .hasMessageContaining("exp, add-k, none");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "b", "c", "3.5", ",", "-", "\u4f60", "\uD83D\uDE00", "\uD800", "&lt;")
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(words -> String.join(" ", words));
  }

  @Property
  void identityIsOneAndTheOrderOfReferencesIsNothing(
      @ForAll("texts") String text, @ForAll("texts") String first, @ForAll("texts") String second) {
    List<String> references = new ArrayList<>(List.of(first, second));
    for (String options :
        List.of("", ", smoothing: exp", ", smoothing: none", ", max-over-references: true")) {
      Scorer scorer = scorer("type: bleu" + options);
      Score score = scorer.score(answered(text, references));
      Collections.reverse(references);

      assertThat(score.value()).isBetween(0.0, 1.0);
      assertThat(scorer.score(answered(text, references))).isEqualTo(score);
      assertThat(scorer.score(answered(text, text)).value()).isCloseTo(1, within(1e-12));
      assertThat(scorer.score(answered(text, List.of(first, text))).value())
          .isCloseTo(1, within(1e-12));
    }
  }

  @Property
  void aFurtherReferenceOfTheSameLengthNeverHarms(
      @ForAll("texts") String text, @ForAll("texts") String reference) {
    List<String> words = new ArrayList<>(List.of(reference.split(" ")));
    Collections.reverse(words);
    double one = SCORER.score(answered(text, reference)).value();
    double two = SCORER.score(answered(text, List.of(reference, String.join(" ", words)))).value();

    assertThat(two).isGreaterThanOrEqualTo(one);
  }
}
