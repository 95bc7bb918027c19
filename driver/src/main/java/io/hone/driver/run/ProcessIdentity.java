package io.hone.driver.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A process on some host.
 *
 * @param host its host's name
 * @param pid its number there
 * @param started when it started, which tells it from a later process of the same number; absent
 *     where the system does not say
 */
record ProcessIdentity(String host, long pid, Optional<Instant> started) {
  /** Start times are derived from the uptime, and clocks are set. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(10);

  static ProcessIdentity current() {
    ProcessHandle self = ProcessHandle.current();
    return new ProcessIdentity(hostName(), self.pid(), self.info().startInstant());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return Optional.ofNullable(System.getenv("HOSTNAME")).orElse("localhost");
    }
  }

  /** Whether the process runs; to be asked on its own host. */
  boolean isAlive() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> !isZombie())
        .filter(process -> startedWhenWeThink(process.info().startInstant()))
        .isPresent();
  }

  private boolean startedWhenWeThink(Optional<Instant> actual) {
    return started.isEmpty()
        || actual.isEmpty()
        || Duration.between(started.get(), actual.get()).abs().compareTo(START_TOLERANCE) < 0;
  }

  /** A killed process whose parent has not asked for its end counts as alive for Java. */
  private boolean isZombie() {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
    } catch (IOException noLinux) {
      return false;
    }
  }
}
