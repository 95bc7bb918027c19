package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.answered;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RougeScorerTest {
  private static double score(String options, String completion, Object reference) {
    Score score = scorer("type: rouge" + options).score(answered(completion, reference));
    assertThat(score.valid()).as(score.reason()).isTrue();
    return score.value();
  }

  @Test
  void variantsAndMeasures() {
    // Of "police killed the gunman": "police ends the gunman", and "the gunman murdered police"
    // (after Lin, 2004): subsequences of 3 and of 2, 1 pair each, 3 words each.
    String reference = "police killed the gunman";
    assertThat(score("", "police ends the gunman", reference)).isEqualTo(0.75);
    assertThat(score("", "the gunman murdered police", reference)).isEqualTo(0.5);
    for (String text : List.of("police ends the gunman", "the gunman murdered police")) {
      assertThat(score(", variant: rouge-2", text, reference)).isCloseTo(1 / 3.0, within(1e-12));
      assertThat(score(", variant: rouge-1", text, reference)).isEqualTo(0.75);
    }
    assertThat(score(", measure: precision", "The police!", reference)).isEqualTo(0.5);
    assertThat(score(", measure: recall", "The police!", reference)).isEqualTo(0.25);
    assertThat(score(", measure: f1", "The police!", reference)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(score(", variant: rouge-2", "police", reference)).isZero();
  }

  @Test
  void theBestReferenceCounts() {
    assertThat(score("", "a b", List.of("x", "a b", "?"))).isEqualTo(1);
    assertThat(score("", "", "a")).isZero();
  }

  @Test
  void referencesWithoutWordsAreNoReferences() {
    Score score = scorer("type: rouge").score(answered("\u4f60\u597d", "\u4f60\u597d"));

    assertThat(score.valid()).isFalse();
    assertThat(score.reason()).contains("no words of the letters a to z");
  }

  @Test
  void workIsBounded() {
    Scorer scorer = scorer("type: rouge, maximum-cells: 24");

    assertThat(scorer.score(answered("a b c d e", "f g h i")).valid()).isTrue();
    assertThat(scorer.score(answered("a b c d e", "f g h i j")).reason())
        .isEqualTo(
            "comparing 5 symbols with 5 takes more than 24 cells (maximum-cells; expected shorter"
                + " texts)");
    assertThat(
            scorer("type: rouge, maximum-cells: 24, variant: rouge-2")
                .score(answered("a b c d e", "f g h i j")))
        .isEqualTo(Score.of(0));
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "B", "b", "cat", "7", ".", "\n")
        .list()
        .ofMaxSize(20)
        .map(words -> "x " + String.join(" ", words));
  }

  @Property
  void f1IsSymmetricAndIdentityIsOne(
      @ForAll("texts") String first, @ForAll("texts") String second) {
    for (String variant : List.of("rouge-1", "rouge-2", "rouge-l")) {
      double score = score(", variant: " + variant, first, second);
      assertThat(score).isBetween(0.0, 1.0);
      assertThat(score(", variant: " + variant, second, first)).isCloseTo(score, within(1e-12));
    }
    assertThat(score("", first, first.toUpperCase(java.util.Locale.ROOT) + "!")).isEqualTo(1);
    assertThat(score("", first, second))
        .isLessThanOrEqualTo(score(", variant: rouge-1", first, second));
  }
}
