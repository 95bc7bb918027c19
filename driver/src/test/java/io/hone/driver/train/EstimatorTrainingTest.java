package io.hone.driver.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.ConfigLoader;
import io.hone.conf.RunConfig;
import io.hone.driver.run.CommittedRun;
import io.hone.driver.run.RunFailedException;
import io.hone.executor.table.AdvantageRow;
import io.hone.executor.table.RolloutRow;
import io.hone.executor.table.Tables;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Family;
import io.hone.kernels.checkpoint.RandomCheckpoint;
import io.hone.kernels.checkpoint.RopeScaling;
import io.hone.kernels.checkpoint.TokenizerFiles;
import io.hone.kernels.tokenizer.CharacterTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each estimator trains, and trains again from what it committed. */
class EstimatorTrainingTest {
  private static final Configuration HADOOP = new Configuration();
  private static final String RUN =
      """
      algorithm: grpo
      data:
        prompts: [a, b, ab, ba]
      rollout:
        prompts-per-step: 4
        group-size: 4
        max-new-tokens: 8
        slots: 8
      reward:
        components:
          - {name: a, type: count, text: a, cap: 4}
          - {name: b, type: count, text: b, cap: 2, weight: 0.5}
      optimizer:
        learning-rate: 1e-2
      training:
        steps: 2
        tokens-per-micro-batch: 256
      """;

