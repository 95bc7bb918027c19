package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import io.hone.conf.ConfigBinder;
import io.hone.conf.ConfigNode;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of scorer.
 *
 * @param name as {@code type} in a component of the reward
 * @param options record of its options
 * @param factory makes a scorer of checked options
 */
record ScorerType<O extends Record>(
    String name, Class<O> options, Function<O, ? extends Scorer> factory) implements ComponentType {
  Scorer create(ConfigNode written) {
    return new GuardedScorer(name, factory.apply(ConfigBinder.bind(written, options)));
  }

  @Override
  public Combination bind(ComponentConfig component, List<String> earlier) {
    Scorer scorer = create(component.options());
    return (Combination.OfMember) member -> scorer.score(member.sample());
  }
}
