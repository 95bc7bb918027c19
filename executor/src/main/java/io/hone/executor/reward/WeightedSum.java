package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import io.hone.conf.ComponentConfig.OnInvalid;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the scores of a group its rewards: the weighted sum, and what invalid scores do to it. */
final class WeightedSum {
  private final List<ComponentConfig> components;

  WeightedSum(List<ComponentConfig> components) {
    this.components = List.copyOf(components);
  }

  /**
   * The rewards of one group.
   *
   * @param group for each sample, the score of each component by name
   */
  List<Reward> rewards(List<Map<String, Score>> group) {
    Optional<String> dropped = dropReason(group);
    if (dropped.isPresent()) {
      return group.stream().map(scores -> Reward.invalid(dropped.get(), scores)).toList();
    }
    List<ComponentConfig> applicable =
        components.stream().filter(component -> !isSkipped(component, group)).toList();
    double remaining = magnitude(applicable);
    if (remaining == 0) {
      String reason = "no component with a weight applies to this group";
      return group.stream().map(scores -> Reward.invalid(reason, scores)).toList();
    }
    double scale = magnitude(components) / remaining;
    return group.stream().map(scores -> reward(applicable, scale, scores)).toList();
  }

  private static Reward reward(
      List<ComponentConfig> applicable, double scale, Map<String, Score> scores) {
    double sum = 0;
    float[] perToken = null;
    for (ComponentConfig component : applicable) {
      Score score = scores.get(component.name()).countedIn(component);
      // A component without weight is there to be recorded; that it failed changes no reward.
      if (component.weight().value() == 0) {
        continue;
      }
      if (!score.valid()) {
        return Reward.invalid(component.name() + ": " + score.reason(), scores);
      }
      double weight = component.weight().value();
      sum += weight * score.value();
      perToken = TokenShares.plus(perToken, score.perToken(), weight * scale);
    }
    double value = sum * scale;
    return Double.isFinite(value)
        ? Reward.of(value, scores, perToken)
        : Reward.invalid("the weighted sum is " + value, scores);
  }

  private Optional<String> dropReason(List<Map<String, Score>> group) {
    for (ComponentConfig component : components) {
      for (int index = 0; index < group.size(); index++) {
        Score score = group.get(index).get(component.name());
        if (!score.valid() && component.onInvalid() == OnInvalid.DROP_GROUP) {
          return Optional.of(
              "group dropped: " + component.name() + " of sample " + index + ": " + score.reason());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isSkipped(ComponentConfig component, List<Map<String, Score>> group) {
    return component.onInvalid() == OnInvalid.SKIP
        && group.stream().noneMatch(scores -> scores.get(component.name()).valid());
  }

  private static double magnitude(List<ComponentConfig> components) {
    return components.stream().mapToDouble(component -> Math.abs(component.weight().value())).sum();
  }
}
