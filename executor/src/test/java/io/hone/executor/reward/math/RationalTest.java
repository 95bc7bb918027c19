package io.hone.executor.reward.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RationalTest {
  private static Rational rational(long above, long below) {
    return new Rational(BigInteger.valueOf(above), BigInteger.valueOf(below));
  }

  @Test
  void isInLowestTerms() {
    assertThat(rational(-6, -4)).isEqualTo(rational(3, 2)).hasToString("3/2");
    assertThat(rational(6, -3)).isEqualTo(Rational.of(-2)).hasToString("-2");
    assertThat(rational(0, -3)).isEqualTo(Rational.ZERO);
    assertThatThrownBy(() -> rational(1, 0))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("1 is divided by 0");
  }

  @Test
  void decimalsAreExact() {
    assertThat(Rational.of(new BigDecimal("-0.125"))).isEqualTo(rational(-1, 8));
    assertThat(Rational.of(new BigDecimal("1.5e3"))).isEqualTo(Rational.of(1500));
    assertThat(Rational.of(new BigDecimal("0.1")).plus(Rational.of(new BigDecimal("0.2"))))
        .isEqualTo(rational(3, 10));
  }

  @Test
  void rootsAreExactOrNone() {
    assertThat(rational(4, 9).root(2)).contains(rational(2, 3));
    assertThat(Rational.of(-8).root(3)).contains(Rational.of(-2));
    assertThat(Rational.of(8).root(2)).isEmpty();
    assertThat(Rational.of(-4).root(2)).isEmpty();
    assertThat(Rational.ZERO.root(5)).contains(Rational.ZERO);
  }

  @Test
  void closenessIsAShareOfTheReferenceButOfOneAtLeast() {
    assertThat(Rational.of(101).isCloseTo(Rational.of(100), rational(1, 100))).isTrue();
    assertThat(rational(10101, 100).isCloseTo(Rational.of(100), rational(1, 100))).isFalse();
    assertThat(rational(1, 100).isCloseTo(Rational.ZERO, rational(1, 100))).isTrue();
    assertThat(rational(1, 3).isCloseTo(rational(33, 100), Rational.ZERO)).isFalse();
  }

  @Property
  void arithmeticIsThatOfDecimals(
      @ForAll @LongRange(min = -9999, max = 9999) long first,
      @ForAll @LongRange(min = -9999, max = 9999) long second) {
    Rational a = rational(first, 100);
    Rational b = rational(second, 100);
    BigDecimal x = BigDecimal.valueOf(first, 2);
    BigDecimal y = BigDecimal.valueOf(second, 2);

    assertThat(a.plus(b)).isEqualTo(Rational.of(x.add(y)));
    assertThat(a.minus(b)).isEqualTo(Rational.of(x.subtract(y)));
    assertThat(a.times(b)).isEqualTo(Rational.of(x.multiply(y)));
    assertThat(a.compareTo(b)).isEqualTo(x.compareTo(y));
    assertThat(a.toDouble()).isEqualTo(x.doubleValue());
    if (second != 0) {
      assertThat(a.over(b).times(b)).isEqualTo(a);
    }
  }

  @Property
  void aRootOfAPowerIsTheBase(
      @ForAll @LongRange(min = 0, max = 99) long above,
      @ForAll @LongRange(min = 1, max = 99) long below,
      @ForAll @IntRange(min = 1, max = 9) int degree) {
    assertThat(rational(above, below).power(degree).root(degree)).contains(rational(above, below));
    if (above > 0) {
      assertThat(rational(above, below).power(-degree))
          .isEqualTo(Rational.ONE.over(rational(above, below).power(degree)));
    }
  }
}
