package io.hone.executor.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowSliceTest {
  @ParameterizedTest
  @CsvSource({"1,32", "32,32", "33,32", "100,1", "8192,32", "8193,32", "100000,32", "5,7"})
  void coversEveryRowOnceInWholeUnits(int rows, int unit) {
    List<Integer> all = IntStream.range(0, rows).boxed().toList();
    List<RowSlice<Integer>> slices = RowSlice.cut(all, unit);
    assertThat(slices.stream().flatMap(slice -> slice.rows().stream()).toList()).isEqualTo(all);
    assertThat(slices).allMatch(slice -> slice.rows().get(0) == slice.firstRow());
    assertThat(slices.subList(0, slices.size() - 1))
        .allMatch(slice -> slice.rows().size() % unit == 0);
    assertThat(slices).hasSizeLessThanOrEqualTo(256);
  }

  @Test
  void smallFilesHaveASliceForEachUnit() {
    assertThat(RowSlice.cut(IntStream.range(0, 65).boxed().toList(), 32)).hasSize(3);
  }
}
