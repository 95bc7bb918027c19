package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.driver.run.CommittedRun;
import io.hone.driver.train.CommittedMetrics;
import io.hone.driver.train.Metrics;
import io.hone.executor.table.AdvantageRow;
import io.hone.executor.table.ComponentScore;
import io.hone.executor.table.RolloutRow;
import io.hone.executor.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rewards that depend on steps before, on all completions of the step and on the other prompts of a
 * query, in a run that was and one that was not interrupted.
 */
class StatefulRewardRunTest {
  private static final int STEPS = 4;
  private static final Configuration HADOOP = new Configuration();

  @TempDir private static Path directory;

  private static Path model;
  private static CommittedRun run;

  @BeforeAll
  static void train() throws IOException {
    model = CommandRun.model(directory.resolve("model"), "--characters", "abcdef123 ");
    Files.writeString(
        directory.resolve("rows.jsonl"),
        """
        {"prompt":"ab","question":"x","relevance":true}
        {"prompt":"cd","question":"y","relevance":1}
        {"prompt":"ef","question":"x","relevance":false}
        {"prompt":"fa","question":"y","relevance":0}
        {"prompt":"bc","question":"z","relevance":0}
        {"prompt":"de","question":"z","relevance":2}
        """);
    Files.writeString(
        directory.resolve("run.yaml"),
        """
        model: {path: model}
        data: {path: rows.jsonl, query-column: question}
        rollout:
          prompts-per-step: 4
          group-size: 4
          max-new-tokens: 12
          slots: 8
          partitions: 2
        reward:
          components:
            - {name: a, type: count, text: a, weight: 0}
            - {name: b, type: count, text: b, weight: 0.1}
            - {name: number, type: number, weight: 0}
            - {name: order, type: retro-star, of: number, least-spread: 1, on-invalid: value, weight: 0.1}
            - {name: running, type: running-normalization, of: a}
            - {name: batch, type: batch-normalization, of: b, weight: 2}
          constraints:
            - {component: a, threshold: 0.5, direction: at-most, learning-rate: 0.5}
        optimizer: {learning-rate: 1e-2}
        training: {mini-batches: 2}
        """);
    run = train(directory.resolve("run"), STEPS);
  }

