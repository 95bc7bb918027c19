package io.hone.jobs.inspect;

import io.hone.driver.train.Metrics;
import io.hone.jobs.terminal.Durations;
import io.hone.jobs.terminal.Numbers;
import io.hone.jobs.terminal.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/**
 * A line for each step. Columns that no step has a number for, or that say the same trivial thing
 * throughout, are left out.
 */
public final class StepTable {
  /** Means that a column is never trivial. */
  private static final double NEVER = Double.NaN;

  /**
   * A column.
   *
   * @param number what it shows of a step
   * @param trivial a value that is not worth a column if all steps have it
   */
  private record Column(
      String title,
      ToDoubleFunction<Metrics> number,
      DoubleFunction<String> format,
      double trivial) {
    Column(String title, String metric, DoubleFunction<String> format, double trivial) {
      this(title, metrics -> metrics.get(metric), format, trivial);
    }

    String cell(Metrics step) {
      return format.apply(number.applyAsDouble(step));
    }

    boolean isShown(Iterable<Metrics> steps) {
      for (Metrics step : steps) {
        double value = number.applyAsDouble(step);
        if (!Double.isNaN(value) && value != trivial) {
          return true;
        }
      }
      return false;
    }
  }

  private StepTable() {}

  /**
   * The table.
   *
   * @param steps metrics by step
   */
  public static TextTable of(Map<Integer, Metrics> steps) {
    List<Column> columns =
        columns(steps.values()).stream().filter(column -> column.isShown(steps.values())).toList();
    TextTable table = new TextTable().number("step");
    columns.forEach(column -> table.number(column.title()));
    steps.forEach(
        (step, metrics) -> {
          List<String> cells = new ArrayList<>();
          cells.add(Integer.toString(step));
          columns.forEach(column -> cells.add(column.cell(metrics)));
          table.row(cells);
        });
    return table;
  }

  private static List<Column> columns(Iterable<Metrics> steps) {
    DoubleFunction<String> three = value -> Numbers.decimals(value, 3);
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("reward", "reward/mean", three, NEVER));
    columns.add(new Column("deviation", "reward/deviation", three, NEVER));
    for (String component : components(steps)) {
      columns.add(new Column(component, metrics -> metrics.componentMean(component), three, NEVER));
    }
    columns.add(new Column("valid", "reward/valid-share", Numbers::percent, 1));
    columns.add(
        new Column("no-variance", "groups/without-variance-share", Numbers::percent, NEVER));
    columns.add(new Column("dropped", "groups/dropped-share", Numbers::percent, 0));
    columns.add(new Column("length", "length/mean", value -> Numbers.decimals(value, 1), NEVER));
    columns.add(new Column("truncated", "length/truncated-share", Numbers::percent, NEVER));
    columns.add(new Column("loss", "loss", Numbers::significant, NEVER));
    columns.add(new Column("chosen-reward", "preference/chosen-reward", three, NEVER));
    columns.add(new Column("rejected-reward", "preference/rejected-reward", three, NEVER));
    columns.add(new Column("margin", "preference/margin", three, NEVER));
    columns.add(new Column("accuracy", "preference/accuracy", Numbers::percent, NEVER));
    columns.add(new Column("entropy", "policy/entropy", three, NEVER));
    columns.add(new Column("kl", "policy/approximate-kl", Numbers::significant, NEVER));
    columns.add(new Column("reference-kl", "policy/reference-kl", Numbers::significant, 0));
    columns.add(new Column("clipped", "policy/clip-fraction", Numbers::percent, NEVER));
    columns.add(new Column("gradient", "gradient/norm", Numbers::significant, NEVER));
    columns.add(new Column("skipped", "updates/skipped", value -> Numbers.decimals(value, 0), 0));
    columns.add(new Column("learning-rate", "learning-rate", Numbers::significant, NEVER));
    columns.add(new Column("eval-reward", "evaluation/reward-mean", three, NEVER));
    columns.add(new Column("pass@1", "evaluation/pass@1", Numbers::percent, NEVER));
    columns.add(new Column("time", "time/step", StepTable::time, NEVER));
    return columns;
  }

  private static String time(double seconds) {
    return Double.isNaN(seconds) ? Numbers.decimals(seconds, 0) : Durations.format(seconds);
  }

  private static Set<String> components(Iterable<Metrics> steps) {
    Set<String> components = new LinkedHashSet<>();
    steps.forEach(step -> components.addAll(step.components()));
    return components;
  }
}
