package io.hone.driver.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import io.hone.executor.table.Tables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a real HDFS. */
class HdfsRunTest {
  private static final int ROUNDS = 40;

  @TempDir static java.nio.file.Path directory;
  private static MiniDFSCluster cluster;
  private static FileSystem hdfs;

  @BeforeAll
  static void start() throws IOException {
    Configuration conf = new Configuration();
    conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, directory.toString());
    cluster = new MiniDFSCluster.Builder(conf).numDataNodes(1).build();
    cluster.waitActive();
    hdfs = cluster.getFileSystem();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  @Test
  void oneOfTwoWritersWinsEveryTime() {
    CommitStore store = CommitStore.of(path("/race"), hdfs.getConf());
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        Path file = path("/race/%08d.json".formatted(round));
        List<CompletableFuture<Publication>> writers =
            Stream.of("first", "second")
                .map(
                    content ->
                        CompletableFuture.supplyAsync(
                            () -> store.publish(file, bytes(content), () -> awaitQuietly(start)),
                            threads))
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
  void whatIsPreparedCannotBePublishedOnceRevoked() throws IOException {
    CommitStore store = CommitStore.of(path("/revoked"), hdfs.getConf());
    Path file = path("/revoked/00000000.json");

    assertThatThrownBy(
            () -> store.publish(file, bytes("late"), () -> store.revoke(path("/revoked"))))
        .isInstanceOf(UserException.class);
    assertThat(hdfs.exists(file)).isFalse();
  }

  @Test
  void movesNeverReplace() throws IOException {
    CommitStore store = CommitStore.of(path("/moves"), hdfs.getConf());
    store.replace(path("/moves/one/a"), bytes("new"));
    store.replace(path("/moves/two/a"), bytes("old"));

    for (String name : List.of("", "/a")) {
      assertThatThrownBy(() -> store.move(path("/moves/one" + name), path("/moves/two" + name)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is there already");
    }
    assertThat(store.readIfPresent(path("/moves/two/a"))).hasValue(bytes("old"));
    store.move(path("/moves/one"), path("/moves/deep/three"));
    assertThat(store.readIfPresent(path("/moves/deep/three/a"))).hasValue(bytes("new"));
  }

  @Test
  void aRunIsCommittedTakenOverAndResumed() throws IOException {
    String location = path("/runs/one").toString();
    TestRun run = new TestRun(location, hdfs.getConf());
    RunDirectory killed = run.open();
    killed.writeRunFile("seed: 7\n");
    killed.writeRunFile("seed: 8\n");
    for (int step = 0; step < 3; step++) {
      run.step(killed, true);
      killed.deleteOldCheckpoints(1, Set.of());
    }
    StepCommit late = killed.beginStep(3);
    late.addRollouts(List.of(run.attempt(killed, 3, 0, 1)));
    run.clock.advance(Duration.ofSeconds(31));

    try (RunDirectory driver = run.open()) {
      CommittedRun committed = driver.committed();
      assertThat(committed.steps()).isEqualTo(3);
      assertThat(committed.runFile()).hasValue("seed: 8\n");
      assertThat(committed.completeCheckpoints()).containsExactly(2);
      assertThat(hdfs.exists(committed.layout().step(3))).isFalse();
      assertThatThrownBy(() -> late.commit(9, 9, TestRun.metrics(3)))
          .hasMessageContaining("taken over");
      run.step(driver, true);

      java.nio.file.Path copy = driver.localCheckpoint(3);
      assertThat(copy.resolve("config.json")).hasContent("{\"step\":3}");
      assertThat(copy.resolve("more/weights")).hasBinaryContent(new byte[5_000]);
    }
    CommittedRun committed = run.committed();
    committed.verify(3);
    assertThat(Tables.ADVANTAGES.read(committed.rollouts(3).get(1), hdfs.getConf())).hasSize(2);
    assertThat(
            new String(
                    CommitStore.of(path("/"), hdfs.getConf())
                        .readIfPresent(committed.layout().journal())
                        .orElseThrow(),
                    StandardCharsets.UTF_8)
                .lines())
        .hasSize(4);
  }

  private static void awaitQuietly(CyclicBarrier start) {
    try {
      start.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path path(String path) {
    return new Path(hdfs.getUri().toString() + path);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
