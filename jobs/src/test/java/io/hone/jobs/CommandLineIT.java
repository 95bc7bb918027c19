package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands as users run them: {@code bin/hone} on the embedded Spark, in processes of their own.
 */
class CommandLineIT {
  private static final Path HONE = Path.of(System.getProperty("hone.root"), "bin/hone");
  private static final String CLUSTER = "local-cluster[2,1,1024]";
  private static final String REPORT =
      "\\d+ of \\d+ rows?, .*|\\d+ of \\d+ rows? \\(.*|\\d+ rows, \\d+ tokens in .*";

  @TempDir private static Path shared;
  private static Path model;
  private static Path prompts;
  private static Path generated;
  private static Outcome generating;

  @TempDir private Path directory;
  private Path output;

  private record Outcome(int status, String out, String err) {}

  @BeforeAll
  static void makeModel() throws IOException, InterruptedException {
    model = shared.resolve("model");
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 40; row++) {
      rows.add("{\"prompt\":\"%s\"}".formatted("ab".repeat(row % 5 + 1)));
    }
    prompts = Files.write(shared.resolve("prompts.jsonl"), rows);
    Outcome made =
        hone(shared, "init-model", "--arch", "qwen3", "--hidden-size", 32, "--output", model);
    assertThat(made.status()).as(made.err()).isZero();
    Path outputs = Files.createDirectory(shared.resolve("outputs"));
    generated = outputs.resolve("output.jsonl");
    generating = hone(outputs, generate(generated));
  }

  @BeforeEach
  void nameOutput() {
    output = directory.resolve("output.jsonl");
  }

  @Test
  void printsWhatWasAskedForAndNothingElse() throws IOException, InterruptedException {
    Outcome version = hone(directory, "--version");
    assertThat(version.status()).isZero();
    assertThat(version.out()).startsWith("hone ").contains("Spark ", "libtorch ");
    assertThat(version.err()).isEmpty();
  }

  @Test
  void isQuietWhileItWorks() {
    assertThat(generating.status()).as(generating.err()).isZero();
    assertThat(generating.out()).isEmpty();
    assertThat(generating.err().lines()).isNotEmpty().allMatch(line -> line.matches(REPORT));
    assertThat(generated).exists();
    assertThat(generated.getParent()).isDirectoryNotContaining(path -> !path.equals(generated));
  }

  @Test
  void aClusterWritesTheSameBytes() throws IOException, InterruptedException {
    Outcome run = hone(directory, with(generate(output), "--master", CLUSTER));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(output).hasSameBinaryContentAs(generated);
  }

  /**
   * Kryo in place of Java's serialisation, which changes nothing, and a log that shows what Spark
   * does.
   */
  @Test
  void optionsOfSparkReachIt() throws IOException, InterruptedException {
    Outcome run =
        hone(
            directory,
            with(
                generate(output),
                "--conf",
                "spark.serializer=org.apache.spark.serializer.KryoSerializer",
                "--conf",
                "spark.log.level=INFO"));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.err()).contains("INFO DAGScheduler");
    assertThat(output).hasSameBinaryContentAs(generated);
  }

  private Outcome scoreOnCluster(Path reward, Path rows) throws IOException, InterruptedException {
    return hone(
        directory,
        "--master",
        CLUSTER,
        "score",
        "--reward",
        reward,
        "--input",
        rows,
        "--output",
        output);
  }

  /** Their libraries share some with Spark, whose versions they get. */
  @Test
  void expressionsSchemasAndQueriesWorkBesideSpark() throws IOException, InterruptedException {
    Path reward =
        Files.writeString(
            directory.resolve("reward.yaml"),
            """
            components:
              - {name: form, type: json-schema, schema: '{"type": "array", "items": {"pattern": "^[ab]+$"}}'}
              - {name: part, type: expression, of: [form], expression: 'scores.form + double(row.level) / 4.0'}
              - {name: query, type: sql, pattern: '"(.*)"'}
            """);
    Path rows =
        Files.writeString(
            directory.resolve("rows.jsonl"),
            """
            {"prompt":"","completion":"[\\"ab\\"]","level":1,"answer":"SELECT a FROM t","tables":{"t":[{"a":7}]}}
            {"prompt":"","completion":"[\\"c\\"]","level":2,"answer":"SELECT a FROM t","tables":{"t":[{"a":7}]}}
            {"prompt":"","completion":"[\\"SELECT 7\\"]","level":4,"answer":"SELECT a FROM t","tables":{"t":[{"a":7}]}}
            """);
    Outcome run = scoreOnCluster(reward, rows);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(JsonFiles.rows(output))
        .extracting(row -> row.get("reward").doubleValue())
        .containsExactly(2.25, 0.5, 2.0);
  }

  /** Spark would retry what a task throws and log every stack trace. */
  @Test
  void aTasksUserErrorIsOneMessageOnAClusterToo() throws IOException, InterruptedException {
    Path reward =
        Files.writeString(
            directory.resolve("reward.yaml"),
            "components:\n  - {name: n, type: number-match, reference: answer, on-invalid: fail}\n");
    Path rows =
        Files.writeString(
            directory.resolve("rows.jsonl"),
            "{\"prompt\":\"\",\"completion\":\"1\",\"answer\":\"none\"}\n");
    Outcome run = scoreOnCluster(reward, rows);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines().filter(line -> !line.matches(REPORT)).toList())
        .singleElement()
        .asString()
        .startsWith("hone score: ")
        .contains(rows + " row 1");
    assertThat(output).doesNotExist();
  }

  @Test
  void aTasksUserErrorEndsATrainingWithItsMessage() throws IOException, InterruptedException {
    Path config =
        Files.writeString(
            directory.resolve("run.yaml"),
            """
            run-dir: %s
            model: {path: %s}
            data: {prompts: [ab, ba]}
            rollout: {prompts-per-step: 2, group-size: 2, max-new-tokens: 4}
            reward:
              components:
                - {name: n, type: number-match, reference: absent, on-invalid: fail}
            """
                .formatted(directory.resolve("run"), model));
    Outcome run = hone(directory, "--master", CLUSTER, "train", config);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .contains("hone train: reward component 'n'", "absent")
        .doesNotContain("ERROR", "WARN", "Exception", "\tat ");
  }

  @Test
  void badInputEndsWithStatusTwoAndOneMessage() throws IOException, InterruptedException {
    Files.writeString(output, "precious");
    Outcome run = hone(directory, generate(output));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo(
            "hone generate: "
                + output
                + ": exists already (expected a new file; remove it or choose another name)\n");
    assertThat(output).hasContent("precious");
  }

  private static Object[] generate(Path output) {
    return new Object[] {
      "generate", "--model", model, "--prompts", prompts, "--output", output, "--max-new-tokens", 8
    };
  }

  private static Object[] with(Object[] command, Object... options) {
    List<Object> arguments = new ArrayList<>(Arrays.asList(options));
    arguments.addAll(Arrays.asList(command));
    return arguments.toArray();
  }

  private static Outcome hone(Path directory, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(HONE.toString()));
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    Path logs = Files.createTempDirectory(shared, "process");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(logs.resolve("out").toFile())
            .redirectError(logs.resolve("err").toFile());
    builder.environment().remove("SPARK_HOME");
    // Workers of a local cluster keep their files in the current directory otherwise.
    builder.environment().put("SPARK_WORKER_DIR", logs.resolve("work").toString());
    Process process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException("still running after five minutes: " + command);
    }
    return new Outcome(
        process.exitValue(),
        Files.readString(logs.resolve("out")),
        Files.readString(logs.resolve("err")));
  }
}
