package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalNumbersTest {
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
    assertThat(DecimalNumbers.last(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "none",
        "H2O",
        "a_1",
        "1/2",
        "3/4 cup",
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
    assertThat(DecimalNumbers.last(text)).isEmpty();
  }

  @Test
  void aNumberThatNobodyWritesIsNoAnswer() {
    assertThat(DecimalNumbers.last("7".repeat(400))).contains(new BigDecimal("7".repeat(400)));
    assertThat(DecimalNumbers.last("7".repeat(401))).isEmpty();
    assertThat(DecimalNumbers.last("5 " + "7".repeat(1_000_000))).contains(new BigDecimal(5));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"18|18", "$1,800 a week|1800", "3 of 4|NONE", "1,2|NONE", "no|NONE", "1/2|NONE"})
  void readsTheOnlyNumber(String text, String expected) {
    assertThat(DecimalNumbers.only(text).map(BigDecimal::toPlainString).orElse("NONE"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,22", ",", "1.2", "-$", "1/", "9e", "1,", "..1", "\uD800"})
  void longRunsTakeOnePass(String piece) {
    // Quadratic work on these 2 million characters would take hours.
    assertThat(DecimalNumbers.last(piece.repeat(2_000_000 / piece.length()) + " 6"))
        .contains(new BigDecimal(6));
  }

  @Property
  void readsWhatIsWritten(@ForAll @Scale(4) BigDecimal number) {
    assertThat(DecimalNumbers.last("it is " + number.toPlainString() + " in all."))
        .hasValueSatisfying(read -> assertThat(read).isEqualByComparingTo(number));
    assertThat(DecimalNumbers.last(String.format(java.util.Locale.ROOT, "$%,.4f.", number.abs())))
        .hasValueSatisfying(read -> assertThat(read).isEqualByComparingTo(number.abs()));
  }

  @Property
  void noTextIsTooStrange(@ForAll String text) {
    DecimalNumbers.last(text).ifPresent(number -> assertThat(number.scale()).isLessThan(1_000));
  }
}
