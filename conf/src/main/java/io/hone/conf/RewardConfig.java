package io.hone.conf;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What a completion is worth: the weighted sum of its components. */
@Doc("What a completion is worth: the weighted sum of the scores of its components.")
public record RewardConfig(
    @Doc("The scorers whose scores are added.") List<ComponentConfig> components)
    implements Validated, Serializable {

  public RewardConfig {
    components = List.copyOf(components);
  }

  /**
   * The reward of a step: the weights that schedules have there, as numbers that stay.
   *
   * @param step from 0
   */
  public RewardConfig at(long step) {
    return new RewardConfig(
        components.stream()
            .map(component -> component.withWeight(component.weight().at(step)))
            .toList());
  }

  /**
   * The reward that schedules end with: what evaluations score with, so that those of different
   * steps compare.
   */
  public RewardConfig last() {
    return new RewardConfig(
        components.stream()
            .map(component -> component.withWeight(component.weight().to()))
            .toList());
  }

  /** The first step, if any, at which no component has a weight. */
  OptionalLong firstWithoutWeight() {
    return components.stream()
        .flatMapToLong(component -> component.weight().turns())
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
  }
}