  @TempDir private static Path directory;
  private static JavaSparkContext spark;
  private static Path model;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("estimators")
                .set("spark.ui.enabled", "false"));
    model = directory.resolve("model");
    TokenizerFiles tokenizer = CharacterTokenizer.of("ab");
    RandomCheckpoint.write(
        model,
        new Architecture(
            Family.LLAMA,
            tokenizer.size(),
            16,
            32,
            1,
            2,
            2,
            8,
            32,
            1e-5f,
            new RopeScaling.Default(10000),
            false,
            false,
            false,
            false),
        0,
        0.2,
        tokenizer);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "estimator=grpo",
        "estimator=grpo advantage.return-to-go=true loss.kl-coefficient=0.1 loss.kl-in=reward",
        "estimator=grpo advantage.scale=none advantage.outlier-deviations=1.5",
        "estimator=rloo",
        "estimator=reinforce-plus-plus",
        "estimator=reinforce-plus-plus-baseline",
        "estimator=remax",
        "estimator=opo",
        "estimator=gpg",
        "estimator=grpo-pass-at-k",
        "estimator=gdpo"
      })
  void movesTheWeights(String options) {
    CommittedRun run = train("trains " + options, StepLimit.NONE, options);

    assertThat(run.steps()).isEqualTo(2);
    assertThat(run.manifest(1).weightsFingerprint())
        .isNotEqualTo(run.manifest(0).weightsFingerprint());
    Metrics metrics = CommittedMetrics.of(run, 1);
    assertThat(metrics.get("updates/applied")).isEqualTo(1);
    assertThat(metrics.get("gradient/norm")).isPositive();
    List<AdvantageRow> rows = advantages(run, 1);
    assertThat(rows).hasSize(16).anyMatch(row -> row.advantage() != 0);
    assertThat(rows.stream().filter(AdvantageRow::included).count())
        .isEqualTo((long) metrics.get("samples/included"));
  }

  /** A driver that dies behind its commits, and one that replays them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "estimator=reinforce-plus-plus advantage.discount=0.9 loss.kl-coefficient=0.1"
            + " loss.kl-in=reward loss.kl-estimator=k3 training.mini-batches=2",
        "estimator=remax"
      })
  void replayedRolloutsGiveTheSameWeights(String options) {
    String all = options + " training.steps=3 checkpoint.every=3";
    CommittedRun whole = train("whole " + options, StepLimit.NONE, all);
    StepLimit dies = new StepLimit(1);
    assertThatThrownBy(() -> train("resumed " + options, dies, all))
        .isInstanceOf(RunFailedException.class)
        .hasMessage("killed");

    StepLimit resumes = new StepLimit(StepLimit.NEVER);
    CommittedRun resumed = train("resumed " + options, resumes, all);

    assertThat(resumes.replayed).isEqualTo(2);
    for (int step = 0; step < 3; step++) {
      assertThat(resumed.manifest(step).weightsFingerprint())
          .isEqualTo(whole.manifest(step).weightsFingerprint());
    }
    assertThat(advantages(resumed, 2)).isEqualTo(advantages(whole, 2));
  }

  @Test
  void theGreedyCompletionIsSeenAndNotTrainedOn() {
    CommittedRun run = train("greedy", StepLimit.NONE, "estimator=remax");

    List<RolloutRow> rollouts = rollouts(run, 0);
    assertThat(rollouts).hasSize(16);
    for (RolloutRow row : rollouts) {
      String greedy = row.greedyCompletion();
      assertThat(row.greedyReward())
          .isEqualTo(
              Math.min(4, count(greedy, 'a')) / 4.0 + 0.5 * Math.min(2, count(greedy, 'b')) / 2);
    }
    List<AdvantageRow> advantages = advantages(run, 0);
    for (int i = 0; i < 16; i++) {
      RolloutRow row = rollouts.get(i);
      assertThat(advantages.get(i).advantage()).isEqualTo(row.reward() - row.greedyReward());
    }
    assertThat(CommittedMetrics.of(run, 0).get("reward/greedy-mean"))
        .isEqualTo(rollouts.stream().mapToDouble(RolloutRow::greedyReward).average().orElseThrow());
  }

  @Test
  void aPenaltyInTheRewardLeavesTheFirstStepAlone() {
    String penalty = " loss.kl-coefficient=0.5 loss.kl-in=reward loss.kl-estimator=k2";
    CommittedRun run = train("penalty", StepLimit.NONE, "estimator=rloo" + penalty);

    // The policy is the reference then; the second step pays for having moved.
    assertThat(CommittedMetrics.of(run, 0).get("reward/kl-penalty-mean")).isZero();
    assertThat(CommittedMetrics.of(run, 1).get("reward/kl-penalty-mean")).isPositive();
    List<RolloutRow> rollouts = rollouts(run, 1);
    List<AdvantageRow> advantages = advantages(run, 1);
    for (int i = 0; i < rollouts.size(); i++) {
      RolloutRow row = rollouts.get(i);
      double penalised = row.reward();
      for (int token = 0; token < row.tokenIds().length; token++) {
        double difference = row.oldLogprobs()[token] - (double) row.referenceLogprobs()[token];
        penalised -= 0.5 * difference * difference / 2;
      }
      assertThat(advantages.get(i).reward()).isCloseTo(penalised, within(1e-9));
    }
  }

  /** Lets a driver die after it has committed a step. */
  private static final class StepLimit implements StepListener {
    static final int NEVER = Integer.MAX_VALUE;
    static final StepLimit NONE = new StepLimit(NEVER);

    private final int last;
    private int replayed;

    StepLimit(int last) {
      this.last = last;
    }

    @Override
    public void started(int committed, int replay, int steps) {
      replayed = replay;
    }

    @Override
    public void committed(int step, Metrics metrics) {
      if (step == last) {
        throw new RunFailedException("killed");
      }
    }
  }

  private static CommittedRun train(String name, StepListener listener, String options) {
    String runDirectory = directory.resolve(name.replaceAll("[^a-z0-9]+", "-")).toString();
    List<String> overrides =
        new ArrayList<>(List.of("model.path=" + model, "run-dir=" + runDirectory));
    overrides.addAll(Arrays.asList(("advantage." + options).split(" ")));
    new Training(spark, ConfigLoader.parse(RunConfig.class, "test.yaml", RUN, overrides), listener)
        .run();
    return CommittedRun.open(runDirectory, HADOOP);
  }

  private static List<RolloutRow> rollouts(CommittedRun run, int step) {
    List<RolloutRow> rows = new ArrayList<>();
    run.rollouts(step).forEach(file -> rows.addAll(Tables.ROLLOUTS.read(file, HADOOP)));
    rows.sort(Comparator.comparingInt(RolloutRow::group).thenComparingInt(RolloutRow::sampleIndex));
    return rows;
  }

  private static List<AdvantageRow> advantages(CommittedRun run, int step) {
    List<AdvantageRow> rows = new ArrayList<>();
    run.advantages(step).forEach(file -> rows.addAll(Tables.ADVANTAGES.read(file, HADOOP)));
    return rows;
  }

  private static long count(String text, char character) {
    return text.chars().filter(c -> c == character).count();
  }
}
