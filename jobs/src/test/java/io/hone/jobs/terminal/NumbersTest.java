package io.hone.jobs.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.0002, 2.00e-04",
    "0.03125, 0.0313",
    "-0.5, -0.500",
    "1, 1",
    "17.26, 17.3",
    "128, 128",
    "98304, 98304",
    "1048576, 1048576",
    "1048576.5, 1.05e+06",
    "1e16, 1.00e+16",
    "NaN, -"
  })
  void showsWholeNumbersInFullAndOthersInThreeDigits(double value, String shown) {
    assertThat(Numbers.significant(value)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"0.125, 12.5%", "1, 100.0%", "0, 0.0%", "NaN, -"})
  void showsSharesAsPercentages(double share, String shown) {
    assertThat(Numbers.percent(share)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "0.424, 0.42 s",
    "9.99, 9.99 s",
    "9.996, 10.0 s",
    "59.94, 59.9 s",
    "59.96, 1 min 00 s",
    "185, 3 min 05 s",
    "3599.6, 1 h 00 min",
    "7620, 2 h 07 min"
  })
  void showsTimesInTheUnitThatFits(double seconds, String shown) {
    assertThat(Durations.format(seconds)).isEqualTo(shown);
  }
}
