package io.hone.driver.train;

import io.hone.driver.exchange.UpdateResult;
import io.hone.driver.run.StepCommit;
import java.util.List;

/** What a step of an algorithm does; the loop around it is the same for all. */
interface StepRunner {

  /**
   * Makes a step: its files go into {@code commit}, its updates into the exchange.
   *
   * @return the metrics of the step, times included
   */
  Metrics run(int step, StepCommit commit);

  /**
   * Makes the updates of a committed step again, from what it committed and without sampling.
   *
   * @return in order
   */
  List<UpdateResult> replay(int step);
}
