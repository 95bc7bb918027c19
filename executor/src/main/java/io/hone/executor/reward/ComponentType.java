package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import java.util.List;
import java.util.Set;

/** A kind of component: what {@code type} says. */
sealed interface ComponentType permits ScorerType, CombinationType {
  /** As {@code type} in a component of the reward. */
  String name();

  /** Whether it looks at the completions of several prompts, those of one query. */
  default boolean comparesPrompts() {
    return false;
  }

  /**
   * Whether its scores say nothing but how completions of a group compare.
   *
   * @param relative names of the components before it whose scores are
   */
  default boolean isRelative(ComponentConfig component, Set<String> relative) {
    return false;
  }

  /** Record of its options. */
  Class<? extends Record> options();

  /**
   * Binds a component to its options.
   *
   * @param earlier names of the components before it
   * @throws io.hone.conf.UserException if an option does not fit
   */
  Combination bind(ComponentConfig component, List<String> earlier);
}
