package io.hone.driver.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.conf.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverLeaseTest {
  private static final ProcessIdentity FIRST =
      new ProcessIdentity("alpha", 10, Optional.of(Instant.EPOCH));
  private static final ProcessIdentity NEIGHBOUR =
      new ProcessIdentity("alpha", 11, Optional.of(Instant.EPOCH));
  private static final ProcessIdentity STRANGER =
      new ProcessIdentity("beta", 10, Optional.of(Instant.EPOCH));

  @TempDir Path directory;
  private final MutableClock clock = new MutableClock();
  private RunLayout layout;
  private CommitStore store;
  private boolean firstIsAlive = true;

  @BeforeEach
  void open() {
    layout = new RunLayout(new org.apache.hadoop.fs.Path(directory.toUri()));
    store = CommitStore.of(layout.root(), new Configuration(false));
  }

  @Test
  void theFirstDriverHasEpochOneAndSaysWhoItIs() throws IOException {
    DriverLease lease = acquire(FIRST);

    assertThat(lease.epoch()).isEqualTo(1);
    lease.check();
    assertThat(Files.readString(directory.resolve("drivers/00000001.json")))
        .contains("\"epoch\" : 1")
        .contains("\"host\" : \"alpha\"")
        .contains("\"pid\" : 10")
        .contains("\"started\" : \"2026-01-01T00:00:00Z\"")
        .contains("\"heartbeat\" : \"2026-01-01T00:00:00Z\"");
  }

  @Test
  void aNewcomerIsRefusedWhileTheHeartbeatIsYoung() {
    acquire(FIRST);
    clock.advance(Duration.ofMillis(29_999));

    for (ProcessIdentity newcomer : List.of(NEIGHBOUR, STRANGER)) {
      assertThatThrownBy(() -> acquire(newcomer))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(directory.getFileName().toString())
          .hasMessageContaining("driver 1 (process 10 on host alpha)")
          .hasMessageContaining("29 s ago")
          .hasMessageContaining("choose another run-dir");
    }
  }

  @Test
  void aNewcomerTakesOverWhenTheHeartbeatIsOld() {
    DriverLease first = acquire(FIRST);
    clock.advance(Duration.ofSeconds(30));

    DriverLease second = acquire(STRANGER);

    assertThat(second.epoch()).isEqualTo(2);
    second.check();
    assertThatThrownBy(first::check)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("taken over by driver 2 (process 10 on host beta)");
  }

  @Test
  void heartbeatsKeepNewcomersOut() {
    DriverLease first = acquire(FIRST);
    for (int beat = 0; beat < 10; beat++) {
      clock.advance(DriverLease.HEARTBEAT);
      first.beat();
    }
    clock.advance(Duration.ofSeconds(29));

    assertThatThrownBy(() -> acquire(STRANGER)).hasMessageContaining("29 s ago");
  }

  @Test
  void aDeadProcessOfTheSameHostIsNoObstacle() {
    acquire(FIRST);
    firstIsAlive = false;

    assertThat(acquire(NEIGHBOUR).epoch()).isEqualTo(2);
  }

  @Test
  void whetherAProcessOfAnotherHostIsDeadCannotBeTold() {
    acquire(FIRST);
    firstIsAlive = false;

    assertThatThrownBy(() -> acquire(STRANGER)).isInstanceOf(UserException.class);
  }

  @Test
  void aDriverThatGaveTheRunBackIsNoObstacle() {
    DriverLease first = acquire(FIRST);
    first.close();
    first.beat();

    assertThat(acquire(STRANGER).epoch()).as("beats after its end do not count").isEqualTo(2);
  }

  @Test
  void aDriverThatWasTakenForDeadDoesNotDisturbItsSuccessor() {
    DriverLease first = acquire(FIRST);
    clock.advance(Duration.ofSeconds(31));
    DriverLease second = acquire(STRANGER);

    first.beat();
    first.close();

    second.check();
    assertThatThrownBy(() -> acquire(NEIGHBOUR)).hasMessageContaining("driver 2");
  }

  @Test
  void aHeartbeatOfTheFutureIsYoung() {
    acquire(FIRST);
    clock.advance(Duration.ofHours(-1));

    assertThatThrownBy(() -> acquire(STRANGER)).isInstanceOf(UserException.class);
  }

  @Test
  void oneOfTwoNewcomersWins() throws InterruptedException {
    acquire(FIRST);
    for (int round = 0; round < 200; round++) {
      clock.advance(Duration.ofSeconds(31));
      AtomicInteger winners = new AtomicInteger();
      AtomicInteger refused = new AtomicInteger();
      CyclicBarrier start = new CyclicBarrier(2);
      List<Thread> newcomers =
          IntStream.range(0, 2)
              .mapToObj(
                  number ->
                      new Thread(
                          () -> {
                            try {
                              start.await();
                              acquire(new ProcessIdentity("h" + number, 1, Optional.empty()));
                              winners.incrementAndGet();
                            } catch (UserException e) {
                              refused.incrementAndGet();
                            } catch (Exception e) {
                              throw new IllegalStateException(e);
                            }
                          }))
              .toList();
      newcomers.forEach(Thread::start);
      for (Thread newcomer : newcomers) {
        newcomer.join();
      }
      assertThat(winners).as("round %d", round).hasValue(1);
      assertThat(refused).as("round %d", round).hasValue(1);
    }
  }

  @Test
  void aDamagedRecordIsNamed() throws IOException {
    acquire(FIRST);
    Path file = directory.resolve("drivers/00000001.json");
    for (String damaged : List.of("", "{", "[]", "{\"epoch\": 1}", "{\"epoch\": \"one\"}")) {
      Files.writeString(file, damaged);
      assertThatThrownBy(() -> acquire(STRANGER))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("drivers/00000001.json is damaged")
          .hasMessageContaining("delete the file if no driver is at work");
    }
  }

  @Test
  void aHeartbeatThatCannotBeWrittenIsAUserError() {
    DriverLease lease = acquire(FIRST);
    CommitStore full =
        CommitStore.of(layout.root(), FaultyFileSystem.failing(FaultyFileSystem.ANY, 1));

    assertThatThrownBy(
            () ->
                DriverLease.acquire(
                    full,
                    new RunLayout(new org.apache.hadoop.fs.Path(layout.root(), "other")),
                    clock,
                    FIRST,
                    process -> true))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("No space left on device");
    lease.check();
  }

  @Test
  void thisProcessIsAlive() {
    ProcessIdentity self = ProcessIdentity.current();

    assertThat(self.pid()).isEqualTo(ProcessHandle.current().pid());
    assertThat(self.host()).isNotBlank();
    assertThat(self.isAlive()).isTrue();
  }

  @Test
  void aLaterProcessOfTheSameNumberIsAnother() {
    ProcessIdentity self = ProcessIdentity.current();
    assumeTrue(self.started().isPresent(), "the system does not say when processes start");

    ProcessIdentity earlier =
        new ProcessIdentity(
            self.host(), self.pid(), self.started().map(start -> start.minusSeconds(3_600)));

    assertThat(earlier.isAlive()).isFalse();
  }

  @Test
  void aProcessThatHasEndedIsDead() throws Exception {
    Process process = new ProcessBuilder("true").start();
    ProcessIdentity identity = new ProcessIdentity("here", process.pid(), Optional.empty());
    process.waitFor();

    assertThat(identity.isAlive()).isFalse();
  }

  @Test
  void aKilledProcessThatNobodyAskedForIsDead() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")), "no /proc");
    // The shell becomes a process that knows of no child and so never asks how it ended.
    Process parent = new ProcessBuilder("sh", "-c", "cat & echo $!; exec sleep 60").start();
    try (BufferedReader out = parent.inputReader(StandardCharsets.US_ASCII)) {
      long pid = Long.parseLong(out.readLine());
      ProcessIdentity identity = new ProcessIdentity("here", pid, Optional.empty());
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      Path stat = Path.of("/proc/" + pid + "/stat");
      while (Files.exists(stat) && !Files.readString(stat).contains(") Z ")) {
        Thread.onSpinWait();
      }

      assertThat(identity.isAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }

  private DriverLease acquire(ProcessIdentity process) {
    return DriverLease.acquire(
        store, layout, clock, process, other -> firstIsAlive || !other.equals(FIRST));
  }
}
