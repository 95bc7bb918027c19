package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;

/** Makes scorers by the name of their type. */
public final class Scorers {
  private Scorers() {}

  /**
   * The scorer of a component, bound to its options.
   *
   * @throws io.hone.conf.UserException if the type is unknown or an option does not fit it
   */
  public static Scorer create(ComponentConfig component) {
    throw new UnsupportedOperationException("not yet: " + component.type());
  }
}
