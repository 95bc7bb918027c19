package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.driver.run.RunDirectory;
import io.hone.driver.run.StepCommit;
import io.hone.executor.table.AdvantageRow;
import io.hone.executor.table.ComponentScore;
import io.hone.executor.table.RolloutRow;
import io.hone.executor.table.RolloutStatus;
import io.hone.executor.table.Tables;
import io.hone.executor.table.TaskOutput;
import io.hone.executor.table.Timings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  private static final String INVALID_REASON = "answer holds no number";

  @TempDir private static Path directory;
  private static Path run;

  @BeforeAll
  static void makeRun() throws IOException {
    run = directory.resolve("run");
    Configuration conf = new Configuration();
    try (RunDirectory made = RunDirectory.open(run.toString(), conf)) {
      for (int step = 0; step < 2; step++) {
        StepCommit commit = made.beginStep(step);
        org.apache.hadoop.fs.Path rollouts = made.committed().layout().rollouts(step);
        org.apache.hadoop.fs.Path advantages = made.committed().layout().advantages(step);
        commit.addRollouts(
            List.of(
                Tables.ROLLOUTS.write(
                    rollouts, new TaskOutput(made.epoch(), 0, step), rollouts(step), conf)));
        commit.addAdvantages(
            List.of(
                Tables.ADVANTAGES.write(
                    advantages, new TaskOutput(made.epoch(), 0, step), advantages(step), conf)));
        if (step == 1) {
          Files.createDirectories(commit.checkpointStaging());
          Files.writeString(commit.checkpointStaging().resolve("config.json"), "{}");
          commit.addCheckpoint();
        }
        commit.commit(step + 1, 7, metrics(step));
      }
    }
  }

  @Test
  void showsALineForEachStep() {
    CommandRun inspected = CommandRun.of("inspect", run, "--best", 0, "--worst", 0);
    assertThat(inspected.status()).isZero();
    assertThat(inspected.err()).isEmpty();
    assertThat(inspected.out().lines().toList())
        .startsWith(
            run + ": 2 steps committed, newest checkpoint checkpoints/00000001",
            "",
            "step  reward    dog  format   valid  length  truncated        kl    time",
            "   0   0.250  0.125   0.500   75.0%    42.5      25.0%  3.13e-04  1.52 s",
            "   1   0.500  0.250   0.500  100.0%    42.5          -  3.13e-04  1.52 s");
  }

  @Test
  void showsBestAndWorstRolloutsOfTheLastStep() {
    CommandRun inspected = CommandRun.of("inspect", run, "--best", 1, "--worst", 1);
    assertThat(inspected.status()).isZero();
    assertThat(inspected.out())
        .contains(
            """
            Best of step 1

              reward 2.000 (counts as 1.500), advantage +1.250, 3 tokens  [prompt second, sample 1]
              dog 2.000 (confidence 0.50), format 0.000
              prompt      Tell of
                          a dog.
              completion  text of 1/second/1

            Worst of step 1

              reward 0.000 (greedy 0.250), advantage -0.750, 3 tokens, truncated  [prompt first, sample 0]
              dog 0.000 (confidence 0.50), format 0.000
              prompt      Tell of
                          a dog.
              completion  text of 1/first/0
              greedy      likeliest

            1 of 4 rollouts of step 1 have no valid reward: dog: %s (1)
            """
                .formatted(INVALID_REASON));
  }

  @Test
  void showsAllNumbersOfOneStep() {
    CommandRun inspected = CommandRun.of("inspect", run, "--step", 0, "--worst", 0);
    assertThat(inspected.status()).isZero();
    assertThat(inspected.out())
        .contains("metric ", "reward/mean ", "component/dog/mean ", "Best of step 0")
        .doesNotContain("Worst", "Best of step 1");
  }

  @Test
  void showsEveryRolloutOfAPrompt() {
    CommandRun inspected = CommandRun.of("inspect", run, "--prompt", "second");
    assertThat(inspected.status()).isZero();
    assertThat(inspected.out())
        .startsWith("Step 0\n")
        .contains(
            "Step 1\n",
            "text of 0/second/0",
            "text of 0/second/1",
            "text of 1/second/0",
            "text of 1/second/1",
            "reward invalid, not trained on (invalid reward)",
            "dog invalid (" + INVALID_REASON + ")")
        .doesNotContain("first");
  }

  /** What a model writes must not reach the terminal as commands. */
  @Test
  void spellsControlCharactersOut() {
    CommandRun inspected = CommandRun.of("inspect", run, "--prompt", "first", "--step", 0);
    assertThat(inspected.out()).contains("red \\u001b[31malert\\u0007").doesNotContain("\u001b");
  }

  @Test
  void cutsLongTextsUnlessAskedForAll() {
    assertThat(CommandRun.of("inspect", run, "--prompt", "first", "--step", 0).out())
        .contains("[+1", " characters]");
    assertThat(CommandRun.of("inspect", run, "--prompt", "first", "--step", 0, "--full").out())
        .contains("x".repeat(2000))
        .doesNotContain(" characters]");
  }

  @Test
  void refusesADirectoryThatIsNoRun() {
    CommandRun inspected = CommandRun.of("inspect", directory.resolve("absent"));
    assertThat(inspected.status()).isEqualTo(2);
    assertThat(inspected.err().lines()).hasSize(1);
    assertThat(inspected.err()).startsWith("hone inspect: ").contains("absent");
  }

  @Test
  void refusesAStepThatIsNotCommitted() {
    CommandRun inspected = CommandRun.of("inspect", run, "--step", 2);
    assertThat(inspected.status()).isEqualTo(2);
    assertThat(inspected.err())
        .isEqualTo(
            "hone inspect: --step 2: is not a committed step of " + run + " (expected 0 to 1)\n");
  }

  @Test
  void refusesAPromptThatTheRunDoesNotHave() {
    CommandRun inspected = CommandRun.of("inspect", run, "--prompt", "third");
    assertThat(inspected.status()).isEqualTo(2);
    assertThat(inspected.err()).startsWith("hone inspect: --prompt third: no rollout of it in ");
  }

  @Test
  void refusesCountsBelowZero() {
    CommandRun inspected = CommandRun.of("inspect", run, "--worst", -1);
    assertThat(inspected.status()).isEqualTo(2);
    assertThat(inspected.err())
        .isEqualTo("hone inspect: --worst -1: is negative (expected 0 or more)\n");
  }

  private static Map<String, Object> metrics(int step) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("reward/mean", (step + 1) / 4.0);
    metrics.put("reward/valid-share", step == 0 ? 0.75 : 1.0);
    metrics.put("component/dog/mean", (step + 1) / 8.0);
    metrics.put("component/format/mean", 0.5);
    metrics.put("groups/dropped-share", 0.0);
    metrics.put("length/mean", 42.5);
    if (step == 0) {
      metrics.put("length/truncated-share", 0.25);
    }
    metrics.put("policy/approximate-kl", 0.0003125);
    metrics.put("policy/reference-kl", 0.0);
    metrics.put("time/step", 1.52);
    return metrics;
  }

  /** Two prompts of two samples; the first sample of the second prompt has no valid reward. */
  private static List<RolloutRow> rollouts(int step) {
    List<RolloutRow> rows = new ArrayList<>();
    for (int group = 0; group < 2; group++) {
      for (int sample = 0; sample < 2; sample++) {
        rows.add(rollout(step, group, sample));
      }
    }
    return rows;
  }

  private static RolloutRow rollout(int step, int group, int sample) {
    String prompt = prompt(group);
    boolean valid = isValid(group, sample);
    double value = group + sample;
    Map<String, ComponentScore> components = new LinkedHashMap<>();
    components.put(
        "dog",
        valid
            ? new ComponentScore(value, 0.5, true, null, 1, null)
            : new ComponentScore(Double.NaN, 0, false, INVALID_REASON, 1, null));
    components.put("format", new ComponentScore(0, 1, true, null, 1, null));
    String completion = "text of " + step + "/" + prompt + "/" + sample;
    if (step == 0 && group == 0) {
      completion = "red \u001b[31malert\u0007 " + "x".repeat(2000);
    }
    return new RolloutRow(
        step,
        prompt,
        0,
        group,
        sample,
        step,
        7,
        11,
        "Tell of\na dog.",
        completion,
        new int[] {1, 2},
        new int[] {3, 4, 5},
        new float[3],
        new float[3],
        null,
        null,
        null,
        null,
        "stop",
        group == 0 && sample == 0,
        valid ? value : null,
        valid,
        null,
        group == 0 ? "likeliest" : null,
        group == 0 ? 0.25 : null,
        valid ? RolloutStatus.SCORED : RolloutStatus.UNSCORED,
        components,
        "{}",
        new Timings("driver", 1, 1));
  }

  private static List<AdvantageRow> advantages(int step) {
    List<AdvantageRow> rows = new ArrayList<>();
    for (int group = 0; group < 2; group++) {
      for (int sample = 0; sample < 2; sample++) {
        boolean valid = isValid(group, sample);
        rows.add(
            new AdvantageRow(
                step,
                prompt(group),
                0,
                sample,
                valid ? (group == 1 && sample == 1 ? 1.5 : (double) (group + sample)) : null,
                valid ? group + sample - 0.75 : 0,
                valid,
                valid ? null : "invalid reward",
                valid ? 3 : 0));
      }
    }
    return rows;
  }

  private static boolean isValid(int group, int sample) {
    return group == 0 || sample == 1;
  }

  private static String prompt(int group) {
    return group == 0 ? "first" : "second";
  }
}
