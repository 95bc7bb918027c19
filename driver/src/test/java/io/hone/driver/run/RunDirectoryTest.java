package io.hone.driver.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import io.hone.executor.table.TableFile;
import io.hone.executor.table.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir(factory = MemoryTempDir.class)
  Path directory;

  private TestRun run;

  @BeforeEach
  void nameRun() {
    run = new TestRun(directory.resolve("my run"));
  }

  @Test
  void aStepIsWhereTheLayoutSaysAndNothingElseIs() throws IOException {
    try (RunDirectory driver = run.open()) {
      driver.writeRunFile("seed: 7\n");
      run.step(driver, true);
    }

    assertThat(run.files())
        .containsExactly(
            "checkpoints/00000000/config.json",
            "checkpoints/00000000/more/weights",
            "commits/00000000.json",
            "drivers/00000001.json",
            "metrics.jsonl",
            "run.yaml",
            "steps/00000000/metrics.json",
            "steps/00000000/rollouts/part-00000.parquet",
            "steps/00000000/rollouts/part-00001.parquet");
    assertThat(run.root.resolve("run.yaml")).hasContent("seed: 7");
    assertThat(run.root.resolve("checkpoints/00000000/config.json")).hasContent("{\"step\":0}");
  }

  @Test
  void theManifestListsEveryFileOfTheStep() throws IOException {
    try (RunDirectory driver = run.open()) {
      Manifest manifest = run.step(driver, true);

      assertThat(run.committed().manifest(0)).isEqualTo(manifest);
      assertThat(manifest.step()).isZero();
      assertThat(manifest.driverEpoch()).isEqualTo(1);
      assertThat(manifest.policyVersion()).isEqualTo(1);
      assertThat(manifest.weightsFingerprint()).isEqualTo(0xabcL);
      assertThat(manifest.files())
          .extracting(FileEntry::path)
          .containsExactly(
              "checkpoints/00000000/config.json",
              "checkpoints/00000000/more/weights",
              "steps/00000000/metrics.json",
              "steps/00000000/rollouts/part-00000.parquet",
              "steps/00000000/rollouts/part-00001.parquet");
      for (FileEntry file : manifest.files()) {
        assertThat(Files.size(run.root.resolve(file.path()))).isEqualTo(file.length());
      }
    }
    assertThat(Files.readString(run.root.resolve("commits/00000000.json")))
        .contains("\"driver_epoch\" : 1")
        .contains("\"weights_fingerprint\" : \"0000000000000abc\"");
  }

  @Test
  void committedFilesAreFoundInOrderOfPartition() {
    try (RunDirectory driver = run.open()) {
      run.step(driver, false);

      List<org.apache.hadoop.fs.Path> files = run.committed().rollouts(0);
      assertThat(files)
          .extracting(org.apache.hadoop.fs.Path::getName)
          .containsExactly("part-00000.parquet", "part-00001.parquet");
      assertThat(Tables.ADVANTAGES.read(files.get(1), new Configuration(false)))
          .extracting(row -> row.promptId())
          .containsExactly("p1", "p1");
      assertThat(run.committed().advantages(0)).isEmpty();
    }
  }

  @Test
  void losingAttemptsNeverShow() {
    try (RunDirectory driver = run.open()) {
      StepCommit commit = driver.beginStep(0);
      run.attempt(driver, 0, 0, 1);
      TableFile winner = run.attempt(driver, 0, 0, 2);
      run.attempt(driver, 0, 0, 3);

      List<org.apache.hadoop.fs.Path> files = commit.addRollouts(List.of(winner));
      commit.commit(1, 1, Map.of());

      assertThat(run.filesOfSteps())
          .containsExactly(
              "commits/00000000.json",
              "metrics.jsonl",
              "steps/00000000/metrics.json",
              "steps/00000000/rollouts/part-00000.parquet");
      assertThat(Tables.ADVANTAGES.read(files.get(0), new Configuration(false)).get(0).advantage())
          .as("the winner's rows")
          .isEqualTo(2);
    }
  }

  @Test
  void twoWinnersOfAPartitionAreRefused() {
    try (RunDirectory driver = run.open()) {
      StepCommit commit = driver.beginStep(0);
      List<TableFile> files = List.of(run.attempt(driver, 0, 0, 1), run.attempt(driver, 0, 0, 2));

      assertThatThrownBy(() -> commit.addRollouts(files))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("two files of partition 0");
    }
  }

  @Test
  void stepsFollowEachOther() {
    try (RunDirectory driver = run.open()) {
      assertThatThrownBy(() -> driver.beginStep(1)).hasMessageContaining("step 0 is next");
      run.step(driver, false);
      run.step(driver, false);

      assertThat(driver.committed().steps()).isEqualTo(2);
      assertThatThrownBy(() -> driver.beginStep(1)).hasMessageContaining("step 2 is next");
    }
    try (RunDirectory driver = run.open()) {
      assertThat(driver.epoch()).isEqualTo(2);
      assertThat(driver.committed().steps()).isEqualTo(2);
      assertThat(driver.committed().metrics(1)).contains("\"reward/mean\" : 0.25");
    }
  }

  @Test
  void whatWasNotCommittedIsGoneAfterARestart() {
    RunDirectory killed = run.open();
    run.step(killed, true);
    List<String> committed = run.filesOfSteps();
    StepCommit commit = killed.beginStep(1);
    commit.addRollouts(List.of(run.attempt(killed, 1, 0, 1)));
    run.attempt(killed, 1, 1, 2);
    TestRun.writeCheckpoint(commit.checkpointStaging(), 1);
    commit.addCheckpoint();
    run.attempt(killed, 2, 0, 3);
    run.attempt(killed, 0, 0, 4);
    assertThat(run.filesOfSteps()).hasSize(committed.size() + 6);

    try (RunDirectory driver = run.killDrivers().open()) {
      assertThat(run.filesOfSteps()).isEqualTo(committed);
      assertThatCode(() -> run.step(driver, true)).doesNotThrowAnyException();
    }
  }

  @Test
  void aRunInUseIsRefused() {
    RunDirectory first = run.open();

    assertThatThrownBy(run::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("my run")
        .hasMessageContaining("is in use: driver 1");
    assertThatCode(() -> run.step(first, false)).doesNotThrowAnyException();
    first.close();
  }

  @Test
  void aDriverThatWasTakenForDeadCanNoLongerChangeAnything() {
    RunDirectory first = run.open();
    run.step(first, true);
    StepCommit late = first.beginStep(1);
    late.addRollouts(List.of(run.attempt(first, 1, 0, 1)));
    TableFile lateAttempt = run.attempt(first, 1, 1, 2);
    run.clock.advance(Duration.ofSeconds(31));
    try (RunDirectory second = run.open()) {
      assertThatThrownBy(() -> late.commit(2, 2, Map.of())).satisfies(this::isTakenOver);
      run.step(second, true);
      List<String> files = run.filesOfSteps();

      assertThatThrownBy(() -> late.addRollouts(List.of(lateAttempt))).satisfies(this::isTakenOver);
      assertThatThrownBy(() -> late.addAdvantages(List.of())).satisfies(this::isTakenOver);
      assertThatThrownBy(late::addCheckpoint).satisfies(this::isTakenOver);
      assertThatThrownBy(() -> late.commit(2, 2, Map.of())).satisfies(this::isTakenOver);
      assertThatThrownBy(() -> first.beginStep(1)).satisfies(this::isTakenOver);
      assertThatThrownBy(() -> first.deleteOldCheckpoints(1, Set.of()))
          .satisfies(this::isTakenOver);
      assertThatThrownBy(() -> first.writeRunFile("")).satisfies(this::isTakenOver);
      assertThatThrownBy(first::check).satisfies(this::isTakenOver);
      first.close();

      assertThat(run.filesOfSteps().stream().filter(file -> !file.contains("_tmp")))
          .isEqualTo(files);
      run.committed().verify(1);
      assertThat(run.committed().manifest(1).driverEpoch()).isEqualTo(2);
    }
  }

  private void isTakenOver(Throwable failure) {
    assertThat(failure)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("taken over by driver 2");
  }

  @Test
  void aCommitThatIsMissingIsNamed() throws IOException {
    steps(3);
    Files.delete(run.root.resolve("commits/00000001.json"));

    for (Runnable opening : List.<Runnable>of(run::open, run::committed)) {
      assertThatThrownBy(opening::run)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("commits/00000001.json is missing, but 00000002.json is there")
          .hasMessageContaining("delete all later ones");
    }
    assertThat(run.root.resolve("steps/00000002/metrics.json")).as("nothing is deleted").exists();
  }

  @Test
  void aDamagedCommitIsNamed() throws IOException {
    steps(1);
    Path commit = run.root.resolve("commits/00000000.json");
    String whole = Files.readString(commit);

    for (String damaged :
        List.of(
            "",
            "null",
            whole.substring(0, whole.length() / 2),
            whole.replace("\"step\" : 0", "\"step\" : 1"),
            whole.replace("\"policy_version\" : 1", "\"policy_version\" : 1.5"),
            whole.replace("0000000000000abc", "xyz"),
            whole.replace("steps/00000000/metrics.json", "../metrics.json"),
            whole.replace("\"crc32c\"", "\"crc\""),
            whole.replace("\"files\" : [", "\"files\" : 1, \"more\" : ["))) {
      assertThat(damaged).isNotEqualTo(whole);
      Files.writeString(commit, damaged);
      assertThatThrownBy(() -> run.committed().manifest(0))
          .as(damaged)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("commits/00000000.json is damaged")
          .hasMessageContaining("restore it");
      assertThatThrownBy(run::open).isInstanceOf(UserException.class);
    }
    Files.writeString(commit, whole);
    run.open().close();
  }

  @Test
  void damagedFilesOfAStepAreNamed() throws IOException {
    steps(1);
    for (String name : List.of("metrics.json", "rollouts/part-00001.parquet")) {
      Path file = run.root.resolve("steps/00000000/" + name);
      byte[] whole = Files.readAllBytes(file);
      byte[] flipped = whole.clone();
      flipped[whole.length / 2] ^= 1;

      Files.write(file, flipped);
      assertDamaged(name, "has CRC-32C");
      Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
      assertDamaged(name, "has " + (whole.length - 1) + " bytes, not the committed");
      Files.delete(file);
      assertDamaged(name, "is missing");
      Files.write(file, whole);
    }
    run.committed().verify(0);
  }

  private void assertDamaged(String name, String how) {
    for (Runnable opening : List.<Runnable>of(run::open, () -> run.committed().verify(0))) {
      assertThatThrownBy(opening::run)
          .isInstanceOf(UserException.class)
          .hasMessageContaining(name + " of step 0 " + how)
          .hasMessageContaining("delete")
          .hasMessageContaining("commits/00000000.json");
    }
  }

  @Test
  void aDamagedCheckpointIsNamedAndTheOneBeforeWillDo() throws IOException {
    try (RunDirectory driver = run.open()) {
      run.step(driver, true);
      run.step(driver, true);
      run.step(driver, false);
    }
    Path weights = run.root.resolve("checkpoints/00000001/more/weights");
    byte[] flipped = Files.readAllBytes(weights);
    flipped[9] = 1;
    Files.write(weights, flipped);

    assertThatThrownBy(run::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("checkpoints/00000001/more/weights of step 1 has CRC-32C")
        .hasMessageContaining("to go on from the checkpoint before");

    Files.delete(weights);
    try (RunDirectory driver = run.open()) {
      assertThat(driver.committed().latestCheckpoint()).hasValue(0);
    }
  }

  @Test
  void keepsTheNewestCheckpointsAndThoseAskedFor() {
    try (RunDirectory driver = run.open()) {
      assertThat(driver.committed().latestCheckpoint()).isEmpty();
      for (int step = 0; step < 6; step++) {
        run.step(driver, step != 4);
      }
      driver.deleteOldCheckpoints(2, Set.of(1));

      assertThat(driver.committed().completeCheckpoints()).containsExactly(1, 3, 5);
      assertThat(run.root.resolve("checkpoints"))
          .isDirectoryNotContaining("glob:**/0000000{0,2,4}");

      run.step(driver, false);
      driver.deleteOldCheckpoints(1, Set.of());
      assertThat(driver.committed().completeCheckpoints())
          .as("what the run would go on from stays")
          .containsExactly(5);
      assertThatThrownBy(() -> driver.deleteOldCheckpoints(0, Set.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (int step = 0; step < 7; step++) {
      run.committed().verify(step);
    }
  }

  @Test
  void aCheckpointThatWasBeingDeletedDoesNotCount() throws IOException {
    try (RunDirectory driver = run.open()) {
      run.step(driver, true);
      run.step(driver, true);
      Files.delete(run.root.resolve("checkpoints/00000001/config.json"));

      assertThat(driver.committed().latestCheckpoint()).hasValue(0);
      driver.deleteOldCheckpoints(1, Set.of());
      assertThat(driver.committed().completeCheckpoints()).containsExactly(0);
    }
  }

  @Test
  void checkpointsOfLocalRunsAreReadInPlace() {
    try (RunDirectory driver = run.open()) {
      run.step(driver, true);

      assertThat(driver.localCheckpoint(0))
          .isEqualTo(run.root.resolve("checkpoints/00000000"))
          .isDirectoryContaining("glob:**/config.json");
    }
  }

  @Test
  void theJournalHasALineForEachCommittedStep() throws IOException {
    try (RunDirectory driver = run.open()) {
      run.step(driver, false);
      run.step(driver, false);
      driver.beginStep(2);
    }

    assertThat(run.journal())
        .containsExactly("{\"step\":0,\"reward/mean\":0.0}", "{\"step\":1,\"reward/mean\":0.25}");
  }

  @Test
  void theJournalIsRepairedAtTheStart() throws IOException {
    steps(3);
    Path journal = run.root.resolve("metrics.jsonl");
    String whole = Files.readString(journal);
    List<String> lines = whole.lines().toList();
    for (String broken :
        List.of(
            "",
            whole + "{\"step\":3,\"reward/mean\":9}\n",
            whole + lines.get(1) + "\n",
            whole.substring(0, whole.length() - 7),
            lines.get(2) + "\n" + lines.get(0) + "\n",
            "noise\n\n" + whole)) {
      Files.writeString(journal, broken);
      run.open().close();
      assertThat(journal).as(broken).hasContent(whole.stripTrailing());
      assertThat(Files.readString(journal, StandardCharsets.UTF_8)).isEqualTo(whole);
    }
    Files.delete(journal);
    run.open().close();
    assertThat(Files.readString(journal)).isEqualTo(whole);
  }

  @Test
  void numbersThatAreNotFiniteAreTextInTheMetrics() {
    try (RunDirectory driver = run.open()) {
      driver.beginStep(0).commit(1, 1, Map.of("loss", Double.NaN));

      assertThat(driver.committed().metrics(0)).contains("\"loss\" : \"NaN\"");
    }
    run.open().close();
  }

  @Test
  void aDirectoryOfSomethingElseIsLeftAlone() throws IOException {
    Files.createDirectories(run.root);
    Files.writeString(run.root.resolve("thesis.txt"), "mine");

    assertThatThrownBy(run::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("exists and is not a run directory")
        .hasMessageContaining("choose another run-dir");
    assertThat(run.files()).containsExactly("thesis.txt");
  }

  @Test
  void aFileIsNoRunDirectory() throws IOException {
    Files.writeString(run.root, "mine");

    assertThatThrownBy(run::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not a run directory");
    assertThat(run.root).hasContent("mine");
  }

  @Test
  void anEmptyDirectoryBecomesARun() throws IOException {
    Files.createDirectories(run.root);

    run.open().close();

    assertThat(run.committed().steps()).isZero();
  }

  @Test
  void onlyRunsCanBeRead() throws IOException {
    Files.createDirectories(run.root);

    assertThatThrownBy(run::committed)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no run in");
  }

  @Test
  void stepsThatAreNotCommittedCannotBeRead() {
    steps(2);

    assertThatThrownBy(() -> run.committed().rollouts(2))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("step 2 of")
        .hasMessageContaining("it has steps 0 to 1");
    assertThatThrownBy(() -> run.committed().metrics(-1)).isInstanceOf(UserException.class);
  }

  @Test
  void addressesThatAreNoneAreRefused() {
    for (String location : List.of("", "a:b/c", "nowhere://host/run")) {
      assertThatThrownBy(() -> RunDirectory.open(location, new Configuration(false)))
          .as(location)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("run directory");
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenToIsAUserError() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");

    assertThatThrownBy(
            () -> RunDirectory.open(file.resolve("run").toString(), new Configuration(false)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot");
  }

  private void steps(int count) {
    try (RunDirectory driver = run.open()) {
      for (int step = 0; step < count; step++) {
        run.step(driver, false);
      }
    }
  }
}
