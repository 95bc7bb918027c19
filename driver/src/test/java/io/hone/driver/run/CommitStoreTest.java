package io.hone.driver.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import io.hone.executor.table.HadoopFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitStoreTest {
  private static final Fence OPEN = () -> {};
  private static final int ROUNDS = 3_000;

  @TempDir(factory = MemoryTempDir.class)
  java.nio.file.Path directory;

  private final Configuration conf = new Configuration(false);
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private CommitStore store;

  @BeforeEach
  void open() {
    store = CommitStore.of(path("."), conf);
  }

  @AfterEach
  void stop() {
    threads.shutdown();
  }

  @Test
  void oneOfTwoWritersWinsEveryTime() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Path file = path("commits/%08d.json".formatted(round));
      List<Publication> outcomes =
          together(
              () -> store.publish(file, bytes("first"), OPEN),
              () -> store.publish(file, bytes("second"), OPEN));

      assertThat(outcomes)
          .as("round %d", round)
          .containsExactlyInAnyOrder(Publication.PUBLISHED, Publication.TAKEN);
      String winner = outcomes.get(0) == Publication.PUBLISHED ? "first" : "second";
      assertThat(local(file)).hasContent(winner);
    }
    assertThat(prepared()).isEmpty();
  }

  /**
   * A driver that takes over writes its epoch, revokes and lists. Whatever its predecessor does
   * meanwhile, no commit appears that the list lacks.
   */
  @Test
  void nothingAppearsBehindTheBackOfTheNextDriver() throws Exception {
    int published = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path file = path("commits/%08d.json".formatted(round));
      int spins = round % 100 * 100;
      AtomicBoolean nextEpoch = new AtomicBoolean();
      AtomicBoolean listed = new AtomicBoolean();
      together(
          () -> {
            try {
              store.publish(file, bytes("first"), () -> requireFalse(nextEpoch));
            } catch (UserException revoked) {
              assertThat(local(file)).doesNotExist();
            }
            return null;
          },
          () -> {
            for (int wait = spins; wait > 0; wait--) {
              Thread.onSpinWait();
            }
            nextEpoch.set(true);
            store.revoke(path("commits"));
            listed.set(Files.exists(local(file)));
            return null;
          });

      assertThat(Files.exists(local(file))).as("round %d", round).isEqualTo(listed.get());
      published += listed.get() ? 1 : 0;
    }
    assertThat(published).as("both orders came up").isBetween(1, ROUNDS - 1);
  }

  @Test
  void whatIsPreparedCannotBePublishedOnceRevoked() {
    Path file = path("commits/00000000.json");

    assertThatThrownBy(
            () -> store.publish(file, bytes("late"), () -> store.revoke(path("commits"))))
        .isInstanceOf(UserException.class);
    assertThat(local(file)).doesNotExist();
  }

  @Test
  void aClosedFenceLeavesNothing() throws IOException {
    Path file = path("commits/00000000.json");

    assertThatThrownBy(
            () ->
                store.publish(
                    file,
                    bytes("x"),
                    () -> {
                      throw new IllegalStateException("fenced");
                    }))
        .hasMessage("fenced");
    assertThat(local(file)).doesNotExist();
    assertThat(prepared()).isEmpty();
  }

  @Test
  void anExistingFileStays() {
    Path file = path("commits/00000000.json");
    store.publish(file, bytes("first"), OPEN);

    assertThat(store.publish(file, bytes("second"), OPEN)).isEqualTo(Publication.TAKEN);
    assertThat(store.publish(file, bytes("first"), OPEN)).isEqualTo(Publication.PUBLISHED);
    assertThat(local(file)).hasContent("first");
  }

  @Test
  void anExceptionAfterPublishingIsFoundToBeSuccess() {
    CommitStore faulty = with(new FailsAfterwards());
    Path file = path("commits/00000000.json");

    assertThat(faulty.publish(file, bytes("ours"), OPEN)).isEqualTo(Publication.PUBLISHED);
    assertThat(local(file)).hasContent("ours");
  }

  @Test
  void anExceptionThatHidesAnotherWriterIsFoundToBeDefeat() {
    Path file = path("commits/00000000.json");
    store.publish(file, bytes("theirs"), OPEN);

    assertThat(with(new FailsBefore()).publish(file, bytes("ours"), OPEN))
        .isEqualTo(Publication.TAKEN);
    assertThat(local(file)).hasContent("theirs");
  }

  @Test
  void anExceptionBeforePublishingIsAUserError() {
    Path file = path("commits/00000000.json");

    assertThatThrownBy(() -> with(new FailsBefore()).publish(file, bytes("ours"), OPEN))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("commits/00000000.json: connection reset")
        .hasMessageContaining("writable");
  }

  @Test
  void anOutcomeThatNobodyCanTellIsSaidSo() throws IOException {
    Configuration unreadable = FaultyFileSystem.failing("open", 1);
    FileSystem fileSystem = HadoopFiles.fileSystem(path("."), unreadable);
    CommitStore faulty = new CommitStore(fileSystem, new FailsAfterwards());
    Path file = path("commits/00000000.json");

    assertThatThrownBy(() -> faulty.publish(file, bytes("ours"), OPEN))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot tell whether")
        .hasMessageContaining("start again");
    assertThat(local(file)).as("never cleaned up").hasContent("ours");
  }

  @Test
  void movesFilesAndDirectoriesToWhereNothingIs() throws IOException {
    Files.createDirectories(directory.resolve("staged"));
    Files.writeString(directory.resolve("staged/a"), "a");
    Files.writeString(directory.resolve("b"), "b");

    store.move(path("staged"), path("deep/target"));
    store.move(path("b"), path("deep/b"));

    assertThat(directory.resolve("deep/target/a")).hasContent("a");
    assertThat(directory.resolve("deep/b")).hasContent("b");
    assertThat(directory.resolve("staged")).doesNotExist();
    assertThat(directory.resolve("b")).doesNotExist();
  }

  @Test
  void movesNeverReplace() throws IOException {
    Files.createDirectories(directory.resolve("one"));
    Files.writeString(directory.resolve("one/a"), "new");
    Files.createDirectories(directory.resolve("two"));
    Files.writeString(directory.resolve("two/a"), "old");

    for (String name : List.of("", "/a")) {
      assertThatThrownBy(() -> store.move(path("one" + name), path("two" + name)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("two")
          .hasMessageContaining(" is there already")
          .hasMessageContaining("another driver");
    }
    assertThat(directory.resolve("one/a")).hasContent("new");
    assertThat(directory.resolve("two/a")).hasContent("old");
  }

  @Test
  void aMoveThatFailsAfterwardsHasHappened() throws IOException {
    Files.writeString(directory.resolve("a"), "a");

    with(new FailsAfterwards()).move(path("a"), path("b"));

    assertThat(directory.resolve("b")).hasContent("a");
    assertThatThrownBy(() -> with(new FailsBefore()).move(path("b"), path("c")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("connection reset");
  }

  @Test
  void replacesWhatIsThere() throws IOException {
    store.replace(path("run.yaml"), bytes("one"));
    store.replace(path("run.yaml"), bytes("two"));

    assertThat(directory.resolve("run.yaml")).hasContent("two");
    assertThat(directory.resolve("_tmp")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://host/run", "gs://bucket/run", "viewfs://host/run", "webhdfs://h/r"})
  void refusesFileSystemsWhereTwoWritersCanWin(String address) {
    assertThatThrownBy(() -> CommitStore.of(new Path(address), conf))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(address)
        .hasMessageContaining("expected file:, hdfs: or s3a:");
  }

  @Test
  void theDefaultFileSystemCountsWhereThePathNamesNone() {
    Configuration other = new Configuration(false);
    other.set("fs.defaultFS", "gs://bucket");

    assertThatThrownBy(() -> CommitStore.of(new Path("/run"), other))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("gs: cannot commit");
  }

  /** A local disk where each operation is done and then reported as failed. */
  private final class FailsAfterwards implements Publisher {
    private final Publisher local = new LocalFiles(store.fileSystem());

    @Override
    public void create(Path file, byte[] content, Fence fence) throws IOException {
      local.create(file, content, fence);
      throw new IOException("connection reset");
    }

    @Override
    public void move(Path source, Path target) throws IOException {
      local.move(source, target);
      throw new IOException("connection reset");
    }

    @Override
    public void replace(Path file, byte[] content) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void revoke(Path revoked) {
      throw new UnsupportedOperationException();
    }
  }

  /** A file system where each operation fails. */
  private static final class FailsBefore implements Publisher {
    @Override
    public void create(Path file, byte[] content, Fence fence) throws IOException {
      throw new IOException("connection reset");
    }

    @Override
    public void move(Path source, Path target) throws IOException {
      throw new IOException("connection reset");
    }

    @Override
    public void replace(Path file, byte[] content) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void revoke(Path revoked) {
      throw new UnsupportedOperationException();
    }
  }

  private CommitStore with(Publisher publisher) {
    return new CommitStore(store.fileSystem(), publisher);
  }

  private static void requireFalse(AtomicBoolean flag) {
    if (flag.get()) {
      throw new UserException("fenced");
    }
  }

  private <T> List<T> together(Callable<T> one, Callable<T> two) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    List<Future<T>> futures = new ArrayList<>();
    for (Callable<T> task : List.of(one, two)) {
      futures.add(
          threads.submit(
              () -> {
                start.await();
                return task.call();
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      results.add(future.get());
    }
    return results;
  }

  private List<java.nio.file.Path> prepared() throws IOException {
    try (Stream<java.nio.file.Path> files = Files.list(directory.resolve("commits/_tmp"))) {
      return files.toList();
    }
  }

  private Path path(String name) {
    return new Path(directory.resolve(name).normalize().toUri());
  }

  private static java.nio.file.Path local(Path path) {
    return LocalFiles.local(path);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
