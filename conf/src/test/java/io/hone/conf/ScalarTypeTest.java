package io.hone.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarTypeTest {
  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "30s,PT30S", "5m,PT5M", "2h,PT2H", "1d,PT24H", "0s,PT0S"})
  void durations(String text, Duration expected) {
    assertThat(ScalarType.of(Duration.class).parser().apply(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0B,0",
    "512B,512",
    "16KB,16384",
    "64MB,67108864",
    "2GB,2147483648",
    "1TB,1099511627776"
  })
  void dataSizes(String text, long expected) {
    assertThat(DataSize.parse(text)).isEqualTo(new DataSize(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "64", "MB", "-1MB", "1.5GB", "64mb", "64 MB", "1PB", "9999999TB"})
  void notDataSizes(String text) {
    assertThatThrownBy(() -> DataSize.parse(text)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void dataSizesAreNotNegative() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DataSize(-1));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1e-6,1e-6", "-1.5E3,-1500", ".5,0.5", "+2.,2", "1_000.5,1000.5"})
  void numbers(String text, double expected) {
    assertThat(ScalarType.of(double.class).parser().apply(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 1", "0x10", "1d", "Infinity", "--1", "1e", "e5", "."})
  void notNumbers(String text) {
    assertThatThrownBy(() -> ScalarType.of(double.class).parser().apply(text))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void longsHold64Bits() {
    assertThat(ScalarType.of(long.class).parser().apply("-9223372036854775808"))
        .isEqualTo(Long.MIN_VALUE);
    assertThatThrownBy(() -> ScalarType.of(long.class).parser().apply("9223372036854775808"))
        .isInstanceOf(NumberFormatException.class);
  }

  @Test
  void otherTypesAreAnErrorOfTheRecord() {
    assertThat(ScalarType.exists(Map.class)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ScalarType.of(Map.class))
        .withMessage("no option can have the type java.util.Map");
  }
}
