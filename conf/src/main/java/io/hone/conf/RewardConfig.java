package io.hone.conf;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a completion is worth: the weighted sum of its components. */
@Doc("What a completion is worth: the weighted sum of the scores of its components.")
public record RewardConfig(
    @Doc("The scorers whose scores are added.") List<ComponentConfig> components)
    implements Validated, Serializable {

  public RewardConfig {
    components = List.copyOf(components);
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
