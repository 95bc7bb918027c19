package io.hone.driver.train;

/** Told of a run's progress, on the driver's thread. */
public interface StepListener {

  /**
   * The rows to train on were read.
   *
   * @param used how many there are
   * @param skipped how many more were bad, where those are skipped
   * @param leftOut how many more were good, but not wanted
   */
  default void read(long used, long skipped, long leftOut) {}

  /**
   * The run is about to begin or to go on.
   *
   * @param committed steps that were committed before
   * @param replayed how many of them are replayed from their rollouts, for want of a newer
   *     checkpoint
   * @param steps of the whole run
   */
  void started(int committed, int replayed, int steps);

  /** A step was committed. */
  void committed(int step, Metrics metrics);
}
