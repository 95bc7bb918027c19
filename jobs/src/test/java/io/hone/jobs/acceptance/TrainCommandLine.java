package io.hone.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A {@code hone train} to be started, again and again if wanted.
 *
 * @param jvm options of the driver's JVM
 * @param master of Spark
 * @param properties of Spark
 * @param config file or recipe
 * @param overrides key=value; of one key the last
 */
record TrainCommandLine(
    List<String> jvm,
    String master,
    Map<String, String> properties,
    String config,
    List<String> overrides) {
  /** A hundred times what it takes: a bound for what hangs, not a measure. */
  static final Duration DEADLINE = Duration.ofMinutes(15);

  /** Executors that come late would leave the first step to the early ones. */
  private static final Map<String, String> ALL_EXECUTORS =
      Map.of(
          "spark.scheduler.minRegisteredResourcesRatio", "1.0",
          "spark.scheduler.maxRegisteredResourcesWaitingTime", "120s",
          "spark.executor.extraJavaOptions", "-Djava.io.tmpdir=" + EmbeddedHome.temporary());

  private static final AtomicInteger STARTED = new AtomicInteger();

  /** The three steps of {@code short-run.yaml} on local[2]. */
  static TrainCommandLine shortRun() {
    return of(resource("short-run.yaml"));
  }

  /** The recipe stories-dog on local[2]. */
  static TrainCommandLine dog() {
    return of("stories-dog");
  }

  /** The recipe stories-clip-delta on local[2]. */
  static TrainCommandLine stepShaping() {
    return of("stories-clip-delta");
  }

  private static TrainCommandLine of(String config) {
    return new TrainCommandLine(List.of("-Xmx2g"), "local[2]", Map.of(), config, List.of());
  }

  TrainCommandLine on(String other) {
    return new TrainCommandLine(jvm, other, properties, config, overrides);
  }

  TrainCommandLine withJvm(String... options) {
    return new TrainCommandLine(List.of(options), master, properties, config, overrides);
  }

  TrainCommandLine withSpark(String key, String value) {
    Map<String, String> more = new TreeMap<>(properties);
    more.put(key, value);
    return new TrainCommandLine(jvm, master, more, config, overrides);
  }

  TrainCommandLine with(String... more) {
    List<String> all = new ArrayList<>(overrides);
    all.addAll(Arrays.asList(more));
    return new TrainCommandLine(jvm, master, properties, config, all);
  }

  /** Starts it; its output lies beside the run directory. */
  ChildProcess start(Path runDirectory) {
    return start(runDirectory, runDirectory.getParent());
  }

  /** Starts it with its output in a directory of the caller's choice. */
  ChildProcess start(Path runDirectory, Path logs) {
    List<String> arguments = new ArrayList<>(List.of("--master", master));
    Map<String, String> conf = new TreeMap<>(ALL_EXECUTORS);
    conf.putAll(properties);
    conf.forEach((key, value) -> arguments.addAll(List.of("--conf", key + "=" + value)));
    arguments.addAll(List.of("--class", "io.hone.jobs.Hone", "spark-internal", "train", config));
    arguments.add("model.path=" + EmbeddedHome.model());
    arguments.addAll(overrides);
    arguments.add("run-dir=" + runDirectory);
    return ChildProcess.start(
        "train-" + STARTED.incrementAndGet(),
        logs,
        EmbeddedHome.java(jvm, "org.apache.spark.deploy.SparkSubmit", arguments));
  }

  /** Starts it, waits for its end and expects it to end well. */
  RunContents complete(Path runDirectory) {
    try (ChildProcess driver = start(runDirectory)) {
      ChildProcess.Outcome outcome = driver.await(DEADLINE);
      assertThat(outcome.status()).as(outcome.err()).isZero();
      return new RunContents(runDirectory);
    }
  }

  private static String resource(String name) {
    try {
      return Path.of(TrainCommandLine.class.getResource(name).toURI()).toString();
    } catch (URISyntaxException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
