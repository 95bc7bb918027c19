package io.hone.driver.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.ModelConfig;
import io.hone.conf.OptimizerConfig;
import io.hone.conf.OptimizerConfig.Schedule;
import io.hone.conf.UserException;
import io.hone.executor.gradient.GradientAssignment;
import io.hone.executor.gradient.SampleSource;
import io.hone.executor.gradient.TokenSequence;
import io.hone.executor.model.ComputeSettings;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.TaskResources;
import io.hone.executor.shard.ResidentShards;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Family;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.RopeScaling;
import io.hone.kernels.checkpoint.TensorSpec;
import io.hone.kernels.model.AdamWSettings;
import io.hone.kernels.model.LossSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.SerializableWritable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both exchanges on the same gradients. */
class ShardedExchangeTest {
  /** Four blocks and a bit. */
  private static final Architecture ARCHITECTURE =
      new Architecture(
          Family.LLAMA,
          1500,
          64,
          256,
          3,
          2,
          2,
          32,
          32,
          1e-5f,
          new RopeScaling.Default(10_000),
          true,
          false,
          false,
          false);

  private static final Layout LAYOUT = Layout.of(ARCHITECTURE);
  private static final int UPDATES = 4;
  private static final int TASKS = 3;

  @TempDir static Path directory;
  private static JavaSparkContext spark;
  private static UpdateSettings settings;

