package io.hone.driver.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on an object store. */
class ObjectStoreRunTest {
  private static final Path COMMIT = new Path("s3a://bucket/run/commits/00000000.json");

  @TempDir(factory = MemoryTempDir.class)
  java.nio.file.Path directory;

  private Configuration conf;
  private CommitStore store;

  @BeforeEach
  void open() {
    ObjectStoreFileSystem.ANSWERS_UNTIL_ONE_IS_LOST.set(0);
    conf = ObjectStoreFileSystem.over(directory, true);
    store = CommitStore.of(new Path("s3a://bucket/run"), conf);
  }

  @Test
  void oneOfTwoWritersWinsEveryTime() {
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 1_000; round++) {
        Path file = new Path("s3a://bucket/race/%08d.json".formatted(round));
        List<CompletableFuture<Publication>> writers =
            Stream.of("first", "second")
                .map(
                    content ->
                        CompletableFuture.supplyAsync(
                            () -> store.publish(file, bytes(content), () -> await(start)), threads))
                .toList();

        assertThat(writers.stream().map(CompletableFuture::join))
            .as("round %d", round)
            .containsExactlyInAnyOrder(Publication.PUBLISHED, Publication.TAKEN);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aClosedFenceSendsNothing() {
    assertThatThrownBy(
            () ->
                store.publish(
                    COMMIT,
                    bytes("x"),
                    () -> {
                      throw new IllegalStateException("fenced");
                    }))
        .hasMessage("fenced");
    assertThat(directory.resolve("run/commits/00000000.json")).doesNotExist();
  }

  @Test
  void aLostAnswerIsFoundToBeSuccess() {
    ObjectStoreFileSystem.ANSWERS_UNTIL_ONE_IS_LOST.set(1);

    assertThat(store.publish(COMMIT, bytes("ours"), () -> {})).isEqualTo(Publication.PUBLISHED);
  }

  @Test
  void aStoreWithoutConditionalRequestsIsRefused() {
    Configuration old = ObjectStoreFileSystem.over(directory, false);

    assertThatThrownBy(() -> CommitStore.of(new Path("s3a://bucket/run"), old))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("s3a://bucket/run")
        .hasMessageContaining("no conditional creation")
        .hasMessageContaining("fs.s3a.create.conditional.enabled");
  }

  @Test
  void movesNeverReplace() throws IOException {
    Path one = new Path("s3a://bucket/one/a");
    Path two = new Path("s3a://bucket/two/a");
    store.replace(one, bytes("new"));
    store.replace(two, bytes("old"));

    assertThatThrownBy(() -> store.move(one, two)).hasMessageContaining("is there already");
    assertThatThrownBy(() -> store.move(one.getParent(), two.getParent()))
        .hasMessageContaining("is there already");
    assertThat(store.readIfPresent(two)).hasValue(bytes("old"));
  }

  @Test
  void aRunIsCommittedTakenOverAndResumed() throws IOException {
    TestRun run = new TestRun("s3a://bucket/run", conf);
    RunDirectory killed = run.open();
    for (int step = 0; step < 3; step++) {
      run.step(killed, true);
      killed.deleteOldCheckpoints(1, Set.of());
    }
    killed.beginStep(3).addRollouts(List.of(run.attempt(killed, 3, 0, 1)));
    run.clock.advance(Duration.ofSeconds(31));

    java.nio.file.Path copy;
    try (RunDirectory driver = run.open()) {
      assertThat(driver.committed().completeCheckpoints()).containsExactly(2);
      assertThat(directory.resolve("run/steps/00000003")).doesNotExist();
      run.step(driver, true);
      copy = driver.localCheckpoint(3);
      assertThat(copy.resolve("config.json")).hasContent("{\"step\":3}");
    }
    assertThat(copy).doesNotExist();
    run.committed().verify(3);
    assertThat(Files.readAllLines(directory.resolve("run/metrics.jsonl"))).hasSize(4);
  }

  private static void await(CyclicBarrier start) {
    try {
      start.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
