package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import io.hone.conf.ConfigBinder;
import io.hone.conf.Suggestions;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

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
  public boolean isRelative(ComponentConfig component, Set<String> relative) {
    O bound = ConfigBinder.bind(component.options(), options);
    return bound instanceof GroupNormalization.Options
        || (!bound.inputs().isEmpty() && relative.containsAll(bound.inputs()));
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
    return guarded(factory.apply(bound));
  }

  /** What throws is an invalid score of those that were looked at together, and of no others. */
  private Combination guarded(Combination combination) {
    if (combination instanceof Combination.OfMember each) {
      return (Combination.OfMember) member -> attempt(() -> each.score(member), score -> score);
    }
    if (combination instanceof Combination.OfGroup each) {
      return (Combination.OfGroup)
          group ->
              attempt(() -> each.score(group), score -> Collections.nCopies(group.size(), score));
    }
    return query ->
        attempt(
            () -> combination.scoreQuery(query),
            score ->
                query.stream().map(group -> Collections.nCopies(group.size(), score)).toList());
  }

  private <T> T attempt(Supplier<T> scores, Function<Score, T> ofFailure) {
    try {
      return scores.get();
    } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
      return ofFailure.apply(GuardedScorer.failure(name, e));
    }
  }
}
