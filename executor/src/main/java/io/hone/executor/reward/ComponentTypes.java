package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import io.hone.conf.Suggestions;
import io.hone.conf.UserException;
import java.util.List;
import java.util.stream.Stream;

/** All kinds of components: scorers of completions, and combinations of the scores of others. */
final class ComponentTypes {
  private final List<ComponentType> types;

  private ComponentTypes(List<ComponentType> types) {
    this.types = types;
  }

  /**
   * Those of Hone, and those of other jars, for which it searches the class path.
   *
   * @throws UserException if one of another jar cannot be loaded
   */
  static ComponentTypes load() {
    return new ComponentTypes(Stream.concat(builtIn(), ProvidedScorers.types().stream()).toList());
  }

  /**
   * What the {@code type} of a component says.
   *
   * @throws UserException if there is no such type
   */
  ComponentType of(ComponentConfig component) {
    return types.stream()
        .filter(type -> type.name().equals(component.type()))
        .findFirst()
        .orElseThrow(() -> unknown(component));
  }

  private UserException unknown(ComponentConfig component) {
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
