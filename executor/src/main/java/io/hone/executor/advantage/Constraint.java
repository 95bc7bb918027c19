package io.hone.executor.advantage;

import io.hone.executor.reward.Reward;
import io.hone.executor.reward.Score;

/**
 * A component whose own advantage counts beside that of the reward.
 *
 * @param component its name
 * @param sign 1 where more of it is better, -1 where less is
 * @param coefficient of its advantage, from -1 to 1
 */
public record Constraint(String component, int sign, double coefficient) {

  /** A completion as if this component were its reward. */
  ScoredCompletion isolated(ScoredCompletion completion) {
    Reward reward = completion.reward();
    Score score = reward.components().get(component);
    if (!reward.valid()) {
      return completion;
    }
    Reward only =
        score.valid()
            ? new Reward(sign * score.value(), true, "", reward.components())
            : reward.invalidated(component + ": " + score.reason());
    return new ScoredCompletion(
        only,
        only.value(),
        score.valid() ? completion.returns() : Moments.NONE,
        completion.masked());
  }
}
