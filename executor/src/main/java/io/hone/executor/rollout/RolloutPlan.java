package io.hone.executor.rollout;

import io.hone.conf.RewardConfig;
import io.hone.executor.seed.Seeds;
import io.hone.kernels.model.SamplingSettings;
import java.io.Serializable;
import java.util.List;

/**
 * What every rollout task of a step does alike.
 *
 * @param run identity of the run, which keeps the caches of two runs in one JVM apart
 * @param purpose what the completions are for, which decides their seeds
 * @param seed the run's seed
 * @param step the step, part of the seed of every sample to train on
 * @param groupSize completions of each prompt
 * @param sampling how tokens are drawn
 * @param stopStrings texts that end a completion
 * @param reward how completions are scored
 * @param greedy whether to sample a greedy completion of each prompt too, for a baseline
 * @param returns what the step takes for the returns of tokens
 * @param driverEpoch start number of the driver, part of the names that attempts write under
 * @param table directory of the table that the task writes to; null where rows are not kept
 * @param oldLogprobs whether to compute the trainer's own log-probabilities at these weights:
 *     needed where the step makes more than one update or the reward has a KL penalty
 * @param tokensPerMicroBatch bound of a forward pass, padding included
 */
public record RolloutPlan(
    String run,
    Purpose purpose,
    long seed,
    long step,
    int groupSize,
    SamplingSettings sampling,
    List<String> stopStrings,
    RewardConfig reward,
    boolean greedy,
    RolloutReturns returns,
    long driverEpoch,
    String table,
    boolean oldLogprobs,
    long tokensPerMicroBatch)
    implements Serializable {

  /** What completions are for. */
  public enum Purpose {
    /** To train on: new ones each step. */
    TRAINING,
    /** To measure the policy: the same random numbers at every step. */
    EVALUATION
  }

  /** How the greedy completion is drawn. */
  SamplingSettings greedySampling() {
    return sampling.withTemperature(0);
  }

  /** The seed of one completion. */
  long seed(PromptGroup group, int sample) {
    return switch (purpose) {
      case TRAINING -> Seeds.sample(seed, step, group.promptId(), group.occurrence(), 0, sample);
      case EVALUATION -> Seeds.evaluation(seed, group.promptId(), group.occurrence(), sample);
    };
  }
}