  private static CommittedRun train(Path runDirectory, int steps, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "train",
                directory.resolve("run.yaml").toString(),
                "model.path=" + model,
                "data.path=" + directory.resolve("rows.jsonl"),
                "run-dir=" + runDirectory,
                "training.steps=" + steps));
    arguments.addAll(List.of(more));
    CommandRun trained = CommandRun.of(arguments.toArray());
    assertThat(trained.status()).as(trained.err()).isZero();
    return CommittedRun.open(runDirectory.toString(), HADOOP);
  }

  private static List<RolloutRow> rollouts(int step) {
    return run.rollouts(step).stream()
        .flatMap(file -> Tables.ROLLOUTS.read(file, HADOOP).stream())
        .toList();
  }

  @Test
  void whatIsOnlyRelativeTellsNoBestCheckpoint() {
    String rows = directory.resolve("rows.jsonl").toString();
    CommandRun refused =
        CommandRun.of(
            "train",
            directory.resolve("run.yaml").toString(),
            "model.path=" + model,
            "data.path=" + rows,
            "run-dir=" + directory.resolve("refused"),
            "training.steps=1",
            "eval.data=" + rows,
            "reward.constraints=[]",
            "reward.components=[{name: b, type: count, text: b, weight: 0}, {name: it, type:"
                + " group-normalization, of: b}]");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("(expected eval.keep-best: false)");
  }

  /** Of three prompts one passes, one fails, and of one nothing is known. */
  @Test
  void whatHasNoRewardHasNotFailed() throws IOException {
    Path rows = directory.resolve("right.jsonl");
    Files.writeString(
        rows,
        """
        {"prompt":"ab","right":1}
        {"prompt":"cd","right":null}
        {"prompt":"ef","right":0}
        """);
    CommandRun evaluated =
        CommandRun.of(
            "eval",
            directory.resolve("run.yaml").toString(),
            "model.path=" + model,
            "data.path=" + rows,
            "data.query-column=null",
            "eval.samples=2",
            "reward.constraints=[]",
            "reward.components=[{name: right, type: column, column: right}]");
    assertThat(evaluated.status()).as(evaluated.err()).isZero();
    assertThat(evaluated.out())
        .containsPattern("evaluation/valid-share +0.667")
        .containsPattern("evaluation/greedy/pass-share +0.5")
        .containsPattern("evaluation/pass@1 +0.5")
        .containsPattern("evaluation/pass@2 +0.5");
  }

  @Test
  void scoresAreRelativeToThoseOfTheStepsBefore() {
    double count = 0;
    double sum = 0;
    double squares = 0;
    for (int step = 0; step < STEPS; step++) {
      double mean = step == 0 ? 0 : sum / count;
      double deviation = step == 0 ? 1 : Math.sqrt((squares - sum * sum / count) / (count - 1));
      for (RolloutRow row : rollouts(step)) {
        double score = row.components().get("a").value();
        double expected = deviation < 1e-8 ? 0 : (score - mean) / deviation;
        assertThat(row.components().get("running").value()).isEqualTo(expected, within(1e-9));
        count++;
        sum += score;
        squares += score * score;
      }
      Metrics metrics = CommittedMetrics.of(run, step);
      assertThat(metrics.get("running/running/count")).isEqualTo(count);
      assertThat(metrics.get("running/running/mean")).isEqualTo(sum / count, within(1e-12));
    }
    assertThat(sum).as("letters seen").isPositive();
  }

  @Test
  void theRewardThatCountsIsRelativeToTheStep() {
    for (int step = 0; step < STEPS; step++) {
      List<RolloutRow> rows = rollouts(step);
      double mean = rows.stream().mapToDouble(row -> b(row)).average().orElseThrow();
      double squares = rows.stream().mapToDouble(row -> Math.pow(b(row) - mean, 2)).sum();
      double deviation = Math.sqrt(squares / (rows.size() - 1));
      assertThat(deviation).isPositive();
      List<AdvantageRow> advantages =
          run.advantages(step).stream()
              .flatMap(file -> Tables.ADVANTAGES.read(file, HADOOP).stream())
              .toList();
      for (RolloutRow row : rows) {
        Map<String, ComponentScore> components = row.components();
        double expected =
            0.1 * b(row)
                + 0.1 * (components.get("order").valid() ? components.get("order").value() : 0)
                + components.get("running").value()
                + 2 * (b(row) - mean) / deviation;
        AdvantageRow advantage =
            advantages.stream()
                .filter(
                    candidate ->
                        candidate.promptId().equals(row.promptId())
                            && candidate.occurrence() == row.occurrence()
                            && candidate.sampleIndex() == row.sampleIndex())
                .findFirst()
                .orElseThrow();
        assertThat(advantage.reward()).isEqualTo(expected, within(1e-9));
      }
    }
  }

  private static double b(RolloutRow row) {
    return row.components().get("b").value();
  }

  @Test
  void promptsOfAQueryAreInOneStepAndOneFile() {
    for (int step = 0; step < STEPS; step++) {
      for (org.apache.hadoop.fs.Path file : run.rollouts(step)) {
        List<RolloutRow> rows = Tables.ROLLOUTS.read(file, HADOOP);
        assertThat(rows).hasSize(8);
        assertThat(rows.stream().map(RolloutRow::columns).map(this::question).distinct())
            .hasSize(1);
      }
    }
  }

  private String question(String columns) {
    return columns.replaceAll(".*\"question\":\"(.)\".*", "$1");
  }

  @Test
  void rowsTellWeightsAndSharesOfVariance() {
    List<RolloutRow> rows = rollouts(0);
    assertThat(rows.get(0).components().get("batch").weight()).isEqualTo(2);
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.components().get("a").varianceShare()).isNull());
    assertThat(rows)
        .anySatisfy(row -> assertThat(row.components().get("b").varianceShare()).isPositive());
    Metrics metrics = CommittedMetrics.of(run, 0);
    double shares = 0;
    for (String component : List.of("b", "order", "running", "batch")) {
      shares += metrics.get("component/" + component + "/variance-share");
    }
    assertThat(shares).isEqualTo(1, within(1e-9));
  }

  @Test
  void theMultiplierFollowsTheMeanOfTheStepBefore() {
    Metrics first = CommittedMetrics.of(run, 0);
    assertThat(first.get("constraint/a/multiplier")).isZero();
    assertThat(first.get("constraint/a/coefficient")).isEqualTo(0.5);
    double gradient = -0.25 * (first.get("constraint/a/mean") - 0.5);
    assertThat(CommittedMetrics.of(run, 1).get("constraint/a/multiplier"))
        .isEqualTo(-0.5 * gradient, within(1e-12));
  }

  @Test
  void aRunThatWasInterruptedHasTheSameState() {
    Path interrupted = directory.resolve("interrupted");
    train(interrupted, 2, "checkpoint.every=3");
    CommittedRun resumed = train(interrupted, STEPS, "checkpoint.every=3");
    assertSameNumbers(resumed);
  }

  @Test
  void partitionsDoNotMatter() {
    assertThat(metrics(train(directory.resolve("one"), 1, "rollout.partitions=1"), 0))
        .isEqualTo(metrics(run, 0));
  }

  private static void assertSameNumbers(CommittedRun other) {
    for (int step = 0; step < STEPS; step++) {
      assertThat(other.manifest(step).weightsFingerprint())
          .isEqualTo(run.manifest(step).weightsFingerprint());
      assertThat(metrics(other, step)).isEqualTo(metrics(run, step));
    }
  }

  /** Those of rewards, which say nothing of time. */
  private static Map<String, Double> metrics(CommittedRun of, int step) {
    Map<String, Double> numbers = new java.util.TreeMap<>();
    CommittedMetrics.of(of, step)
        .values()
        .forEach(
            (name, value) -> {
              if (name.matches("(reward|component|running|constraint|advantage)/.*")) {
                numbers.put(name, value);
              }
            });
    assertThat(numbers).isNotEmpty();
    return numbers;
  }
}
