package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GuardedScorerTest {
  private static Score score(Scorer scorer) {
    return new GuardedScorer("broken", scorer).score(RewardYaml.sample("text"));
  }

  private static Score deep(Sample sample, int depth) {
    return depth < 0 ? Score.of(0) : Score.of(deep(sample, depth + 1).value() + 1);
  }

  @Test
  void passesScoresOn() {
    assertThat(score(sample -> Score.of(0.25, 0.5))).isEqualTo(Score.of(0.25, 0.5));
  }

  @Test
  void whatASampleLacksIsTheReason() {
    assertThat(
            score(
                sample -> {
                  throw new UnscorableException("column 'answer' is missing");
                }))
        .isEqualTo(Score.invalid("column 'answer' is missing"));
  }

  @Test
  void anExceptionIsAnInvalidScoreThatNamesIt() {
    assertThat(
            score(
                sample -> {
                  throw new IllegalStateException("lost");
                }))
        .isEqualTo(Score.invalid("broken failed: java.lang.IllegalStateException: lost"));
  }

  @Test
  void confidenceOutOfRangeIsAnInvalidScore() {
    assertThat(score(sample -> Score.of(1, 7)).reason()).contains("confidence is 7.0");
  }

  @Test
  void aStackThatOverflowsIsAnInvalidScore() {
    assertThat(score(sample -> deep(sample, 0)).reason())
        .isEqualTo("broken failed: java.lang.StackOverflowError");
  }

  @Test
  void sharesOfOtherTokensThanTheCompletionsAreAnInvalidScore() {
    Scorer scorer = sample -> new Score(3, 1, true, "", new float[] {1, 2});
    Sample known = new Sample("p", "", "text", 3, false, 8, Map.of());

    assertThat(new GuardedScorer("dense", scorer).score(known))
        .isEqualTo(Score.invalid("dense gave shares to 2 tokens of a completion of 3"));
    assertThat(score(scorer).valid()).isTrue();
  }

  @Test
  void nullIsAnInvalidScore() {
    assertThat(score(sample -> null)).isEqualTo(Score.invalid("broken gave no score"));
  }

  @Test
  void reasonsStayShort() {
    String quoted = "x".repeat(100_000);

    assertThat(
            score(
                    sample -> {
                      throw new IllegalStateException(quoted);
                    })
                .reason())
        .hasSizeLessThan(400)
        .endsWith("...");
  }

  @Test
  void errorsOfTheMachineAreNotHidden() {
    assertThatThrownBy(
            () ->
                score(
                    sample -> {
                      throw new OutOfMemoryError("heap");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
  }

  /** What scorers of other languages, and broken ones, throw. */
  @Test
  void nothingThatIsAboutTheSampleEscapes() {
    for (Throwable thrown :
        java.util.List.of(
            new java.io.IOException("gone"),
            new AssertionError("no"),
            new NoClassDefFoundError("x/Y"),
            new UnscorableException(null),
            new IllegalStateException() {
              private static final long serialVersionUID = 1L;

              @Override
              public String toString() {
                throw new IllegalStateException("again");
              }
            })) {
      Score score =
          new GuardedScorer("it", sample -> GuardedScorerTest.<RuntimeException>thrown(thrown))
              .score(RewardYaml.sample("x"));
      assertThat(score.reason()).startsWith("it failed: ");
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> Score thrown(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
