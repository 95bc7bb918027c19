package io.hone.driver.run;

import io.hone.conf.UserException;
import io.hone.executor.table.StorageFailures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to a run directory, held by the driver with the highest epoch.
 *
 * <p>A driver takes the next epoch by creating its record, which one of several newcomers wins, and
 * renews its heartbeat from then on. A newcomer leaves a driver alone whose heartbeat is young,
 * unless its process is known to be dead. A driver that was taken for dead finds the higher epoch
 * at its next {@link #check} and stops.
 */
final class DriverLease implements AutoCloseable {
  static final Duration HEARTBEAT = Duration.ofSeconds(5);
  static final Duration EXPIRY = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(DriverLease.class);
  private static final Pattern RECORD = Pattern.compile("(\\d{8,18})\\.json");

  private final CommitStore store;
  private final RunLayout layout;
  private final Clock clock;
  private final ScheduledExecutorService heartbeats =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "hone-driver-heartbeat");
            thread.setDaemon(true);
            return thread;
          });
  private DriverRecord record;

  private DriverLease(CommitStore store, RunLayout layout, Clock clock, DriverRecord record) {
    this.store = store;
    this.layout = layout;
    this.clock = clock;
    this.record = record;
  }

  /**
   * Takes the next epoch.
   *
   * @param isAlive whether a process of our own host runs
   * @throws UserException if another driver is at work on the run
   */
  static DriverLease acquire(
      CommitStore store,
      RunLayout layout,
      Clock clock,
      ProcessIdentity self,
      Predicate<ProcessIdentity> isAlive) {
    while (true) {
      OptionalLong newest = newestEpoch(store, layout);
      if (newest.isPresent()) {
        requireGone(store, layout, newest.getAsLong(), clock.instant(), self, isAlive);
      }
      long epoch = newest.orElse(0) + 1;
      Instant now = clock.instant();
      DriverRecord record = new DriverRecord(epoch, self, now, now, false);
      if (store.publish(layout.driver(epoch), record.toJson(), () -> {}) == Publication.PUBLISHED) {
        return new DriverLease(store, layout, clock, record);
      }
      // Another newcomer was faster; its heartbeat is young.
    }
  }

  private static void requireGone(
      CommitStore store,
      RunLayout layout,
      long epoch,
      Instant now,
      ProcessIdentity self,
      Predicate<ProcessIdentity> isAlive) {
    DriverRecord other = read(store, layout, epoch);
    if (other.stopped() || !other.isYoungerThan(EXPIRY, now)) {
      return;
    }
    ProcessIdentity process = other.process();
    if (process.host().equals(self.host()) && !isAlive.test(process)) {
      return;
    }
    throw new UserException(
        "%s is in use: driver %d (process %d on host %s) gave a sign of life at %s, %d s ago. Expected none for %d s: stop that driver, wait, or choose another run-dir"
            .formatted(
                layout.root(),
                epoch,
                process.pid(),
                process.host(),
                other.heartbeat(),
                Duration.between(other.heartbeat(), now).toSeconds(),
                EXPIRY.toSeconds()));
  }

  /** Renews the heartbeat from now on, on a thread of its own. */
  void keepAlive() {
    long seconds = HEARTBEAT.toSeconds();
    Future<?> unused =
        heartbeats.scheduleWithFixedDelay(this::beatQuietly, seconds, seconds, TimeUnit.SECONDS);
  }

  long epoch() {
    return record.epoch();
  }

  /**
   * Fails if a newer driver has taken the run over.
   *
   * @throws UserException if so; this driver must stop
   */
  void check() {
    long newest = newestEpoch(store, layout).orElse(0);
    if (newest <= record.epoch()) {
      return;
    }
    ProcessIdentity winner = read(store, layout, newest).process();
    throw new UserException(
        "%s was taken over by driver %d (process %d on host %s), since this one, driver %d, had given no sign of life for %d s. This one stops; what it had not committed is lost to it"
            .formatted(
                layout.root(),
                newest,
                winner.pid(),
                winner.host(),
                record.epoch(),
                EXPIRY.toSeconds()));
  }

  /** Renews the heartbeat. */
  synchronized void beat() {
    if (!record.stopped()) {
      record = record.beating(clock.instant());
      store.replace(layout.driver(record.epoch()), record.toJson());
    }
  }

  private void beatQuietly() {
    try {
      beat();
    } catch (RuntimeException e) {
      // The next one may succeed; if none does, a newcomer takes over and the next check says so.
      LOG.warn("Heartbeat of driver {} failed: {}", record.epoch(), e.getMessage());
    }
  }

  /** Gives the run back, so that the next driver need not wait. */
  @Override
  public synchronized void close() {
    heartbeats.shutdownNow();
    if (!record.stopped()) {
      record = record.stopping(clock.instant());
      store.replace(layout.driver(record.epoch()), record.toJson());
    }
  }

  private static DriverRecord read(CommitStore store, RunLayout layout, long epoch) {
    Path file = layout.driver(epoch);
    try {
      Optional<byte[]> bytes = store.readIfPresent(file);
      return DriverRecord.parse(file, bytes.orElseThrow(() -> new FileNotFoundException()));
    } catch (IOException e) {
      throw StorageFailures.cannotRead(file, e);
    }
  }

  private static OptionalLong newestEpoch(CommitStore store, RunLayout layout) {
    try {
      return Stream.of(store.fileSystem().listStatus(layout.drivers()))
          .map(FileStatus::getPath)
          .map(Path::getName)
          .map(RECORD::matcher)
          .filter(Matcher::matches)
          .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
          .max();
    } catch (FileNotFoundException e) {
      return OptionalLong.empty();
    } catch (IOException e) {
      throw StorageFailures.cannotRead(layout.drivers(), e);
    }
  }
}
