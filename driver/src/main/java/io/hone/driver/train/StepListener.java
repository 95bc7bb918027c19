package io.hone.driver.train;

/** Told of a run's progress, on the driver's thread. */
public interface StepListener {

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
