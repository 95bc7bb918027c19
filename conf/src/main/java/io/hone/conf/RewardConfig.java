package io.hone.conf;

import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;

/** What a completion is worth: the weighted sum of its components. */
@Doc("What a completion is worth: the weighted sum of the scores of its components.")
public record RewardConfig(
    @Doc("The scorers whose scores are added.") List<ComponentConfig> components,
    @Doc("Bounds that mean scores of components have to keep, each with a multiplier that learns.")
        List<ConstraintConfig> constraints)
    implements Validated, Serializable {

  public RewardConfig {
    components = List.copyOf(components);
    constraints = List.copyOf(constraints);
  }

  /** A reward without constraints. */
  public RewardConfig(List<ComponentConfig> components) {
    this(components, List.of());
  }

  /**
   * The component of a name.
   *
   * @throws java.util.NoSuchElementException if there is none
   */
  public ComponentConfig component(String name) {
    return components.stream()
        .filter(component -> component.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The same with other components. */
  public RewardConfig with(List<ComponentConfig> others) {
    return new RewardConfig(others, constraints);
  }

  /**
   * The reward of a step: the weights that schedules have there, as numbers that stay.
   *
   * @param step from 0
   */
  public RewardConfig at(long step) {
    return with(
        components.stream()
            .map(component -> component.withWeight(component.weight().at(step)))
            .toList());
  }

  /**
   * The reward that schedules end with: what evaluations score with, so that those of different
   * steps compare.
   */
  public RewardConfig last() {
    return with(
        components.stream()
            .map(component -> component.withWeight(component.weight().to()))
            .toList());
  }

  /** The first step, if any, at which no component has a weight. */
  OptionalLong firstWithoutWeight() {
    return components.stream()
        .map(ComponentConfig::weight)
        .flatMapToLong(weight -> LongStream.concat(weight.turns(), weight.zero().stream()))
        .sorted()
        .filter(step -> components.stream().allMatch(component -> component.weight().at(step) == 0))
        .findFirst();
  }

  @Override
  public void validate(Problems problems) {
    Map<String, Integer> seen = new HashMap<>();
    for (int index = 0; index < components.size(); index++) {
      String name = components.get(index).name();
      Integer earlier = seen.putIfAbsent(name, index);
      if (earlier != null) {
        problems.add(
            "components[" + index + "].name",
            "'"
                + name
                + "' is the name of components["
                + earlier
                + "] too (expected its own name)");
      }
    }
    Set<String> bounded = new HashSet<>();
    for (int index = 0; index < constraints.size(); index++) {
      String component = constraints.get(index).component();
      String key = "constraints[" + index + "].component";
      if (!seen.containsKey(component)) {
        problems.add(
            key,
            "'" + component + "' is no component " + Suggestions.suggest(component, seen.keySet()));
      } else if (!bounded.add(component)) {
        problems.add(key, "'" + component + "' has a constraint already (expected one each)");
      }
    }
  }
}
