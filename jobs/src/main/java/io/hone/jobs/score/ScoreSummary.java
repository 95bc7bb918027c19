package io.hone.jobs.score;

import io.hone.executor.reward.Reward;
import io.hone.executor.reward.Score;
import io.hone.jobs.terminal.Numbers;
import io.hone.jobs.terminal.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All rewards of a file at a glance. Sums run in the order of rows. */
public final class ScoreSummary {
  private static final int REASONS = 5;

  private final ScoreColumn rewards = new ScoreColumn("reward");
  private final Map<String, ScoreColumn> components = new LinkedHashMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();
  private long rows;

  /** Adds a row. */
  public void add(Reward reward) {
    rows++;
    rewards.add(reward.value(), leastConfidence(reward));
    reward
        .components()
        .forEach(
            (name, score) -> {
              components
                  .computeIfAbsent(name, ScoreColumn::new)
                  .add(score.value(), score.confidence());
              if (!score.valid()) {
                reasons.merge(name + ": " + score.reason(), 1L, Long::sum);
              }
            });
  }

  /** Of the valid components. */
  private static double leastConfidence(Reward reward) {
    return reward.components().values().stream()
        .filter(Score::valid)
        .mapToDouble(Score::confidence)
        .min()
        .orElse(0);
  }

  /** A table of reward and components, their correlations, why scores failed, and histograms. */
  public List<String> lines() {
    if (rows == 0) {
      return List.of();
    }
    List<ScoreColumn> columns =
        Stream.concat(Stream.of(rewards), components.values().stream()).toList();
    List<String> lines = new ArrayList<>(statistics(columns));
    if (columns.size() > 2) {
      lines.add("");
      lines.addAll(correlations(columns));
    }
    if (!reasons.isEmpty()) {
      lines.add("");
      lines.addAll(failures());
    }
    for (ScoreColumn column : columns) {
      lines.add("");
      lines.add(column.name());
      Histogram.lines(column.sorted()).forEach(line -> lines.add("  " + line));
    }
    return lines;
  }

  private static List<String> statistics(List<ScoreColumn> columns) {
    TextTable table =
        new TextTable()
            .text("")
            .number("valid")
            .number("mean")
            .number("deviation")
            .number("minimum")
            .number("median")
            .number("maximum")
            .number("confidence");
    for (ScoreColumn column : columns) {
      double[] sorted = column.sorted();
      table.row(
          List.of(
              column.name(),
              Numbers.percent(column.validShare()),
              Numbers.significant(column.mean()),
              Numbers.significant(column.deviation()),
              at(sorted, 0),
              at(sorted, sorted.length / 2),
              at(sorted, sorted.length - 1),
              Numbers.decimals(column.meanConfidence(), 2)));
    }
    return table.lines();
  }

  private static String at(double[] sorted, int index) {
    return sorted.length == 0 ? "-" : Numbers.significant(sorted[index]);
  }

  /** Each against those before it. */
  private static List<String> correlations(List<ScoreColumn> columns) {
    TextTable table = new TextTable().text("correlation");
    columns.subList(0, columns.size() - 1).forEach(column -> table.number(column.name()));
    for (int row = 1; row < columns.size(); row++) {
      List<String> cells = new ArrayList<>(List.of(columns.get(row).name()));
      for (int other = 0; other < columns.size() - 1; other++) {
        cells.add(
            other < row ? Numbers.signed(columns.get(row).correlation(columns.get(other)), 2) : "");
      }
      table.row(cells);
    }
    return table.lines();
  }

  private List<String> failures() {
    TextTable table = new TextTable().number("rows").text("invalid because");
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(REASONS)
        .forEach(reason -> table.row(List.of(reason.getValue().toString(), reason.getKey())));
    return table.lines();
  }
}
