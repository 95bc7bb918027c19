package io.hone.jobs;

import io.hone.conf.SparkConfig;
import io.hone.jobs.spark.SparkRuntime;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Option;

/** How much of the machine a benchmark may use. */
final class BenchThreads {
  /** What {@code spark-submit} takes where it was told no master. */
  private static final String NO_MASTER = "local[*]";

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "2",
      description =
          "Tasks that the work is divided into, with one thread each; without a --master of Spark, these are the threads"
              + " of this process (default: ${DEFAULT-VALUE}).")
  private int threads;

  /** The number, checked. */
  int count() {
    return Requirements.atLeast("--threads", threads, 1);
  }

  /** Spark on the master that it was given, else on so many threads of this process. */
  SparkRuntime startSpark(String command) {
    boolean own = new SparkConf().get("spark.master", NO_MASTER).equals(NO_MASTER);
    return SparkRuntime.start(
        command,
        new SparkConfig(own ? Optional.of("local[" + count() + "]") : Optional.empty(), Map.of()));
  }
}
