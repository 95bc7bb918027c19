package io.hone.executor.model;

import org.apache.spark.SparkEnv;

/** Who this JVM is to Spark. */
public final class ExecutorIdentity {
  private ExecutorIdentity() {}

  /** Spark's id of this executor; {@code none} outside Spark. */
  public static String current() {
    SparkEnv environment = SparkEnv.get();
    return environment == null ? "none" : environment.executorId();
  }
}
