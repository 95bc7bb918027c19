package io.hone.executor.advantage;

import io.hone.conf.ComponentConfig;
import io.hone.conf.ComponentConfig.OnInvalid;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.Score;
import io.hone.executor.statistics.Moments;

/**
 * A component whose own advantage counts beside that of the reward.
 *
 * @param component that it is
 * @param sign 1 where more of it is better, -1 where less is
 * @param coefficient of its advantage
 * @param shared whether the coefficient, from -1 to 1, is a share of the whole, so that the
 *     reward's advantage counts with what is left; else that counts in full
 */
public record Constraint(ComponentConfig component, int sign, double coefficient, boolean shared) {

  /** Whether a group has the component at all, or may skip it. */
  boolean appliesTo(GroupRewards group) {
    return component.onInvalid() != OnInvalid.SKIP
        || group.completions().stream().anyMatch(completion -> score(completion).valid());
  }

  /** A group as if this component were its reward. */
  GroupRewards isolated(GroupRewards group) {
    return new GroupRewards(
        group.completions().stream().map(this::isolated).toList(), group.greedyReward());
  }

  private ScoredCompletion isolated(ScoredCompletion completion) {
    Reward reward = completion.reward();
    if (!reward.valid()) {
      return completion;
    }
    Score score = score(completion);
    Reward only =
        score.valid()
            ? new Reward(sign * score.value(), true, "", reward.components())
            : reward.invalidated(component.name() + ": " + score.reason());
    return new ScoredCompletion(
        only,
        only.value(),
        score.valid() ? completion.returns() : Moments.NONE,
        completion.masked());
  }

  private Score score(ScoredCompletion completion) {
    return completion.reward().components().get(component.name()).countedIn(component);
  }
}
