package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.driver.run.CommittedRun;
import io.hone.driver.train.CommittedMetrics;
import io.hone.driver.train.Metrics;
import io.hone.executor.table.RolloutRow;
import io.hone.executor.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that change from step to step, in a run that was and one that was not interrupted. */
class ScheduledRunTest {
  private static final int STEPS = 5;
  private static final Configuration HADOOP = new Configuration();

  @TempDir private static Path directory;

  private static Path model;
  private static CommittedRun run;

  @BeforeAll
  static void train() {
    model = CommandRun.model(directory.resolve("model"), "--characters", "abcdef ");
    run = train(directory.resolve("run"), STEPS);
  }

  private static CommittedRun train(Path runDirectory, int steps) {
    CommandRun trained =
        CommandRun.of(
            "train",
            configuration(),
            "model.path=" + model,
            "run-dir=" + runDirectory,
            "training.steps=" + steps);
    assertThat(trained.status()).as(trained.err()).isZero();
    return CommittedRun.open(runDirectory.toString(), HADOOP);
  }

  private static Path configuration() {
    try {
      return Files.writeString(
          directory.resolve("run.yaml"),
          """
          model: {path: model}
          data: {prompts: [ab, cd, ef, fa]}
          rollout:
            prompts-per-step: 4
            group-size: 4
            max-new-tokens: 12
            slots: 8
            temperature: {from: 1.2, to: 0.6, over: 4}
          reward:
            components:
              - {name: a, type: count, text: a, weight: {from: 1, to: -1, over: 2}}
              - {name: b, type: count, text: b, weight: 0.5}
          loss:
            clip-high: {from: 0.2, to: 0.3, over: 4, shape: cosine}
            kl-coefficient: 0.5
            kl-target: 1e-4
            kl-horizon: 32
          optimizer: {learning-rate: 1e-2}
          training: {mini-batches: 2}
          """);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static List<Metrics> metrics(CommittedRun of) {
    List<Metrics> metrics = new ArrayList<>();
    for (int step = 0; step < of.steps(); step++) {
      metrics.add(CommittedMetrics.of(of, step));
    }
    return metrics;
  }

  private static List<Double> numbers(String name) {
    return metrics(run).stream().map(step -> step.get(name)).toList();
  }

  @Test
  void everyStepTellsItsNumbers() {
    assertThat(numbers("schedule/temperature")).startsWith(1.2, 1.05).endsWith(0.6);
    assertThat(numbers("schedule/weight/a")).containsExactly(1.0, 0.0, -1.0, -1.0, -1.0);
    assertThat(numbers("schedule/clip-high").get(2)).isEqualTo(0.25, within(1e-12));
    assertThat(numbers("schedule/clip-low")).as("stays").containsOnly(Double.NaN);
    assertThat(numbers("schedule/weight/b")).as("stays").containsOnly(Double.NaN);
  }

  @Test
  void theCoefficientIsSteeredByTheDivergenceOfTheStepBefore() {
    List<Double> coefficients = numbers("schedule/kl-coefficient");
    List<Double> divergences = numbers("policy/reference-kl");
    assertThat(coefficients.get(0)).isEqualTo(0.5);
    for (int step = 1; step < STEPS; step++) {
      double error = Math.max(-0.2, Math.min(0.2, divergences.get(step - 1) / 1e-4 - 1));
      assertThat(coefficients.get(step))
          .isEqualTo(coefficients.get(step - 1) * (1 + error * 16 / 32), within(1e-12));
    }
    assertThat(coefficients.get(STEPS - 1)).as("far from the reference").isGreaterThan(0.5);
  }

  @Test
  void rewardsHaveTheWeightsOfTheirStep() {
    double[] weights = {1, 0, -1, -1, -1};
    for (int step = 0; step < STEPS; step++) {
      for (org.apache.hadoop.fs.Path file : run.rollouts(step)) {
        for (RolloutRow row : Tables.ROLLOUTS.read(file, HADOOP)) {
          assertThat(row.reward())
              .isEqualTo(
                  weights[step] * row.components().get("a").value()
                      + 0.5 * row.components().get("b").value(),
                  within(1e-12));
        }
      }
    }
  }

  @Test
  void theLossReadsLogprobsAtTheTemperatureOfTheSampler() {
    assertThat(numbers("mismatch/absolute-maximum"))
        .allSatisfy(mismatch -> assertThat(mismatch).isLessThan(1e-4));
  }

  @Test
  void aRunThatLostItsCheckpointsReplaysTheSameNumbers() throws IOException {
    Path interrupted = directory.resolve("interrupted");
    train(interrupted, 3);
    deleteCheckpoints(interrupted);
    CommittedRun resumed = train(interrupted, STEPS);

    // The replay itself fails where it does not come to the committed weights.
    for (int step = 0; step < STEPS; step++) {
      assertThat(resumed.manifest(step).weightsFingerprint())
          .as("weights after step %d", step)
          .isEqualTo(run.manifest(step).weightsFingerprint());
      assertThat(metrics(resumed).get(step).get("schedule/kl-coefficient"))
          .isEqualTo(metrics(run).get(step).get("schedule/kl-coefficient"));
    }
  }

  private static void deleteCheckpoints(Path runDirectory) throws IOException {
    try (Stream<Path> files = Files.walk(runDirectory.resolve("checkpoints"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
