package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import io.hone.conf.Suggestions;
import io.hone.conf.UserException;
import java.util.List;
import java.util.stream.Stream;

/** All kinds of components: scorers of completions, and combinations of the scores of others. */
final class ComponentTypes {
  private ComponentTypes() {}

  /**
   * What the {@code type} of a component says.
   *
   * @throws UserException if there is no such type
   */
  static ComponentType of(ComponentConfig component) {
    List<ComponentType> types = Stream.concat(builtIn(), ProvidedScorers.types().stream()).toList();
    return types.stream()
        .filter(type -> type.name().equals(component.type()))
        .findFirst()
        .orElseThrow(() -> unknown(component, types));
  }

  private static UserException unknown(ComponentConfig component, List<ComponentType> types) {
    List<String> names = types.stream().map(ComponentType::name).sorted().toList();
    return component
        .options()
        .error(
            "'%s' is no type of component %s"
                .formatted(component.type(), Suggestions.suggest(component.type(), names)));
  }

  /** Those of Hone itself. */
  static Stream<ComponentType> builtIn() {
    return Stream.concat(Scorers.TYPES.stream(), Combinations.TYPES.stream());
  }
}
