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
  private static final String REPORT = "\\d+ of \\d+ rows.*|\\d+ rows, \\d+ tokens in .*";

  @TempDir private static Path shared;
  private static Path model;
  private static Path prompts;

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
  void isQuietWhileItWorks() throws IOException, InterruptedException {
    Outcome run = hone(directory, generate(output));
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).isNotEmpty().allMatch(line -> line.matches(REPORT));
    assertThat(output).exists();
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(output));
  }

  @Test
  void showsWhatSparkDoesWhenAsked() throws IOException, InterruptedException {
    List<Object> arguments = new ArrayList<>(List.of("--conf", "spark.log.level=INFO"));
    arguments.addAll(Arrays.asList(generate(output)));
    assertThat(hone(directory, arguments.toArray()).err()).contains("INFO DAGScheduler");
  }

  @Test
  void aClusterWritesTheSameBytes() throws IOException, InterruptedException {
    assertThat(hone(directory, generate(output)).status()).isZero();
    Path distributed = directory.resolve("distributed.jsonl");
    List<Object> arguments = new ArrayList<>(List.of("--master", CLUSTER));
    arguments.addAll(Arrays.asList(generate(distributed)));
    Outcome run = hone(directory, arguments.toArray());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(distributed).hasSameBinaryContentAs(output);
  }

  @Test
  void kryoSerializationChangesNothing() throws IOException, InterruptedException {
    assertThat(hone(directory, generate(output)).status()).isZero();
    Path other = directory.resolve("kryo.jsonl");
    List<Object> arguments =
        new ArrayList<>(
            List.of("--conf", "spark.serializer=org.apache.spark.serializer.KryoSerializer"));
    arguments.addAll(Arrays.asList(generate(other)));
    Outcome run = hone(directory, arguments.toArray());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(other).hasSameBinaryContentAs(output);
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
    Outcome run =
        hone(
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
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines().filter(line -> !line.matches(REPORT)).toList())
        .singleElement()
        .asString()
        .startsWith("hone score: ")
        .contains(rows + " row 1");
    assertThat(output).doesNotExist();
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
