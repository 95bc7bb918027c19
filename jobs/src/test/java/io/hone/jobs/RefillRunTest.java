package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.driver.run.CommittedRun;
import io.hone.driver.train.CommittedMetrics;
import io.hone.executor.table.AdvantageRow;
import io.hone.executor.table.RolloutRow;
import io.hone.executor.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps that sample further prompts for groups whose rewards are all the same. */
class RefillRunTest {
  private static final int PROMPTS = 4;
  private static final int GROUP = 2;
  private static final int REFILLS = 2;
  private static final int STEPS = 4;
  private static final Configuration HADOOP = new Configuration();

  @TempDir private static Path directory;

  private static Path model;
  private static CommittedRun run;

  @BeforeAll
  static void train() throws IOException {
    model = CommandRun.model(directory.resolve("model"), "--characters", "abcdef ");
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 16; row++) {
      rows.add("{\"prompt\":\"%s\"}".formatted("abcdefabcdefabcdef".substring(row)));
    }
    Files.write(directory.resolve("prompts.jsonl"), rows);
    run = train("run", STEPS, "algorithm=grpo");
  }

  private static CommittedRun train(String name, int steps, String... overrides)
      throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("run.yaml"),
            """
            rollout: {prompts-per-step: 4, group-size: 2, max-new-tokens: 6, slots: 4, refills: 2}
            reward: {components: [{name: a, type: contains, text: a}]}
            optimizer: {learning-rate: 1e-2}
            training: {mini-batches: 2}
            checkpoint: {every: 10}
            """);
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "train",
                config,
                "model.path=" + model,
                "data.path=" + directory.resolve("prompts.jsonl"),
                "run-dir=" + directory.resolve(name),
                "training.steps=" + steps));
    arguments.addAll(List.of(overrides));
    CommandRun trained = CommandRun.of(arguments.toArray());
    assertThat(trained.status()).as(trained.err()).isZero();
    return CommittedRun.open(directory.resolve(name).toString(), HADOOP);
  }

  private static List<RolloutRow> rollouts(CommittedRun run, int step) {
    return run.rollouts(step).stream()
        .flatMap(file -> Tables.ROLLOUTS.read(file, HADOOP).stream())
        .toList();
  }

  private static List<AdvantageRow> advantages(CommittedRun run, int step) {
    return run.advantages(step).stream()
        .flatMap(file -> Tables.ADVANTAGES.read(file, HADOOP).stream())
        .toList();
  }

  @Test
  void groupsThatTeachNothingAreReplaced() {
    double refilled = 0;
    for (int step = 0; step < STEPS; step++) {
      Map<Integer, Set<Double>> rewards =
          rollouts(run, step).stream()
              .collect(
                  Collectors.groupingBy(
                      RolloutRow::group,
                      Collectors.mapping(RolloutRow::reward, Collectors.toSet())));
      long differing = rewards.values().stream().filter(values -> values.size() > 1).count();
      assertThat(differing).isLessThanOrEqualTo(PROMPTS);
      assertThat(rollouts(run, step)).hasSize(rewards.size() * GROUP);
      assertThat(new HashSet<>(rollouts(run, step).stream().map(RolloutRow::promptId).toList()))
          .as("prompts that the step does not have")
          .hasSize(rewards.size());
      double added = CommittedMetrics.of(run, step).get("groups/refilled");
      assertThat(added).isEqualTo(rewards.size() - PROMPTS);
      if (differing < PROMPTS) {
        assertThat(added).as("as often as it may").isGreaterThanOrEqualTo(REFILLS);
      }
      refilled += added;
      List<AdvantageRow> rows = advantages(run, step);
      assertThat(rows).hasSize(rewards.size() * GROUP);
      assertThat(rows.stream().filter(AdvantageRow::included)).hasSize((int) differing * GROUP);
      assertThat(rows.stream().filter(row -> !row.included()))
          .allSatisfy(
              row -> assertThat(row.exclusion()).isEqualTo("the rewards of its group are equal"));
    }
    assertThat(refilled).isPositive();
  }

  @Test
  void aResumedRunHasTheSameSteps() throws IOException {
    train("resumed", 2, "algorithm=grpo");
    CommittedRun resumed = train("resumed", STEPS, "algorithm=grpo");
    for (int step = 0; step < STEPS; step++) {
      assertThat(resumed.manifest(step).weightsFingerprint())
          .isEqualTo(run.manifest(step).weightsFingerprint());
      assertThat(advantages(resumed, step)).isEqualTo(advantages(run, step));
    }
  }

  @Test
  void pairsAreMinedFromFurtherPromptsToo() throws IOException {
    CommittedRun pairs = train("pairs", 1, "algorithm=dpo", "preference.pairs=rollouts");
    assertThat(rollouts(pairs, 0)).hasSizeGreaterThan(PROMPTS * GROUP);
    assertThat(advantages(pairs, 0).stream().filter(AdvantageRow::included)).isNotEmpty();
  }
}
