package io.hone.driver.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.ConfigLoader;
import io.hone.conf.RunConfig;
import io.hone.conf.UserException;
import io.hone.driver.run.CommittedRun;
import io.hone.driver.run.RunFailedException;
import io.hone.executor.advantage.Gae;
import io.hone.executor.table.AdvantageRow;
import io.hone.executor.table.RolloutRow;
import io.hone.executor.table.Tables;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.checkpoint.Family;
import io.hone.kernels.checkpoint.FlatSequence;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Head;
import io.hone.kernels.checkpoint.HeadChange;
import io.hone.kernels.checkpoint.RandomCheckpoint;
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

/** PPO with a critic of its own and with one on the policy's backbone. */
class CriticTrainingTest {
  private static final Configuration HADOOP = new Configuration();
  private static final double DISCOUNT = 0.97;
  private static final double LAMBDA = 0.9;
  private static final String RUN =
      """
      algorithm: ppo
      data:
        prompts: [a, b, ab, ba]
      rollout:
        prompts-per-step: 4
        group-size: 2
        max-new-tokens: 6
        slots: 8
      reward:
        components:
          - {name: a, type: count, text: a, cap: 4}
      advantage:
        discount: 0.97
      critic:
        lambda: 0.9
      optimizer:
        learning-rate: 1e-2
      training:
        steps: 2
        mini-batches: 2
        epochs: 2
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
                .setAppName("critics")
                .set("spark.ui.enabled", "false"));
    model = directory.resolve("model");
    CharacterTokenizer tokenizer = CharacterTokenizer.of("ab");
    RandomCheckpoint.write(
        model,
        Architecture.standard(Family.LLAMA, tokenizer.size(), 16, 32, 1, 2, 2, 8, 32, 1e4, false),
        0,
        0.2,
        tokenizer);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"critic.optimizer.learning-rate=1e-2", "critic.shared-backbone=true"})
  void bothModelsLearnAndAreKept(String options) {
    CommittedRun run = train("learn " + options, NONE, options);

    Metrics metrics = CommittedMetrics.of(run, 0);
    assertThat(metrics.get("updates/applied")).isEqualTo(4);
    assertThat(metrics.get("critic/loss")).isPositive();
    assertThat(metrics.get("critic/clip-fraction")).isBetween(0.0, 1.0);
    assertThat(metrics.get("critic/explained-variance")).isLessThan(1);
    assertThat(metrics.get("critic/return-deviation")).isPositive();
    assertThat(metrics.get("critic/value-deviation")).isPositive();
    boolean own = !options.contains("shared");
    assertThat(metrics.values().get("critic/updates/applied")).isEqualTo(own ? 4.0 : null);
    assertThat(metrics.get("critic/gradient/norm") > 0).isEqualTo(own);
    assertThat(run.manifest(1).criticFingerprint().isPresent()).isEqualTo(own);

    Path checkpoint = checkpoint(run);
    FlatWeights policy = Checkpoint.open(checkpoint).weights();
    Checkpoint critic = Checkpoint.openAny(checkpoint.resolve("critic"));
    assertThat(critic.architecture().head()).isEqualTo(Head.VALUE);
    assertThat(policy.fingerprint()).isNotEqualTo(Checkpoint.open(model).weights().fingerprint());
    assertThat(critic.weights().fingerprint()).isNotEqualTo(initialCritic().fingerprint());
    if (own) {
      assertThat(policy.fingerprint()).isEqualTo(run.manifest(1).weightsFingerprint());
      assertThat(critic.weights().fingerprint())
          .isEqualTo(run.manifest(1).criticFingerprint().getAsLong());
    } else {
      // The backbone of both is one.
      Architecture language = Checkpoint.open(checkpoint).architecture();
      assertThat(HeadChange.of(language, policy, critic.architecture(), 1).size())
          .isEqualTo(critic.weights().size());
      float[] ofPolicy = new float[100];
      float[] ofCritic = new float[100];
      policy.copyTo(0, ofPolicy, 0, 100);
      critic.weights().copyTo(0, ofCritic, 0, 100);
      assertThat(ofCritic).isEqualTo(ofPolicy);
    }
  }

  /** Estimated in one go over the committed rows, which no task and no driver ever sees as one. */
  @Test
  void advantagesAreThoseOfGaeWhitenedOverAllTokensOfTheStep() {
    CommittedRun run = train("whitened", NONE, "critic.shared-backbone=true");

    List<RolloutRow> rows = rollouts(run, 0);
    List<double[]> raw = new ArrayList<>();
    for (RolloutRow row : rows) {
      assertThat(row.values()).hasSize(row.tokenIds().length);
      assertThat(row.finalValue()).isNotNull();
      double[] rewards = new double[row.tokenIds().length];
      rewards[rewards.length - 1] = row.reward();
      boolean[] mask = new boolean[rewards.length];
      Arrays.fill(mask, true);
      raw.add(Gae.estimate(rewards, row.values(), mask, DISCOUNT, LAMBDA, 0).advantages());
    }
    double[] all = raw.stream().flatMapToDouble(Arrays::stream).toArray();
    double mean = Arrays.stream(all).average().orElseThrow();
    double squares = Arrays.stream(all).map(x -> (x - mean) * (x - mean)).sum();
    double scale = 1 / Math.sqrt(squares / (all.length - 1) + 1e-8);
    List<AdvantageRow> advantages = advantages(run, 0);
    for (int i = 0; i < rows.size(); i++) {
      double expected =
          Arrays.stream(raw.get(i)).map(x -> (x - mean) * scale).average().orElseThrow();
      assertThat(advantages.get(i).advantage()).isCloseTo(expected, within(1e-9));
    }
  }

  /** At the weights that sampled and valued, nothing has moved. */
  @ParameterizedTest
  @ValueSource(strings = {"critic.value-clip=1e-3", "critic.shared-backbone=true"})
  void theFirstUpdateFindsThePolicyAndTheCriticAsTheyWere(String options) {
    String all = options + " training.mini-batches=1 training.epochs=1 training.steps=1";
    Metrics metrics = CommittedMetrics.of(train("first " + options, NONE, all), 0);

    assertThat(metrics.get("policy/ratio-mean")).isEqualTo(1);
    assertThat(metrics.get("policy/clip-fraction")).isZero();
    assertThat(metrics.get("critic/clip-fraction")).isZero();
    assertThat(metrics.get("advantage/mean")).isCloseTo(0, within(1e-9));
    assertThat(metrics.get("advantage/deviation")).isCloseTo(1, within(1e-5));
  }

  /** A driver that dies behind its commits; the next one replays some of them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "critic.optimizer.learning-rate=1e-2 critic.bootstrap-truncated=true checkpoint.every=2",
        "critic.warmup-steps=2 loss.kl-coefficient=0.1 loss.kl-in=reward checkpoint.every=4",
        "critic.shared-backbone=true checkpoint.every=2"
      })
  void aRestartGivesTheSameWeightsOfBothModels(String options) {
    String all = options + " training.steps=4";
    CommittedRun whole = train("whole " + options, NONE, all);
    StepLimit dies = new StepLimit(2);
    assertThatThrownBy(() -> train("resumed " + options, dies, all))
        .isInstanceOf(RunFailedException.class)
        .hasMessage("killed");

    StepLimit resumes = new StepLimit(Integer.MAX_VALUE);
    CommittedRun resumed = train("resumed " + options, resumes, all);

    assertThat(resumes.replayed).isEqualTo(options.contains("every=2") ? 1 : 3);
    for (int step = 0; step < 4; step++) {
      assertThat(resumed.manifest(step).weightsFingerprint())
          .isEqualTo(whole.manifest(step).weightsFingerprint());
      assertThat(resumed.manifest(step).criticFingerprint())
          .isEqualTo(whole.manifest(step).criticFingerprint());
    }
    for (String part : List.of("", "critic")) {
      assertThat(Checkpoint.openAny(checkpoint(resumed).resolve(part)).weights().fingerprint())
          .isEqualTo(Checkpoint.openAny(checkpoint(whole).resolve(part)).weights().fingerprint());
    }
  }

  @Test
  void onlyTheCriticLearnsInTheFirstSteps() {
    CommittedRun run = train("warmup", NONE, "critic.warmup-steps=1");

    long initial = Checkpoint.open(model).weights().fingerprint();
    assertThat(run.manifest(0).weightsFingerprint()).isEqualTo(initial);
    assertThat(run.manifest(1).weightsFingerprint()).isNotEqualTo(initial);
    assertThat(run.manifest(0).criticFingerprint().getAsLong())
        .isNotEqualTo(initialCritic().fingerprint());
    assertThat(CommittedMetrics.of(run, 0).get("updates/applied")).isZero();
    assertThat(CommittedMetrics.of(run, 0).get("critic/updates/applied")).isEqualTo(4);
  }

  @Test
  void aCriticBeginsWithTheCheckpointThatItIsGiven() {
    CommittedRun first = train("given first", NONE, "critic.optimizer.learning-rate=1e-2");
    Path given = checkpoint(first).resolve("critic");

    CommittedRun run =
        train("given", NONE, "critic.path=" + given + " critic.optimizer.learning-rate=1e-12");

    // The second step of the first run and the first of this one value with the same critic.
    assertThat(run.manifest(1).criticFingerprint().getAsLong()).isNotZero();
    assertThat(run.runFile().orElseThrow()).contains("critic-fingerprint");
    double mean = CommittedMetrics.of(run, 0).get("critic/value-mean");
    double untrained = CommittedMetrics.of(first, 0).get("critic/value-mean");
    assertThat(mean).isNotCloseTo(untrained, within(1e-3));
    assertThatThrownBy(
            () ->
                train(
                    "given",
                    NONE,
                    "critic.path=" + model + " critic.optimizer.learning-rate=1e-12"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("critic-fingerprint was");
  }

  @Test
  void aCriticOfAnotherVocabularyIsRefused() {
    Path other = directory.resolve("other");
    CharacterTokenizer tokenizer = CharacterTokenizer.of("a");
    RandomCheckpoint.write(
        other,
        Architecture.standard(Family.LLAMA, tokenizer.size(), 16, 32, 1, 2, 2, 8, 32, 1e4, false),
        0,
        0.2,
        tokenizer);

    assertThatThrownBy(() -> train("vocabulary", NONE, "critic.path=" + other))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("critic.path: " + other + " has a vocabulary of 5 tokens");
  }

  private static final StepLimit NONE = new StepLimit(Integer.MAX_VALUE);

  /** Lets a driver die after it has committed a step. */
  private static final class StepLimit implements StepListener {
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

  private static FlatSequence initialCritic() {
    Checkpoint source = Checkpoint.open(model);
    return HeadChange.of(
        source.architecture(), source.weights(), source.architecture().withHead(Head.VALUE), 0);
  }

  private static CommittedRun train(String name, StepListener listener, String options) {
    String run = directory.resolve(name.replaceAll("[^a-z0-9]+", "-")).toString();
    List<String> overrides = new ArrayList<>(List.of("model.path=" + model, "run-dir=" + run));
    overrides.addAll(Arrays.asList(options.split(" ")));
    new Training(spark, ConfigLoader.parse(RunConfig.class, "test.yaml", RUN, overrides), listener)
        .run();
    return CommittedRun.open(run, HADOOP);
  }

  private static Path checkpoint(CommittedRun run) {
    int step = run.latestCheckpoint().orElseThrow();
    return Path.of(run.layout().checkpoint(step).toUri().getPath());
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
}
