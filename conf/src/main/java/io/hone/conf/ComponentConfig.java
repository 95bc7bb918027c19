package io.hone.conf;

import java.io.Serializable;
import java.util.Map;

/** One scorer's part in the reward. */
@Doc("One scorer's part in the reward; all other keys are options of its type.")
public record ComponentConfig(
    @Doc("Name in rollouts and metrics.") String name,
    @Doc("Kind of scorer.") String type,
    @Doc("Factor of its score in the reward; 0 only records it.") @Default("1.0")
        NumberSchedule weight,
    @Doc("What happens to a sample whose score could not be computed.") @Default("drop-sample")
        OnInvalid onInvalid,
    @Doc("Score that stands for an invalid one with `on-invalid: value`.") @Default("0.0")
        double invalidValue,
    @Rest ConfigNode options)
    implements Validated, Serializable {

  /** What becomes of a sample with an invalid score. */
  public enum OnInvalid {
    @Doc("the sample counts nowhere: not in the baseline, the loss or a normaliser")
    DROP_SAMPLE,
    @Doc("its whole group is left out")
    DROP_GROUP,
    @Doc("`invalid-value` is its score")
    VALUE,
    @Doc("the component is left out, legal only where the whole group lacks it")
    SKIP,
    @Doc("the run stops")
    FAIL
  }

  /** The same with a weight that stays. */
  ComponentConfig withWeight(double value) {
    return new ComponentConfig(
        name, type, NumberSchedule.constant(value), onInvalid, invalidValue, options);
  }

  /** The same with other numbers as options of its type. */
  public ComponentConfig withOptions(Map<String, Double> numbers) {
    ConfigNode.Mapping changed = (ConfigNode.Mapping) options;
    for (Map.Entry<String, Double> number : numbers.entrySet()) {
      String path = Names.child(changed.path(), number.getKey());
      String text = number.getValue().toString();
      changed =
          changed.with(number.getKey(), new ConfigNode.Scalar(path, Origin.COMPUTED, text, false));
    }
    return new ComponentConfig(name, type, weight, onInvalid, invalidValue, changed);
  }

  @Override
  public void validate(Problems problems) {
    if (invalidValue != 0 && onInvalid != OnInvalid.VALUE) {
      problems.add("invalid-value", "has no effect (expected with on-invalid: value only)");
    }
  }
}
