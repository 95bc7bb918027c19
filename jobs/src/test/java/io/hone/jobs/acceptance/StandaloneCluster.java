package io.hone.jobs.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A standalone master with two workers of one core, all on loopback. */
final class StandaloneCluster implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final int WORKERS = 2;

  private final List<ChildProcess> daemons = new ArrayList<>();
  private final int port = freePort();
  private final int webPort = freePort();

  private StandaloneCluster() {}

  /**
   * Starts it and waits until both workers are registered.
   *
   * @param directory for logs, and for what the workers keep of applications
   */
  static StandaloneCluster start(Path directory) {
    StandaloneCluster cluster = new StandaloneCluster();
    try {
      cluster.startDaemons(directory);
      return cluster;
    } catch (RuntimeException | Error failure) {
      cluster.close();
      throw failure;
    }
  }

  private void startDaemons(Path directory) {
    ChildProcess master =
        daemon(
            "master",
            directory,
            "--host",
            "127.0.0.1",
            "--port",
            String.valueOf(port),
            "--webui-port",
            String.valueOf(webPort));
    daemons.add(master);
    for (int worker = 0; worker < WORKERS; worker++) {
      daemons.add(
          daemon(
              "worker",
              directory,
              "--host",
              "127.0.0.1",
              "--port",
              "0",
              "--webui-port",
              "0",
              "--cores",
              "1",
              "--memory",
              "2g",
              "--work-dir",
              directory.resolve("worker-" + worker).toString(),
              master()));
    }
    master.awaitUntil("registration of the workers", DEADLINE, () -> aliveWorkers() == WORKERS);
  }

  /** Its address. */
  String master() {
    return "spark://127.0.0.1:" + port;
  }

  /** Ends the daemons. */
  @Override
  public void close() {
    for (int i = daemons.size() - 1; i >= 0; i--) {
      daemons.get(i).close();
    }
  }

  private ChildProcess daemon(String kind, Path directory, String... arguments) {
    String mainClass =
        "org.apache.spark.deploy.%s.%s"
            .formatted(kind, Character.toUpperCase(kind.charAt(0)) + kind.substring(1));
    return ChildProcess.start(
        kind + "-daemon-" + daemons.size(),
        directory,
        EmbeddedHome.java(List.of("-Xmx512m"), mainClass, List.of(arguments)));
  }

  /** What the master says of itself; 0 while it does not answer. */
  private int aliveWorkers() {
    try (InputStream in =
        URI.create("http://127.0.0.1:" + webPort + "/json/").toURL().openStream()) {
      String status = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\s", "");
      for (int workers = WORKERS; workers > 0; workers--) {
        if (status.contains("\"aliveworkers\":" + workers)) {
          return workers;
        }
      }
      return 0;
    } catch (IOException notYet) {
      return 0;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
