package io.hone.jobs.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.executor.reward.Reward;
import io.hone.executor.reward.Score;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreSummaryTest {
  private static Reward reward(double value, Score first, Score second) {
    Map<String, Score> components = new LinkedHashMap<>();
    components.put("first", first);
    components.put("second", second);
    return new Reward(value, !Double.isNaN(value), Double.isNaN(value) ? "why" : "", components);
  }

  @Test
  void tellsOfEachComponent() {
    ScoreSummary summary = new ScoreSummary();
    summary.add(reward(3, Score.of(1), Score.of(2)));
    summary.add(reward(5, Score.of(2), Score.of(3, 0.5)));
    summary.add(reward(Double.NaN, Score.of(9), Score.invalid("no answer column")));
    summary.add(reward(1, Score.of(0), Score.of(1)));
    assertThat(String.join("\n", summary.lines()))
        .isEqualTo(
            """
                     valid  mean  deviation  minimum  median  maximum  confidence
            reward   75.0%     3          2        1       3        5        0.83
            first   100.0%     3       4.08        0       2        9        1.00
            second   75.0%     2          1        1       2        3        0.83

            correlation  reward  first
            first         +1.00
            second        +1.00  +1.00

            rows  invalid because
               1  second: no answer column

            reward
              value  rows
                  1     1  ########################################
                  3     1  ########################################
                  5     1  ########################################

            first
              value  rows
                  0     1  ########################################
                  1     1  ########################################
                  2     1  ########################################
                  9     1  ########################################

            second
              value  rows
                  1     1  ########################################
                  2     1  ########################################
                  3     1  ########################################\
            """);
  }

  @Test
  void aFileWithoutRowsHasNone() {
    assertThat(new ScoreSummary().lines()).isEmpty();
  }

  @Test
  void manyValuesFallIntoRanges() {
    double[] sorted = new double[101];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = i / 100.0;
    }
    List<String> lines = Histogram.lines(sorted);
    assertThat(lines).hasSize(11);
    assertThat(lines.get(1)).contains("0 to 0.100", "10", "####");
    assertThat(lines.get(10)).contains("0.900 to 1", "11", "#".repeat(40));
  }

  @Test
  void aColumnThatDoesNotVaryCorrelatesWithNothing() {
    ScoreSummary summary = new ScoreSummary();
    summary.add(reward(1, Score.of(1), Score.of(0)));
    summary.add(reward(2, Score.of(1), Score.of(1)));
    assertThat(summary.lines()).anyMatch(line -> line.matches("first +-"));
  }
}
