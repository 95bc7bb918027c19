package io.hone.executor.advantage;

import java.util.List;

/**
 * Estimates the advantages of all completions of a step. A completion without a valid reward has no
 * advantage and counts in no baseline, deviation or other normaliser; one that is masked has none
 * either, but its reward counts in baselines.
 */
interface Estimator {
  /**
   * The advantages of each group, in the order given.
   *
   * @param groups in the order of the plan, on which the last bits of sums over the step depend
   */
  List<GroupAdvantages> advantages(List<GroupRewards> groups);
}
