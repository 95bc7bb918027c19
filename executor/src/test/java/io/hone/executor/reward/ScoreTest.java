package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreTest {
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aValueThatIsNoNumberIsInvalidHoweverItIsMade(double value) {
    for (Score score :
        new Score[] {
          Score.of(value), Score.of(value, 0.5), new Score(value, 1, true, "", new float[] {1})
        }) {
      assertThat(score.valid()).isFalse();
      assertThat(score.reason()).isEqualTo("the score is " + value);
      assertThat(score.value()).isNaN();
      assertThat(score.confidence()).isZero();
      assertThat(score.perToken()).isNull();
    }
  }

  @Test
  void aTokenWithoutNumberMakesTheScoreInvalid() {
    Score score = new Score(1, 1, true, "", new float[] {0, Float.POSITIVE_INFINITY});

    assertThat(score.valid()).isFalse();
    assertThat(score.reason()).isEqualTo("the score of token 1 is Infinity");
  }

  @Test
  void anInvalidScoreHasNoValueToMistakeForAZero() {
    Score score = new Score(0.0, 1, false, "the judge is away", null);

    assertThat(score).isEqualTo(Score.invalid("the judge is away"));
    assertThat(score.value()).isNaN();
    assertThat(score.confidence()).isZero();
  }

  @Test
  void noAnswerIsAValidZeroOfNoConfidence() {
    assertThat(Score.noAnswer()).isEqualTo(new Score(0, 0, true, "", null));
    assertThat(Score.noAnswer().valid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void confidenceIsAShare(double confidence) {
    assertThatThrownBy(() -> Score.of(1, confidence))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("confidence is " + confidence + " (expected 0 to 1)");
  }

  @Test
  void anInvalidScoreNeedsAReason() {
    assertThatThrownBy(() -> Score.invalid(" ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tokensCannotBeChangedFromOutside() {
    float[] perToken = {1, 2};
    Score score = new Score(3, 1, true, "", perToken);

    perToken[0] = 9;
    score.perToken()[1] = 9;

    assertThat(score.perToken()).containsExactly(1, 2);
    assertThat(score).isEqualTo(new Score(3, 1, true, "", new float[] {1, 2}));
    assertThat(score).hasSameHashCodeAs(new Score(3, 1, true, "", new float[] {1, 2}));
    assertThat(score).isNotEqualTo(new Score(3, 1, true, "", new float[] {1, 3}));
  }

  @Test
  void survivesSerialisation() throws Exception {
    for (Score score :
        new Score[] {new Score(.5, 1, true, "", new float[] {1}), Score.invalid("no")}) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(score);
      }
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(in.readObject()).isEqualTo(score);
      }
    }
  }
}
