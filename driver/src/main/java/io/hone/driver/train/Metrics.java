package io.hone.driver.train;

import io.hone.executor.statistics.Moments;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The numbers of one step, by name and in a fixed order. A name is a path ({@code reward/mean}); a
 * number that does not exist in a step (the mean of nothing) is left out rather than written as
 * zero.
 */
public final class Metrics {
  private static final String COMPONENT = "component/";
  private static final String MEAN = "/mean";

  private final Map<String, Double> values = new LinkedHashMap<>();

  void put(String name, double value) {
    if (!Double.isNaN(value)) {
      values.put(name, value);
    }
  }

  /** Mean and deviation of numbers, if there are any. */
  void put(String name, Moments moments) {
    putMean(name + MEAN, moments);
    if (moments.count() > 0) {
      put(name + "/deviation", moments.deviation());
    }
  }

  /** The mean of numbers, if there are any. */
  void putMean(String name, Moments moments) {
    if (moments.count() > 0) {
      put(name, moments.mean());
    }
  }

  void putAll(Map<String, Double> more) {
    more.forEach(this::put);
  }

  /** All of them. */
  public Map<String, Double> values() {
    return Collections.unmodifiableMap(values);
  }

  /** One of them; NaN where the step has none of that name. */
  public double get(String name) {
    return values.getOrDefault(name, Double.NaN);
  }

  /**
   * Names of the reward's components that the step has a mean score of, in the order of the
   * configuration.
   */
  public Set<String> components() {
    return values.keySet().stream()
        .filter(name -> name.startsWith(COMPONENT) && name.endsWith(MEAN))
        .map(name -> name.substring(COMPONENT.length(), name.length() - MEAN.length()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Mean score of a component; NaN where the step has none. */
  public double componentMean(String component) {
    return get(COMPONENT + component + MEAN);
  }
}
