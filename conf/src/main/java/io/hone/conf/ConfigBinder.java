package io.hone.conf;

/** Makes configuration records out of the tree that was read. */
public final class ConfigBinder {
  private ConfigBinder() {}

  /** Binds a map to a record. */
  public static <R extends Record> R bind(ConfigNode node, Class<R> type) {
    throw new UnsupportedOperationException("not yet: " + type + " from " + node);
  }
}
