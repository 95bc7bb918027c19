package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import io.hone.conf.ConfigBinder;
import io.hone.conf.Suggestions;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of component made of others.
 *
 * @param name as {@code type} in a component of the reward
 * @param options record of its options
 * @param factory makes one of checked options
 */
record CombinationType<O extends Record & Combination.Options>(
    String name, Class<O> options, Function<O, ? extends Combination> factory)
    implements ComponentType {

  @Override
  public boolean comparesPrompts() {
    return Combination.QueryOptions.class.isAssignableFrom(options);
  }

  @Override
  public Combination bind(ComponentConfig component, List<String> earlier) {
    O bound = ConfigBinder.bind(component.options(), options);
    for (String input : bound.inputs()) {
      if (!earlier.contains(input)) {
        throw component
            .options()
            .error(
                "'%s' is no component before '%s' that can be read %s"
                    .formatted(input, component.name(), Suggestions.suggest(input, earlier)));
      }
    }
    Combination combination = factory.apply(bound);
    return query -> guarded(combination, query);
  }

  private List<List<Score>> guarded(Combination combination, List<List<Scored>> query) {
    try {
      return combination.scoreQuery(query);
    } catch (RuntimeException e) {
      Score failure = GuardedScorer.failure(name, e);
      return query.stream().map(group -> Collections.nCopies(group.size(), failure)).toList();
    }
  }
}
