package io.hone.conf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies that cannot change, for what {@link Map#copyOf} would put out of order. */
final class Immutable {
  private Immutable() {}

  static <V> Map<String, V> map(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
