package io.hone.executor.reward.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberScannerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "18|18",
        "The answer is 18.|18",
        "first 3, then 4|4",
        "$18.00|18.00",
        "-$5|-5",
        "$-5|-5",
        "\u22125|-5",
        "€ 7|7",
        "£7.50!|7.50",
        "50%|50",
        "1,234|1234",
        "1,234,567.89|1234567.89",
        "12,34,567|1234567",
        "1,2,3|3",
        "12,34|34",
        "1,234,56|56",
        "0,123|123",
        "-1,234|-1234",
        "1{,}234|1234",
        "\\boxed{12{,}345{,}678.5}|12345678.5",
        "1,\\!234|1234",
        "11,\\! 111|11111",
        "12\\,000|12000",
        "12\\,00|0",
        "f(1\\,2)|2",
        ".5|.5",
        "-.5|-.5",
        "3.|3",
        "5,|5",
        "2e3|2e3",
        "1.5E-3 m|1.5E-3",
        "2e|2",
        "2em|2",
        "1e5x|1",
        "+4|4",
        "5kg|5",
        "-1.8 billion|-1.8",
        "16-7|7",
        "16 - 7|7",
        "16 -7|-7",
        "(3)-4|4",
        "covid-19|19",
        "x = -19|-19",
        "16/2=8|8",
        "9 of H2O|9",
        "4 in v2.0.1|4",
        "答案是18元|18",
        "答案是-18元|-18",
        "<<9*2=18>>18|18",
        "**42**|42",
        "\\boxed{42}|42",
        "0x1F|0",
        "1..2|2",
        "007|007",
      })
  void readsTheLastNumber(String text, BigDecimal expected) {
    assertThat(last(text)).contains(Rational.of(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1/2|1|2",
        "it is 3/4 cup.|3|4",
        "-1/2|-1|2",
        "$-3/4|-3|4",
        "3 1/2 hours|7|2",
        "-3 1/2|-7|2",
        "6/4|3|2",
        "5 7/3|7|3",
        "\\frac{1}{2}|1|2",
        "\\dfrac12|1|2",
        "-\\tfrac{10}{4}|-5|2",
        "3\\frac{1}{2}|7|2",
        "2 \\frac13|7|3",
        "3\\frac{4}{2}|2|1",
        "16/2=8|8|1",
        "1/0 of 5|5|1",
        "1.5/2 and 7|7|1",
        "12/25/2024 at 3|3|1",
        "x^2/3 at 4|4|1",
        "3.2 × 10^5|320000|1",
        "1.5 \\times 10^{-3}|3|2000",
        "-2 \\cdot 10^2|-200|1",
        "6*10^3|6000|1",
        "4x10^{2}|400|1",
        "4 x 10 cm|10|1",
        "3 × 10^{2 and 5|5|1",
      })
  void readsFractionsAndPowersOfTen(String text, long above, long below) {
    assertThat(last(text)).contains(Rational.of(above).over(Rational.of(below)));
  }

  @ParameterizedTest
  @CsvSource({
    "50%,true",
    "50 %,true",
    "50\\%,true",
    "50 percent,true",
    "50,false",
    "50 of 100%?,true"
  })
  void seesAPercentSign(String text, boolean percent) {
    assertThat(NumberScanner.last(text).orElseThrow().percent()).isEqualTo(percent);
  }

  private static Optional<Rational> last(String text) {
    return NumberScanner.last(text).map(FoundNumber::written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "none",
        "H2O",
        "a_1",
        "1/2/3",
        "1/2^3",
        "1/0",
        "10:30",
        "2^3",
        "1.2.3",
        "192.168.0.1",
        "12/25/2024",
        ".",
        "-",
        "1e999999999",
        "1e-401",
        "\uD800\uDC00\uD800",
        "٣"
      })
  void whatIsNoDecimalNumberIsNotRead(String text) {
    assertThat(last(text)).isEmpty();
  }

  @Test
  void aNumberThatNobodyWritesIsNoAnswer() {
    assertThat(last("7".repeat(400))).contains(Rational.of(new BigDecimal("7".repeat(400))));
    assertThat(last("7".repeat(401))).isEmpty();
    assertThat(last("7".repeat(401) + "/2")).isEmpty();
    assertThat(last("1/" + "7".repeat(401))).isEmpty();
    assertThat(last("5 " + "7".repeat(1_000_000))).contains(Rational.of(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "18|18",
        "$1,800 a week|1800",
        "3 of 4|NONE",
        "1,2|NONE",
        "no|NONE",
        "1/2|1/2",
        "1/2 3|NONE"
      })
  void readsTheOnlyNumber(String text, String expected) {
    assertThat(
            NumberScanner.only(text)
                .map(FoundNumber::written)
                .map(Rational::toString)
                .orElse("NONE"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1,22",
        ",",
        "1.2",
        "1/1 ",
        "1 1/",
        "\\frac",
        "\\frac{1}",
        "1e",
        "1 x 10^",
        "-$",
        "1/",
        "9e",
        "1,",
        "..1",
        "\uD800"
      })
  void longRunsTakeOnePass(String piece) {
    // Quadratic work on these 2 million characters would take hours.
    assertThat(last(piece.repeat(2_000_000 / piece.length()) + " x 6")).contains(Rational.of(6));
  }

  @Property
  void readsWhatIsWritten(@ForAll @Scale(4) BigDecimal number) {
    assertThat(last("it is " + number.toPlainString() + " in all.")).contains(Rational.of(number));
    assertThat(last(String.format(Locale.ROOT, "$%,.4f.", number.abs())))
        .contains(Rational.of(number.abs()));
  }

  @Property
  void readsFractionsInEveryForm(
      @ForAll @IntRange(max = 999) int above, @ForAll @IntRange(min = 1, max = 999) int below) {
    Rational fraction = Rational.of(above).over(Rational.of(below));

    assertThat(last("so " + above + "/" + below + ".")).contains(fraction);
    assertThat(last("so \\frac{" + above + "}{" + below + "}.")).contains(fraction);
    if (above < below) {
      assertThat(last("so 7 " + above + "/" + below)).contains(fraction.plus(Rational.of(7)));
    }
  }

  @Property
  void noTextIsTooStrange(@ForAll String text) {
    last(text).ifPresent(number -> assertThat(number.bits()).isLessThan(10_000));
  }
}
