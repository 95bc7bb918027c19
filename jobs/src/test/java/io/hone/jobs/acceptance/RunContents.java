package io.hone.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.driver.run.CommittedRun;
import io.hone.driver.train.CommittedMetrics;
import io.hone.executor.table.ParquetTable;
import io.hone.executor.table.Tables;
import io.hone.executor.table.Timings;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;

/**
 * What a run directory says of its committed steps, as far as it must not depend on how the run was
 * run.
 */
record RunContents(Path directory) {
  private static final Configuration HADOOP = new Configuration();

  /** Number of committed steps; 0 where there is no run yet. */
  int steps() {
    return Files.isDirectory(directory.resolve("drivers")) ? committed().steps() : 0;
  }

  /** Whether a step is committed, cheaply enough to be asked all the time. */
  boolean isCommitted(int step) {
    return Files.exists(commit(step));
  }

  /**
   * Whether the first task of a step has sampled, so that others still do if the step is not
   * learning.
   */
  boolean isSampling(int step) {
    return Files.exists(directory.resolve("steps/%08d/rollouts/_tmp".formatted(step)));
  }

  /**
   * Whether the rollouts of a step are all made, so that it learns from them if it is not
   * committed.
   */
  boolean isLearning(int step) {
    return Files.exists(
        directory.resolve("steps/%08d/rollouts/part-00000.parquet".formatted(step)));
  }

  /** Whether a sharded exchange of the first driver has begun to write a version of the policy. */
  boolean isStoring(int version) {
    return Files.exists(directory.resolve("exchange/00000001/%08d".formatted(version)));
  }

  /** The file that commits a step. */
  Path commit(int step) {
    return directory.resolve("commits/%08d.json".formatted(step));
  }

  /** The optimiser's state and the counters of a step's checkpoint. */
  private Path trainingState(int step) {
    return directory.resolve("checkpoints/%08d/training.safetensors".formatted(step));
  }

  /** The weights of a step's checkpoint. */
  Path model(int step) {
    return directory.resolve("checkpoints/%08d/model.safetensors".formatted(step));
  }

  long weightsFingerprint(int step) {
    return committed().manifest(step).weightsFingerprint();
  }

  /** All metrics of a step. */
  Map<String, Double> metrics(int step) {
    return CommittedMetrics.of(committed(), step).values();
  }

  /** The executors that made the rollouts of the first steps. */
  Set<String> executors(int steps) {
    Set<String> executors = new TreeSet<>();
    for (int step = 0; step < steps; step++) {
      rows(Tables.ROLLOUTS, committed().rollouts(step))
          .forEach(row -> executors.add(row.timings().executor()));
    }
    return executors;
  }

  /**
   * Compares the first steps with those of a run of the same configuration: weights bit for bit,
   * rollouts, advantages and metrics but for timings, and the bytes of the last of these steps'
   * checkpoint, optimiser and all.
   */
  void requireSame(RunContents expected, int steps) {
    assertThat(steps()).as("steps of %s", directory).isGreaterThanOrEqualTo(steps);
    for (int step = 0; step < steps; step++) {
      String where = "step %d of %s".formatted(step, directory);
      requireSameRows(rollouts(step), expected.rollouts(step), "rollouts of " + where);
      requireSameRows(advantages(step), expected.advantages(step), "advantages of " + where);
      assertThat(withoutTimes(metrics(step)))
          .as("metrics of %s", where)
          .isEqualTo(withoutTimes(expected.metrics(step)));
      assertThat(weightsFingerprint(step))
          .as("fingerprint of the weights after %s", where)
          .isEqualTo(expected.weightsFingerprint(step));
    }
    assertThat(model(steps - 1)).hasSameBinaryContentAs(expected.model(steps - 1));
    assertThat(trainingState(steps - 1)).hasSameBinaryContentAs(expected.trainingState(steps - 1));
  }

  private static void requireSameRows(
      List<Map<String, Object>> actual, List<Map<String, Object>> expected, String what) {
    assertThat(actual).as(what).hasSameSizeAs(expected).isNotEmpty();
    for (int row = 0; row < actual.size(); row++) {
      assertThat(actual.get(row)).as("row %d of %s", row, what).isEqualTo(expected.get(row));
    }
  }

  private List<Map<String, Object>> rollouts(int step) {
    return rows(Tables.ROLLOUTS, committed().rollouts(step)).stream()
        .map(RunContents::withoutTimings)
        .toList();
  }

  private List<Map<String, Object>> advantages(int step) {
    return rows(Tables.ADVANTAGES, committed().advantages(step)).stream()
        .map(RunContents::withoutTimings)
        .toList();
  }

  private static <R extends Record> List<R> rows(
      ParquetTable<R> table, List<org.apache.hadoop.fs.Path> files) {
    List<R> rows = new ArrayList<>();
    files.forEach(file -> rows.addAll(table.read(file, HADOOP)));
    return rows;
  }

  /**
   * All columns of a row but its timings, arrays as lists: floats are equal there if their bits
   * are.
   */
  private static Map<String, Object> withoutTimings(Record row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      if (component.getType() != Timings.class) {
        values.put(component.getName(), comparable(value(row, component)));
      }
    }
    return values;
  }

  private static Object value(Record row, RecordComponent component) {
    try {
      return component.getAccessor().invoke(row);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError(impossible.getMessage(), impossible);
    }
  }

  private static Object comparable(Object value) {
    if (value == null || !value.getClass().isArray()) {
      return value;
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < Array.getLength(value); i++) {
      items.add(Array.get(value, i));
    }
    return items;
  }

  private static Map<String, Double> withoutTimes(Map<String, Double> metrics) {
    Map<String, Double> rest = new TreeMap<>(metrics);
    // What an exchange moved is its own affair, and most of it is timings.
    rest.keySet().removeIf(name -> name.startsWith("time/") || name.startsWith("exchange/"));
    return rest;
  }

  private CommittedRun committed() {
    return CommittedRun.open(directory.toString(), HADOOP);
  }
}
