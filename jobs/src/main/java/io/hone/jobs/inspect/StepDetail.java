package io.hone.jobs.inspect;

import io.hone.driver.train.Metrics;
import io.hone.jobs.terminal.Numbers;
import io.hone.jobs.terminal.TextTable;
import java.util.List;

/** All numbers of one step, a line each. */
public final class StepDetail {
  private StepDetail() {}

  /** The table, in the order in which the step recorded them. */
  public static TextTable of(Metrics metrics) {
    TextTable table = new TextTable().text("metric").number("value");
    metrics.values().forEach((name, value) -> table.row(List.of(name, Numbers.significant(value))));
    return table;
  }
}