  @BeforeAll
  static void start() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("exchange")
                .set("spark.ui.enabled", "false"));
    settings =
        new UpdateSettings(
            LAYOUT,
            new AdamWSettings(0.9, 0.99, 1e-8, 0.1, 0.5),
            new LearningRateSchedule(
                new OptimizerConfig(1e-2, 0.9, 0.99, 1e-8, 0.1, 0.5, Schedule.LINEAR, 1, 0.1),
                UPDATES),
            64,
            new TaskResources(
                null, spark.broadcast(new SerializableWritable<>(spark.hadoopConfiguration()))));
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** One number of shards does not divide the blocks; one is larger than their number. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void everyNumberOfShardsGivesTheSameBitsAsTheDriver(int shards) {
    try (Exchange driver = driverExchange(policy(1));
        Exchange sharded = shardedExchange("shards-" + shards, shards, policy(1))) {
      requireSame(sharded, driver);
      for (int update = 0; update < UPDATES; update++) {
        UpdateResult expected = driver.update(assignments(update), loss());
        UpdateResult result = sharded.update(assignments(update), loss());
        assertThat(expected.applied()).isTrue();
        assertThat(expected.gradientNorm()).as("clipped").isGreaterThan(0.5);
        requireSame(result, expected);
        requireSame(sharded, driver);
      }
      assertThat(sharded.policy().version()).isEqualTo(UPDATES);
    }
  }

  @Test
  void aGradientThatIsNotFiniteChangesNothing() {
    try (Exchange driver = driverExchange(policy(Float.POSITIVE_INFINITY));
        Exchange sharded = shardedExchange("infinite", 2, policy(Float.POSITIVE_INFINITY))) {
      UpdateResult expected = driver.update(assignments(0), loss());
      UpdateResult result = sharded.update(assignments(0), loss());
      assertThat(expected.applied()).isFalse();
      requireSame(result, expected);
      requireSame(sharded, driver);
      assertThat(sharded.policy().version()).isZero();
      assertThat(sharded.optimizerState().updates()).isZero();
    }
  }

  @Test
  void whatAnExecutorHeldIsReadBackWhenItIsLost() {
    try (Exchange driver = driverExchange(policy(1));
        Exchange sharded = shardedExchange("lost", 2, policy(1))) {
      for (int update = 0; update < UPDATES; update++) {
        driver.update(assignments(update), loss());
        sharded.update(assignments(update), loss());
        ResidentShards.forget(directory.resolve("lost").toString());
      }
      requireSame(sharded, driver);
    }
  }

  @Test
  void eitherGoesOnFromTheOthersState() {
    try (Exchange driver = driverExchange(policy(1));
        Exchange sharded = shardedExchange("first", 3, policy(1))) {
      driver.update(assignments(0), loss());
      sharded.update(assignments(0), loss());
      try (Exchange fromSharded =
              new DriverExchange(spark, settings, sharded.policy(), sharded.optimizerState());
          Exchange fromDriver =
              new ShardedExchange(
                  spark,
                  settings,
                  directory.resolve("second").toString(),
                  2,
                  driver.policy(),
                  driver.optimizerState())) {
        fromSharded.update(assignments(1), loss());
        fromDriver.update(assignments(1), loss());
        driver.update(assignments(1), loss());
        requireSame(fromSharded, driver);
        requireSame(fromDriver, driver);
      }
    }
  }

  @Test
  void aDamagedOrMissingShardIsAnErrorThatNamesIt() throws IOException {
    for (boolean missing : new boolean[] {true, false}) {
      String name = "damaged-" + missing;
      try (Exchange sharded = shardedExchange(name, 2, policy(1))) {
        sharded.update(assignments(0), loss());
        ResidentShards.forget(directory.resolve(name).toString());
        Path file = files(directory.resolve(name).resolve("00000001")).get(1);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        if (!missing) {
          // Of a moment, so that the gradient task, which reads the weights, does not see it.
          bytes[bytes.length - 1] ^= 1;
          Files.write(file, bytes);
        }
        assertThatThrownBy(() -> sharded.update(assignments(1), loss()))
            .isInstanceOf(UserException.class)
            .hasMessageContaining(file.getFileName().toString())
            .hasMessageContaining("the run goes on from its last checkpoint");
      }
    }
  }

  @Test
  void twoVersionsAreKeptAndNoneAfterTheEnd() throws IOException {
    Path root = directory.resolve("exchange").resolve("00000001");
    Exchange sharded =
        new ShardedExchange(
            spark, settings, root.toString(), 2, policy(1), OptimizerState.initial(LAYOUT.size()));
    sharded.publishReference(policy(1));
    for (int update = 0; update < UPDATES; update++) {
      sharded.update(assignments(update), loss());
    }
    try (Stream<Path> versions = Files.list(root)) {
      assertThat(versions.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("00000003", "00000004", "reference");
    }
    sharded.close();
    assertThat(root.getParent()).doesNotExist();
  }

  @Test
  void theReferenceStaysWhatItIs() {
    try (Exchange sharded = shardedExchange("reference", 2, policy(1))) {
      var reference = sharded.publishReference(policy(1));
      sharded.update(assignments(0), loss());
      sharded.update(assignments(1), loss());
      assertThat(reference.value().weights().fingerprint())
          .isEqualTo(policy(1).weights().fingerprint());
      assertThat(FlatWeights.copyOf(reference.value().weights()).fingerprint())
          .isEqualTo(policy(1).weights().fingerprint());
    }
  }

  /** Too long for the model: what the user can put right travels through the shuffle as a value. */
  @Test
  void aUserErrorOfAGradientTaskReachesTheUser() {
    GradientAssignment bad =
        new GradientAssignment(
            1, new SampleSource.Sequences(List.of(new TokenSequence(new int[] {1, 9999}, 1, 0))));
    try (Exchange sharded = shardedExchange("refused", 2, policy(1))) {
      List<GradientAssignment> assignments = List.of(assignments(0).get(0), bad);
      assertThatThrownBy(() -> sharded.update(assignments, loss()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("9999");
    }
  }

  private static void requireSame(UpdateResult result, UpdateResult expected) {
    assertThat(result.applied()).isEqualTo(expected.applied());
    // Boxed, because NaN must equal NaN.
    assertThat(Double.valueOf(result.gradientNorm()))
        .isEqualTo(Double.valueOf(expected.gradientNorm()));
    assertThat(result.learningRate()).isEqualTo(expected.learningRate());
    assertThat(result.statistics()).isEqualTo(expected.statistics());
  }

  private static void requireSame(Exchange exchange, Exchange expected) {
    assertThat(exchange.policy().version()).isEqualTo(expected.policy().version());
    assertThat(exchange.policy().weights().fingerprint())
        .isEqualTo(expected.policy().weights().fingerprint());
    // What is in the files, not what was said of them.
    assertThat(FlatWeights.copyOf(exchange.policy().weights()).fingerprint())
        .isEqualTo(expected.policy().weights().fingerprint());
    OptimizerState state = exchange.optimizerState();
    OptimizerState other = expected.optimizerState();
    assertThat(state.updates()).isEqualTo(other.updates());
    assertThat(FlatWeights.copyOf(state.firstMoment()).fingerprint())
        .isEqualTo(other.firstMoment().fingerprint());
    assertThat(FlatWeights.copyOf(state.secondMoment()).fingerprint())
        .isEqualTo(other.secondMoment().fingerprint());
  }

  private static List<Path> files(Path version) throws IOException {
    try (Stream<Path> files = Files.list(version)) {
      return files.sorted().toList();
    }
  }

  private static Exchange driverExchange(PolicyVersion policy) {
    return new DriverExchange(spark, settings, policy, OptimizerState.initial(LAYOUT.size()));
  }

  private static Exchange shardedExchange(String name, int shards, PolicyVersion policy) {
    return new ShardedExchange(
        spark,
        settings,
        directory.resolve(name).toString(),
        shards,
        policy,
        OptimizerState.initial(LAYOUT.size()));
  }

  /**
   * Random weights.
   *
   * @param first the first of them
   */
  private static PolicyVersion policy(float first) {
    Random random = new Random(1);
    float[] values = new float[Math.toIntExact(LAYOUT.size())];
    for (TensorSpec tensor : LAYOUT.tensors()) {
      boolean norm = tensor.name().contains("norm");
      for (int i = (int) tensor.offset(); i < tensor.end(); i++) {
        values[i] = (float) ((norm ? 1 : 0) + 0.1 * random.nextGaussian());
      }
    }
    values[0] = first;
    return new PolicyVersion(
        0,
        ARCHITECTURE,
        FlatWeights.of(new float[][] {values}),
        new ComputeSettings(
            ModelConfig.Device.CPU, ModelConfig.ComputeType.FLOAT32, 1L << 30, false));
  }

  private static List<GradientAssignment> assignments(int update) {
    Random random = new Random(update);
    List<GradientAssignment> assignments = new ArrayList<>();
    for (int partition = 0; partition < TASKS; partition++) {
      List<TokenSequence> sequences = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        sequences.add(
            new TokenSequence(random.ints(12 + i, 0, ARCHITECTURE.vocabSize()).toArray(), 4, i));
      }
      sequences.add(new TokenSequence(new int[] {0, 1, 2, 3}, 1, 3));
      assignments.add(new GradientAssignment(partition, new SampleSource.Sequences(sequences)));
    }
    return assignments;
  }

  private static LossSettings loss() {
    return LossSettings.supervised(Aggregation.TOKEN_MEAN, 20, 1);
  }
}
