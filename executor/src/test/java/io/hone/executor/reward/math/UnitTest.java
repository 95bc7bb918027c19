package io.hone.executor.reward.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTest {
  /** By the definitions of the International System and of the international yard and pound. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 km|1000 m",
        "1 inch|2.54 cm",
        "1 mile|5280 feet",
        "3 ft|1 yard",
        "1 pound|16 ounces",
        "1 litre|1000 cm^3",
        "1 cubic metre|1000 L",
        "1 m²|10000 cm^{2}",
        "2 square feet|288 square inches",
        "36 km/h|10 m/s",
        "60 miles per hour|88 ft/s",
        "1.5 hours|90 min",
        "2 weeks|14 days",
        "1000 \\text{ kg}|1 tonne",
        "5\\,\\mathrm{cm}^2|500 mm^2",
        "3 lbs|48 oz",
        "250 ms|0.25 s",
      })
  void convertsExactly(String left, String right) {
    FoundNumber first = NumberScanner.last(left).orElseThrow();
    FoundNumber second = NumberScanner.last(right).orElseThrow();

    assertThat(first.unit()).isPresent();
    assertThat(second.unit()).isPresent();
    assertThat(first.valueIn(second, Percent.IGNORE)).contains(second.written());
    assertThat(second.valueIn(first, Percent.IGNORE)).contains(first.written());
  }

  @ParameterizedTest
  @CsvSource({"5 m,5 kg", "5 m,5 m^2", "5 km,5 km/h", "5 h,5 g", "5 m^3,5 m²"})
  void whatMeasuresOtherThingsCannotBeCompared(String left, String right) {
    FoundNumber first = NumberScanner.last(left).orElseThrow();
    FoundNumber second = NumberScanner.last(right).orElseThrow();

    assertThat(first.valueIn(second, Percent.IGNORE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "in total",
        "apples",
        "metresque",
        "km/apple",
        "square",
        "°C",
        "$",
        "/s",
        "\uD800",
        "kilokilokilokilokilokilo"
      })
  void otherWordsAreNoUnits(String text) {
    assertThat(Unit.leading(text)).isEmpty();
  }

  @Test
  void longTextsAreReadFromTheBeginningOnly() {
    assertThat(Unit.leading(" ".repeat(100) + "km")).isEmpty();
    assertThat(Unit.leading("km" + " ".repeat(1_000_000))).isPresent();
    assertThat(Unit.leading("\\text{ kilometres} away")).isEqualTo(Unit.leading("km"));
  }
}
