package io.hone.driver.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The numbers of one step, by name and in a fixed order. A name is a path ({@code reward/mean}); a number that does not exist
 * in a step (the mean of nothing) is left out rather than written as zero.
 */
public final class Metrics {
  private final Map<String, Double> values = new LinkedHashMap<>();

  void put(String name, double value) {
    if (!Double.isNaN(value)) {
      values.put(name, value);
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
}
