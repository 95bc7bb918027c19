package io.hone.executor.reward.metric;

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

class BmasTest {
  private static final float[] E1 = {1, 0, 0};
  private static final float[] E2 = {0, 1, 0};
  private static final float[] E3 = {0, 0, 1};
  private static final float[] ZERO = {0, 0, 0};

  @Test
  void hasTheGoldenValues() {
    assertThat(Bmas.score(List.of(E1, E2), List.of(E1))).isEqualTo(0.75);
    assertThat(Bmas.score(List.of(E1, E2), List.of(E2, E1))).isEqualTo(1);
    assertThat(Bmas.score(List.of(E1, E2), List.of(E3))).isZero();
    assertThat(Bmas.score(List.of(), List.of(E1))).isZero();
    assertThat(Bmas.score(List.of(E1), List.of())).isZero();
    // By hand: nearest of y are 1 and 1/sqrt 2, nearest of g is 1.
    assertThat(Bmas.score(List.of(new float[] {2, 2, 0}, E1), List.of(new float[] {3, 3, 0})))
        .isCloseTo((1 + (1 + Math.sqrt(0.5)) / 2) / 2, within(1e-12));
  }

  @Test
  void rowsOfZerosDoNotCount() {
    assertThat(Bmas.score(List.of(E1, ZERO), List.of(ZERO, E1, ZERO))).isEqualTo(1);
    assertThat(Bmas.score(List.of(ZERO), List.of(E1))).isZero();
  }

  @Test
  void whatIsNoNumberIsNotHidden() {
    assertThat(Bmas.score(List.of(new float[] {Float.NaN, 0, 0}, E1), List.of(E1))).isNaN();
  }

  @Provide
  Arbitrary<List<float[]>> rows() {
    return Arbitraries.floats()
        .between(-8, 8)
        .array(float[].class)
        .ofSize(5)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  @Property
  void isSymmetricBoundedAndBlindToOrderAndScale(
      @ForAll("rows") List<float[]> text, @ForAll("rows") List<float[]> reference) {
    double score = Bmas.score(text, reference);
    List<float[]> reversed = new ArrayList<>(text);
    Collections.reverse(reversed);

    assertThat(score).isBetween(-1.0, 1.0);
    assertThat(Bmas.score(reference, text)).isCloseTo(score, within(1e-12));
    assertThat(Bmas.score(reversed, reference)).isCloseTo(score, within(1e-12));
    assertThat(Bmas.score(text.stream().map(BmasTest::doubled).toList(), reference))
        .isCloseTo(score, within(1e-12));
  }

  @Property
  void aTextIsNearestToItself(@ForAll("rows") List<float[]> text) {
    boolean hasRows = text.stream().anyMatch(row -> Cosine.product(row, row) > 0);
    assertThat(Bmas.score(text, text)).isCloseTo(hasRows ? 1 : 0, within(1e-12));
  }

  private static float[] doubled(float[] row) {
    float[] doubled = row.clone();
    for (int index = 0; index < row.length; index++) {
      doubled[index] *= 2;
    }
    return doubled;
  }

  @Test
  void cosines() {
    assertThat(Cosine.of(E1, E2)).isZero();
    assertThat(Cosine.of(E1, ZERO)).isZero();
    assertThat(Cosine.of(new float[] {1, 2, 3, 4, 5}, new float[] {-1, -2, -3, -4, -5}))
        .isCloseTo(-1, within(1e-15));
    // (3 * 4 + 4 * 3) / (5 * 5)
    assertThat(Cosine.of(new float[] {3, 4}, new float[] {4, 3})).isCloseTo(0.96, within(1e-15));
    assertThatThrownBy(() -> Cosine.of(E1, new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("vectors of 3 and 2 numbers (expected as many)");
  }
}
