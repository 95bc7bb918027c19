package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Validated;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The score of the component that the row's task type asks for. */
final class Route implements Combination.OfMember {
  private final Options options;

  Route(Options options) {
    this.options = options;
  }

  @Override
  public Score score(Scored member) {
    Object type = member.sample().columns().get(options.by());
    if (type == null) {
      return Score.invalid(
          "column '%s' is missing or null (expected one of %s)"
              .formatted(options.by(), options.routes().keySet()));
    }
    String component =
        Optional.ofNullable(options.routes().get(type.toString()))
            .or(options::otherwise)
            .orElse(null);
    if (component == null) {
      return Score.invalid(
          "column '%s' is '%s' (expected one of %s)"
              .formatted(options.by(), type, options.routes().keySet()));
    }
    Score score = member.score(component);
    return score.valid() ? score : Combination.missing(component, score);
  }

  @Doc(
      "The score of the component that a column of the row asks for, such as its task type. A row of an"
          + " unknown type is invalid, not worth zero.")
  record Options(
      @Doc("Column that decides.") @Default("task_type") String by,
      @Doc("For each value of the column, the component that counts.") Map<String, String> routes,
      @Doc("Component for all other values.") Optional<String> otherwise)
      implements Combination.Options, Validated {
    Options {
      routes = new TreeMap<>(routes);
    }

    @Override
    public List<String> inputs() {
      return Stream.concat(routes.values().stream(), otherwise.stream()).distinct().toList();
    }

    @Override
    public void validate(Problems problems) {
      if (routes.isEmpty()) {
        problems.add("routes", "is empty (expected a component for each value of the column)");
      }
    }
  }
}
