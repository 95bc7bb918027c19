package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hone.conf.ConfigLoader;
import io.hone.conf.RunConfig;
import io.hone.conf.SparkConfig;
import io.hone.conf.UserException;
import io.hone.driver.train.Training;
import io.hone.jobs.spark.SparkRuntime;
import io.hone.jobs.terminal.Console;
import io.hone.jobs.terminal.StepLines;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Preference optimisation from its data to its weights, on a Spark in this JVM. */
class PreferenceTrainingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS = 12;

  @TempDir private static Path shared;
  @TempDir private Path directory;
  private static SparkRuntime spark;
  private static Path model;
  private static Path pairs;
  private static Path labelled;

  @BeforeAll
  static void start() throws IOException {
    model = CommandRun.model(shared.resolve("model"), "--characters", "abcdefgh");
    List<String> pairRows = new ArrayList<>();
    List<String> labelledRows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      String prompt = "gh".repeat(1 + row % 3) + "abcdef".charAt(row % 6);
      String chosen = "a".repeat(1 + row % 4);
      String rejected = "b".repeat(1 + row % 5);
      pairRows.add(
          "{\"prompt\":\"%s\",\"chosen\":\"%s\",\"rejected\":\"%s\"}"
              .formatted(prompt, chosen, rejected));
      labelledRows.add(
          "{\"prompt\":\"%s\",\"completion\":\"%s\",\"label\":%s}"
              .formatted(prompt, row % 3 != 0 ? chosen : rejected, row % 3 != 0));
    }
    pairs = Files.write(shared.resolve("pairs.jsonl"), pairRows);
    labelled = Files.write(shared.resolve("labelled.jsonl"), labelledRows);
    spark = SparkRuntime.start("test", new SparkConfig(Optional.of("local[2]"), Map.of()));
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dpo", "ipo", "simpo", "cpo", "hinge", "orpo"})
  void theMarginRisesWithEveryObjective(String loss) throws IOException {
    train("run", "preference.loss=" + loss, "preference.beta=0.5", "training.steps=8");
    List<JsonNode> metrics = metrics("run");
    assertThat(metrics).hasSize(8);
    assertThat(metrics.get(7).get("preference/margin").asDouble())
        .isGreaterThan(metrics.get(0).get("preference/margin").asDouble() + 0.05);
    assertThat(metrics.get(7).get("preference/accuracy").asDouble()).isEqualTo(1);
    for (JsonNode step : metrics) {
      assertThat(step.get("preference/margin").asDouble())
          .isCloseTo(
              step.get("preference/chosen-reward").asDouble()
                  - step.get("preference/rejected-reward").asDouble(),
              within(1e-9));
      assertThat(step.get("preference/chosen").asDouble()).isEqualTo(6);
      assertThat(step.get("tokens/learned").asDouble()).isPositive();
      assertThat(step.get("gradient/norm").asDouble()).isNotNegative();
    }
  }

  @Test
  void theFirstStepIsAtTheReference() throws IOException {
    train("run", "training.steps=1");
    JsonNode first = metrics("run").get(0);
    assertThat(first.get("loss").asDouble()).isCloseTo(Math.log(2), within(1e-6));
    assertThat(first.get("preference/margin").asDouble()).isCloseTo(0, within(1e-6));
    assertThat(first.get("preference/chosen-logprob").asDouble()).isNegative();
  }

  @Test
  void ktoSeparatesTheDesirableFromTheUndesirable() throws IOException {
    train(
        "run",
        "preference.loss=kto",
        "preference.beta=0.5",
        "data.path=" + labelled,
        "data.shuffle=false",
        "training.steps=8");
    List<JsonNode> metrics = metrics("run");
    JsonNode first = metrics.get(0);
    assertThat(first.get("loss").asDouble()).isCloseTo(0.5, within(1e-6));
    assertThat(first.get("preference/kl").asDouble()).isCloseTo(0, within(1e-6));
    assertThat(first.has("preference/accuracy")).isFalse();
    assertThat(metrics).allMatch(step -> step.get("preference/kl").asDouble() >= 0);
    assertThat(metrics).anyMatch(step -> step.get("preference/kl").asDouble() > 0.01);
    assertThat(metrics.get(7).get("preference/margin").asDouble()).isGreaterThan(0.05);
    assertThat(metrics.get(7).get("loss").asDouble()).isLessThan(0.49);
  }

  /** Neither how rows are divided among tasks nor micro-batches change what is learned. */
  @ParameterizedTest
  @ValueSource(strings = {"dpo", "cpo", "kto"})
  void dividesWorkWithoutChangingIt(String loss) throws IOException {
    String data = "data.path=" + (loss.equals("kto") ? labelled : pairs);
    train("one", data, "preference.loss=" + loss, "training.partitions=1", "training.steps=3");
    train(
        "three",
        data,
        "preference.loss=" + loss,
        "training.partitions=3",
        "training.tokens-per-micro-batch=20",
        "training.steps=3");
    List<JsonNode> one = metrics("one");
    List<JsonNode> three = metrics("three");
    for (int step = 0; step < 3; step++) {
      for (String name : List.of("loss", "gradient/norm", "preference/margin")) {
        assertThat(three.get(step).get(name).asDouble())
            .as("%s of step %d", name, step)
            .isCloseTo(one.get(step).get(name).asDouble(), within(1e-5));
      }
    }
  }

  /** A run that stopped between two checkpoints replays the steps behind the older one. */
  @ParameterizedTest
  @ValueSource(strings = {"dpo", "kto"})
  void goesOnWithTheSameBits(String loss) throws IOException {
    String[] options = {
      "data.path=" + (loss.equals("kto") ? labelled : pairs),
      "preference.loss=" + loss,
      "training.epochs=2",
      "training.mini-batches=2",
      "checkpoint.every=2"
    };
    train("whole", with(options, "training.steps=5"));
    train("stopped", with(options, "training.steps=3"));
    deleteTree(directory.resolve("stopped/checkpoints/00000002"));
    Path commit = directory.resolve("stopped/commits/00000002.json");
    assertThat(commit).exists();
    train("stopped", with(options, "training.steps=5"));
    assertThat(weights("stopped")).isEqualTo(weights("whole"));
    assertThat(metrics("stopped")).hasSize(5);
  }

  /** Each group's best and worst completion make a pair; the groups of equal rewards make none. */
  @Test
  void learnsFromPairsOfRollouts() throws IOException {
    String[] options = {
      "data.path=null",
      "data.prompts=[a, bc, def, gh]",
      "preference.pairs=rollouts",
      "preference.beta=0.5",
      "rollout.prompts-per-step=4",
      "rollout.group-size=6",
      "rollout.max-new-tokens=6",
      "rollout.temperature=0.9",
      "reward.components=[{name: a, type: count, text: a}]",
      "training.mini-batches=2",
      "checkpoint.every=5"
    };
    train("whole", with(options, "training.steps=12"));
    List<JsonNode> metrics = metrics("whole");
    JsonNode first = metrics.get(0);
    int pairs = (int) first.get("samples/included").asDouble() / 2;
    assertThat(pairs).isBetween(1, 4);
    assertThat(first.get("preference/chosen").asDouble()).isEqualTo(pairs);
    assertThat(first.get("groups/without-variance-share").asDouble()).isEqualTo((4 - pairs) / 4.0);
    assertThat(metrics.get(11).get("reward/mean").asDouble())
        .isGreaterThan(first.get("reward/mean").asDouble() + 0.5);

    train("stopped", with(options, "training.steps=8"));
    deleteTree(directory.resolve("stopped/checkpoints/00000007"));
    train("stopped", with(options, "training.steps=12"));
    assertThat(weights("stopped")).isEqualTo(weights("whole"));
  }

  @Test
  void atTheReferencePairsOfRolloutsHaveNoMargin() throws IOException {
    train(
        "run",
        "data.path=null",
        "data.prompts=[a, bc]",
        "preference.pairs=rollouts",
        "rollout.prompts-per-step=2",
        "rollout.group-size=8",
        "rollout.max-new-tokens=6",
        "rollout.temperature=0.7",
        "reward.components=[{name: a, type: count, text: a}]",
        "training.steps=1");
    JsonNode first = metrics("run").get(0);
    assertThat(first.get("loss").asDouble()).isCloseTo(Math.log(2), within(1e-6));
    assertThat(first.get("preference/margin").asDouble()).isCloseTo(0, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dpo", "kto"})
  void shardsGiveTheSameBits(String loss) throws IOException {
    String[] options = {
      "data.path=" + (loss.equals("kto") ? labelled : pairs),
      "preference.loss=" + loss,
      "training.steps=3"
    };
    train("driver", options);
    train("sharded", with(options, "training.exchange=sharded"));
    assertThat(weights("sharded")).isEqualTo(weights("driver"));
  }

  /** Policy and reference are the same base weights under different adapters. */
  @Test
  void learnsWithAnAdapter() throws IOException {
    train("run", "lora.rank=4", "lora.dropout=0.1", "preference.beta=0.5", "training.steps=8");
    List<JsonNode> metrics = metrics("run");
    assertThat(metrics.get(0).get("preference/margin").asDouble()).isCloseTo(0, within(1e-5));
    assertThat(metrics.get(7).get("preference/margin").asDouble()).isGreaterThan(0.05);
  }

  @Test
  void badRowsAreNamedOrLeftOut() throws IOException {
    Path rows = directory.resolve("rows.jsonl");
    List<String> lines = new ArrayList<>(Files.readAllLines(pairs));
    lines.add(2, "{\"prompt\":\"a\",\"chosen\":\"b\"}");
    lines.add(5, "oops");
    Files.write(rows, lines);
    assertThatThrownBy(() -> train("failed", "data.path=" + rows, "training.steps=1"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(rows + ":3: has no column rejected")
        .hasMessageContaining("data.on-error: skip");
    train("kept", "data.path=" + rows, "data.on-error=skip", "training.steps=2");
    train("clean", "training.steps=2");
    assertThat(weights("kept")).isEqualTo(weights("clean"));
  }

  private static String[] with(String[] options, String more) {
    String[] all = Arrays.copyOf(options, options.length + 1);
    all[options.length] = more;
    return all;
  }

  private void train(String run, String... overrides) {
    List<String> all = new ArrayList<>(List.of("run-dir=" + directory.resolve(run)));
    all.addAll(List.of(overrides));
    String yaml =
        """
        algorithm: dpo
        model: {path: %s}
        data: {path: %s}
        training: {batch-size: 6}
        optimizer: {learning-rate: 1e-2}
        """
            .formatted(model, pairs);
    Console console =
        new Console(
            new PrintStream(PrintStream.nullOutputStream()),
            new PrintStream(PrintStream.nullOutputStream()),
            false);
    new Training(
            spark.context(),
            ConfigLoader.parse(RunConfig.class, "test.yaml", yaml, all),
            new StepLines(console))
        .run();
  }

  private List<JsonNode> metrics(String run) throws IOException {
    List<JsonNode> metrics = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve(run).resolve("metrics.jsonl"))) {
      metrics.add(JSON.readTree(line));
    }
    return metrics;
  }

  /** Those of the last checkpoint. */
  private byte[] weights(String run) throws IOException {
    try (var checkpoints = Files.list(directory.resolve(run).resolve("checkpoints"))) {
      Path last =
          checkpoints
              .filter(PreferenceTrainingTest::isStep)
              .sorted()
              .reduce((first, second) -> second)
              .orElseThrow();
      return Files.readAllBytes(last.resolve("model.safetensors"));
    }
  }

  private static boolean isStep(Path checkpoint) {
    return checkpoint.getFileName().toString().matches("\\d+");
  }

  private static void deleteTree(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
