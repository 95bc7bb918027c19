package io.hone.executor.rollout;

/** Wall-clock time between laps; for reports only, nothing computed depends on it. */
public final class Stopwatch {
  private long last = System.nanoTime();

  /** Seconds since the last lap, or since the start. */
  public double lap() {
    long now = System.nanoTime();
    double seconds = (now - last) * 1e-9;
    last = now;
    return seconds;
  }
}
