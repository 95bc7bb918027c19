package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.driver.run.CommittedRun;
import io.hone.executor.table.RolloutRow;
import io.hone.executor.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool of prompts that is scored, and of which the hardest are trained on, easy ones first. */
class CurriculumRunTest {
  @TempDir private Path directory;
  private Path model;
  private Path pool;

  @BeforeEach
  void scorePool() throws IOException {
    model = CommandRun.model(directory.resolve("model"), "--characters", "abcdef ");
    Path prompts = directory.resolve("prompts.jsonl");
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 12; row++) {
      rows.add("{\"prompt\":\"%s\",\"answer\":\"a b c\"}".formatted("abcdefabcdef".substring(row)));
    }
    Files.write(prompts, rows);
    Path completions = directory.resolve("completions.jsonl");
    run(
        "generate",
        "--model",
        model,
        "--prompts",
        prompts,
        "--output",
        completions,
        "--max-new-tokens",
        8,
        "--seed",
        3);
    Path reward =
        Files.writeString(
            directory.resolve("reward.yaml"), "components: [{name: chrf, type: chrf}]");
    pool = directory.resolve("pool.jsonl");
    run("score", "--reward", reward, "--input", completions, "--output", pool);
  }

  private static CommandRun run(Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.status()).as(run.err()).isZero();
    return run;
  }

  private CommittedRun train(String name, int steps) throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("run.yaml"),
            """
            data:
              curriculum:
                difficulty: reward
                hard: low
                hardest: 8
                share: {from: 0.25, to: 1, over: 3}
            rollout: {prompts-per-step: 2, group-size: 2, max-new-tokens: 4, slots: 4}
            reward: {components: [{name: chrf, type: chrf}]}
            """);
    CommandRun trained =
        run(
            "train",
            config,
            "model.path=" + model,
            "data.path=" + pool,
            "run-dir=" + directory.resolve(name),
            "training.steps=" + steps);
    assertThat(trained.err()).contains("8 rows to train on, 4 left out by data.curriculum");
    return CommittedRun.open(directory.resolve(name).toString(), new Configuration());
  }

  private static List<Double> difficulties(CommittedRun run, int step) {
    return run.rollouts(step).stream()
        .flatMap(file -> Tables.ROLLOUTS.read(file, new Configuration()).stream())
        .map(RolloutRow::columns)
        .map(columns -> columns.replaceAll(".*\"reward\":([-0-9.eE]+).*", "$1"))
        .map(Double::valueOf)
        .toList();
  }

  @Test
  void easyPromptsComeFirstAndEasierOnesNever() throws IOException {
    List<Double> rewards = new ArrayList<>();
    JsonFiles.rows(pool).forEach(row -> rewards.add(row.get("reward").doubleValue()));
    List<Double> hardest = rewards.stream().sorted().limit(8).toList();
    CommittedRun whole = train("whole", 5);
    // The easiest two of the eight hardest.
    assertThat(difficulties(whole, 0))
        .allSatisfy(reward -> assertThat(reward).isBetween(hardest.get(6), hardest.get(7)));
    for (int step = 0; step < 5; step++) {
      assertThat(difficulties(whole, step))
          .allSatisfy(reward -> assertThat(reward).isLessThanOrEqualTo(hardest.get(7)));
    }
    train("resumed", 2);
    CommittedRun resumed = train("resumed", 5);
    for (int step = 0; step < 5; step++) {
      assertThat(difficulties(resumed, step)).isEqualTo(difficulties(whole, step));
      assertThat(resumed.manifest(step).weightsFingerprint())
          .isEqualTo(whole.manifest(step).weightsFingerprint());
    }
  }
}
