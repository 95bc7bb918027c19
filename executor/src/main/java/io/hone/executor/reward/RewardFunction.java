package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import io.hone.conf.ComponentConfig.OnInvalid;
import io.hone.conf.RewardConfig;
import io.hone.conf.UserException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reward that a configuration describes: the weighted sum of the scores of its components.
 *
 * <p>An invalid score is not a zero. What it does is the component's {@code on-invalid}:
 *
 * <ul>
 *   <li>{@code drop-sample}: the sample has no reward;
 *   <li>{@code drop-group}: no sample of the group has one;
 *   <li>{@code value}: the component counts with its {@code invalid-value};
 *   <li>{@code skip}: where the whole group lacks the component, the reward is made of the others,
 *       their weights scaled up so that their magnitudes add up to what all of them do. Where only
 *       some samples lack it, leaving it out would be a silent zero for these, so they have no
 *       reward;
 *   <li>{@code fail}: an exception.
 * </ul>
 *
 * <p>A component of weight 0 is only recorded; {@code drop-sample}, {@code value} and {@code skip}
 * mean nothing there. Made anew where it is needed, not serialised. Safe for use by several
 * threads.
 */
public final class RewardFunction {
  private final List<ComponentConfig> components;
  private final Map<String, Scorer> scorers;
  private final WeightedSum sum;

  private RewardFunction(List<ComponentConfig> components, Map<String, Scorer> scorers) {
    this.components = components;
    this.scorers = scorers;
    this.sum = new WeightedSum(components);
  }

  /**
   * Makes the scorers of a configuration whose weights stay: {@link RewardConfig#at} or {@link
   * RewardConfig#last}.
   *
   * @throws UserException if there is no component, one does not fit its type, or none has a weight
   */
  public static RewardFunction of(RewardConfig config) {
    List<ComponentConfig> components = config.components();
    if (components.stream().allMatch(component -> component.weight().value() == 0)) {
      throw new UserException(
          (components.isEmpty()
                  ? "reward.components is empty"
                  : "reward.components: every weight is 0, so there is no reward")
              + " (expected at least one component with a weight, such as"
              + " {name: correct, type: number-match, weight: 1})");
    }
    Map<String, Scorer> scorers = new LinkedHashMap<>();
    for (ComponentConfig component : components) {
      scorers.put(component.name(), Scorers.create(component));
    }
    return new RewardFunction(components, scorers);
  }

  /**
   * Rewards all completions of one prompt at one step.
   *
   * @return one reward for each sample, in their order
   * @throws UserException if a score is invalid and its component says {@code fail}
   */
  public List<Reward> score(List<Sample> group) {
    return sum.rewards(group.stream().map(this::scores).toList());
  }

  private Map<String, Score> scores(Sample sample) {
    Map<String, Score> scores = new LinkedHashMap<>();
    for (ComponentConfig component : components) {
      Score score = scorers.get(component.name()).score(sample);
      if (!score.valid() && component.onInvalid() == OnInvalid.FAIL) {
        throw new UserException(
            "reward component '%s' cannot score a completion of prompt '%s': %s"
                    .formatted(component.name(), sample.promptId(), score.reason())
                + " (its on-invalid is fail; correct the data, or set drop-sample, drop-group, value"
                + " or skip)");
      }
      scores.put(component.name(), score);
    }
    return scores;
  }
}
