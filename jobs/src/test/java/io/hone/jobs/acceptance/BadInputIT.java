package io.hone.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * What users get wrong when they train: each has one message that names the thing and the fix, exit
 * status 2, and leaves nothing half-written.
 */
class BadInputIT {
  /** What a run says while nothing is wrong: the arithmetic of the configuration, and steps. */
  private static final String PROGRESS = "\\d+ .*|step \\d.*";

  private Path directory;
  private Path run;

  @BeforeEach
  void makeDirectory(TestInfo test) {
    directory =
        EmbeddedHome.workDirectory("bad-input-" + test.getTestMethod().orElseThrow().getName());
    run = directory.resolve("run");
  }

  @Test
  void anUnknownConfigurationKey() {
    refuses(
        train("rollout.max-new-token=4"),
        "rollout.max-new-token: unknown key (did you mean 'max-new-tokens'?)");
  }

  @Test
  void aValueOutOfRange() {
    refuses(
        train("rollout.top-p=1.5"), "rollout.top-p: 1.5 is out of range (expected > 0 and <= 1)");
  }

  @Test
  void aMissingCheckpoint() {
    refuses(
        train("model.path=" + directory.resolve("absent")),
        directory.resolve("absent") + " is not a directory",
        "expected a Hugging Face checkpoint directory");
  }

  @Test
  void aTruncatedCheckpoint() throws IOException {
    Path model = Files.createDirectory(directory.resolve("model"));
    try (Stream<Path> files = Files.list(EmbeddedHome.model())) {
      for (Path file : files.toList()) {
        Files.write(model.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
    Path weights = model.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, Arrays.copyOf(bytes, bytes.length / 2));
    refuses(
        train("model.path=" + model), weights.toString(), "the file is truncated, copy it again");
  }

  @Test
  void aLineThatIsNotJson() throws IOException {
    Path data = data("{\"prompt\":\"Tom\"}", "Tom had a dog.");
    refuses(trainOn(data), data + ":2: ", "is not a JSON object");
  }

  @Test
  void aRowThatLacksTheColumn() throws IOException {
    Path data = data("{\"text\":\"Tom\"}");
    refuses(trainOn(data), data + ":1: has no column prompt (its columns are text)");
  }

  @Test
  void anEmptyDataSet() throws IOException {
    Path data = data();
    refuses(trainOn(data), data + ": has no usable row");
  }

  @Test
  void aPromptLongerThanTheContext() throws IOException {
    Path data = data("{\"prompt\":\"%s\"}".formatted("a big dog ".repeat(500)));
    refuses(trainOn(data), data + ":1: the prompt has ", "expected at most 511");
  }

  @Test
  void aRunOfAnotherConfiguration() throws IOException {
    Path other = ReferenceRun.SHORT.contents().directory();
    Map<Path, Long> before = files(other);
    refuses(
        ReferenceRun.SHORT.command().with("seed=7"),
        other,
        other + ": holds a run with another configuration: seed was 0 and is 7",
        "expected the same, or another run-dir");
    assertThat(files(other)).containsAllEntriesOf(before);
  }

  @Test
  void aDirectoryThatIsNoRun() throws IOException {
    Files.createDirectory(run);
    Path precious = Files.writeString(run.resolve("precious.txt"), "precious");
    refuses(train(), run, run + " exists and is not a run directory");
    assertThat(files(run)).containsOnlyKeys(precious);
  }

  @Test
  void aRunDirectoryBelowAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "precious");
    refuses(train(), file.resolve("run"), "cannot write file:" + file + "/run/", "Not a directory");
    assertThat(file).hasContent("precious");
  }

  @Test
  void aReadOnlyDisk() {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "4m", "ro")) {
      refuses(
          train(),
          disk.directory().resolve("run"),
          "cannot write file:" + disk.directory() + "/run/",
          "Read-only file system");
      assertThat(disk.directory()).isEmptyDirectory();
    }
  }

  /**
   * The disk is full when the first checkpoint is written. With more room the run goes on as if
   * nothing had been.
   */
  @Test
  void aFullDisk() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "2m", "rw")) {
      RunContents full = new RunContents(disk.directory().resolve("run"));
      TrainCommandLine command = ReferenceRun.SHORT.command();
      refuses(command, full.directory(), "No space left on device", "enough space");
      assertThat(full.steps()).isZero();
      assertThat(files(full.directory()).keySet())
          .noneMatch(file -> file.toString().matches(".*/(_tmp|checkpoints|commits)/.*"));

      disk.resize("64m");
      command.complete(full.directory());
      full.requireSame(ReferenceRun.SHORT.contents(), ReferenceRun.SHORT.steps());
    }
  }

  private TrainCommandLine train(String... overrides) {
    return TrainCommandLine.shortRun().with(overrides);
  }

  private TrainCommandLine trainOn(Path data) {
    return train("data.prompts=null", "data.path=" + data);
  }

  private void refuses(TrainCommandLine command, String... parts) {
    refuses(command, run, parts);
    assertThat(run).doesNotExist();
  }

  private void refuses(TrainCommandLine command, Path runDirectory, String... parts) {
    ChildProcess.Outcome outcome;
    try (ChildProcess driver = command.start(runDirectory, directory)) {
      outcome = driver.await(TrainCommandLine.DEADLINE);
    }
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    List<String> messages = outcome.err().lines().filter(line -> !line.matches(PROGRESS)).toList();
    assertThat(messages).singleElement().asString().startsWith("hone train: ").contains(parts);
  }

  private Path data(String... lines) throws IOException {
    return Files.write(directory.resolve("data.jsonl"), List.of(lines));
  }

  /** The files below a directory, with the times of their last changes. */
  private static Map<Path, Long> files(Path root) {
    Map<Path, Long> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(path, Files.getLastModifiedTime(path).toMillis());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return files;
  }
}
