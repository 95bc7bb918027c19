package io.hone.executor.reward;

/**
 * A kind of scorer from another jar. List the class that implements this in the jar's {@code
 * META-INF/services/io.hone.executor.reward.ScorerProvider}, and put the jar where the driver and
 * all executors load classes from. Its options are bound and documented as those of Hone's own
 * scorers are: see {@link io.hone.conf.Doc}, {@link io.hone.conf.Default} and {@link
 * io.hone.conf.Range}. It needs a public constructor without parameters.
 *
 * @param <O> record of the options, one component for each
 */
public interface ScorerProvider<O extends Record> {
  /** As {@code type} in a component of the reward: lower-case words joined by hyphens. */
  String type();

  /** Record of the options. */
  Class<O> options();

  /**
   * Makes a scorer. What it throws at a completion becomes an invalid score.
   *
   * @param options as the configuration has them
   */
  Scorer create(O options);
}
