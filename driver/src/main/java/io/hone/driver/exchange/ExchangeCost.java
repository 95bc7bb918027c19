package io.hone.driver.exchange;

import io.hone.conf.TrainingConfig.Exchange;
import io.hone.kernels.checkpoint.Fingerprint;

/**
 * What an update moves, counted in payload bytes, and how long that takes if the busiest place
 * handles so many bytes a second. With P parameters of 4 bytes, T gradient tasks and E executors:
 *
 * <ul>
 *   <li>driver exchange: the driver takes T gradients in and gives the weights out, 4P (T + 1); an
 *       executor gives its gradients out and takes the weights in, 4P (T/E + 1);
 *   <li>sharded exchange: the driver sees sums and digests of blocks; an executor writes its
 *       gradients to the shuffle and reads its shards' slices of all, writes weights and two
 *       moments of its shards, and reads all weights, 4P (2T/E + 3/E + 1).
 * </ul>
 *
 * What a place handles is what it serialises, copies or sends, also where sender and receiver are
 * one machine.
 *
 * @param parameters numbers exchanged, at least 1
 * @param tasks gradient tasks of the update, at least 1
 * @param executors that take part, at least 1
 */
public record ExchangeCost(long parameters, int tasks, int executors) {
  /** What an empty Spark job takes, in seconds; measured on two cores, 60 to 90 ms. */
  static final double JOB_SECONDS = 0.06;

  public ExchangeCost {
    if (parameters < 1 || tasks < 1 || executors < 1) {
      throw new IllegalArgumentException(
          parameters
              + " parameters, "
              + tasks
              + " tasks, "
              + executors
              + " executors (expected: each >= 1)");
    }
  }

  /** Bytes of the gradients of all tasks. */
  public long gradientBytes() {
    return tasks * vector();
  }

  /** Bytes of the weights, counted once however many executors take them. */
  public long weightBytes() {
    return vector();
  }

  /** Bytes that the driver takes in. */
  public long driverBytesIn(Exchange kind) {
    return switch (kind) {
      case DRIVER -> gradientBytes();
      // A sum of squares and three digests.
      case SHARDED -> 4L * Long.BYTES * Fingerprint.blocks(parameters);
    };
  }

  /** Bytes that the driver gives out. Executors pass a broadcast on, so that once is enough. */
  public long driverBytesOut(Exchange kind) {
    return switch (kind) {
      case DRIVER -> weightBytes();
      case SHARDED -> (long) Long.BYTES * Fingerprint.blocks(parameters);
    };
  }

  /** Bytes that one executor takes in and gives out, storage included, on average. */
  public long executorBytes(Exchange kind) {
    long gradients = gradientBytes() / executors;
    return switch (kind) {
      case DRIVER -> gradients + vector();
      case SHARDED -> 2 * gradients + 3 * vector() / executors + vector();
    };
  }

  /** Bytes at the place that handles most. */
  public long busiestBytes(Exchange kind) {
    return Math.max(driverBytesIn(kind) + driverBytesOut(kind), executorBytes(kind));
  }

  /**
   * Seconds that an update's exchange takes.
   *
   * @param bytesPerSecond that the busiest place handles
   */
  public double seconds(Exchange kind, double bytesPerSecond) {
    return busiestBytes(kind) / bytesPerSecond + jobs(kind) * JOB_SECONDS;
  }

  /**
   * The inverse of {@link #seconds}: what the busiest place handled.
   *
   * @return NaN if the jobs alone account for the time
   */
  public double bytesPerSecond(Exchange kind, double seconds) {
    double moving = seconds - jobs(kind) * JOB_SECONDS;
    return moving > 0 ? busiestBytes(kind) / moving : Double.NaN;
  }

  private static int jobs(Exchange kind) {
    return switch (kind) {
      case DRIVER -> 1;
      case SHARDED -> 2;
    };
  }

  private long vector() {
    return Math.multiplyExact(parameters, (long) Float.BYTES);
  }
}
