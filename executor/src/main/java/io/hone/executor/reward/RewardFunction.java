package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import io.hone.conf.ComponentConfig.OnInvalid;
import io.hone.conf.RewardConfig;
import io.hone.conf.UserException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The reward that a configuration describes: the weighted sum of the scores of its components,
 * which are scorers of completions and combinations of the scores of components before them.
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
 * <p>A component of weight 0 is only recorded and there for later ones; {@code drop-sample} and
 * {@code skip} mean nothing there. Made anew where it is needed, not serialised. Safe for use by
 * several threads.
 */
public final class RewardFunction {
  private final List<ComponentConfig> components;
  private final Map<String, Combination> bound;
  private final boolean comparesPrompts;
  private final boolean relative;
  private final WeightedSum sum;

  private RewardFunction(
      List<ComponentConfig> components,
      Map<String, Combination> bound,
      boolean comparesPrompts,
      Set<String> relative) {
    this.components = components;
    this.bound = bound;
    this.comparesPrompts = comparesPrompts;
    this.relative =
        components.stream()
            .filter(component -> component.weight().value() != 0)
            .allMatch(component -> relative.contains(component.name()));
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
    Map<String, Combination> bound = new LinkedHashMap<>();
    ComponentTypes types = ComponentTypes.load();
    List<String> readable = new ArrayList<>();
    boolean comparesPrompts = false;
    Set<String> relative = new HashSet<>();
    for (ComponentConfig component : components) {
      ComponentType type = types.of(component);
      bound.put(component.name(), type.bind(component, readable));
      comparesPrompts |= type.comparesPrompts();
      if (BatchRewards.isNormalized(component) || type.isRelative(component, relative)) {
        relative.add(component.name());
      }
      if (!BatchRewards.isNormalized(component)) {
        readable.add(component.name());
      }
    }
    return new RewardFunction(components, bound, comparesPrompts, relative);
  }

  /** Whether a component looks at the completions of several prompts, those of one query. */
  public boolean comparesPrompts() {
    return comparesPrompts;
  }

  /**
   * Whether all that counts is how completions of a group or step compare, so that the mean reward
   * says nothing.
   */
  public boolean isRelative() {
    return relative;
  }

  /**
   * Rewards all completions of one prompt at one step, which is a query of its own.
   *
   * @return one reward for each sample, in their order
   * @throws UserException if a score is invalid and its component says {@code fail}
   */
  public List<Reward> score(List<Sample> group) {
    return scoreQuery(List.of(group)).get(0);
  }

  /**
   * Rewards all completions of the prompts of one query at one step.
   *
   * @param query a group for each prompt
   * @return one reward for each sample of each group, in their order
   * @throws UserException if a score is invalid and its component says {@code fail}
   */
  public List<List<Reward>> scoreQuery(List<List<Sample>> query) {
    List<List<Map<String, Score>>> scores = new ArrayList<>();
    List<List<Scored>> seen = new ArrayList<>();
    for (List<Sample> group : query) {
      scores.add(group.stream().map(sample -> RewardFunction.<Score>table()).toList());
      seen.add(group.stream().map(sample -> new Scored(sample, table())).toList());
    }
    for (ComponentConfig component : components) {
      List<List<Score>> found = bound.get(component.name()).scoreQuery(seen);
      for (int group = 0; group < query.size(); group++) {
        for (int member = 0; member < query.get(group).size(); member++) {
          Score score = found.get(group).get(member);
          requireValid(component, score, query.get(group).get(member));
          scores.get(group).get(member).put(component.name(), score);
          seen.get(group).get(member).scores().put(component.name(), score.countedIn(component));
        }
      }
    }
    return scores.stream().map(sum::rewards).toList();
  }

  private static <V> Map<String, V> table() {
    return new LinkedHashMap<>();
  }

  private static void requireValid(ComponentConfig component, Score score, Sample sample) {
    if (!score.valid() && component.onInvalid() == OnInvalid.FAIL) {
      throw new UserException(
          "reward component '%s' cannot score a completion of prompt '%s': %s"
                  .formatted(component.name(), sample.promptId(), score.reason())
              + " (its on-invalid is fail; correct the data, or set drop-sample, drop-group, value"
              + " or skip)");
    }
  }
}
