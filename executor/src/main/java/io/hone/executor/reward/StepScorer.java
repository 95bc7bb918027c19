package io.hone.executor.reward;

import io.hone.conf.ConfigNode;
import io.hone.conf.Doc;
import io.hone.conf.Rest;
import io.hone.conf.Suggestions;
import java.util.List;

/** A scorer inside a component. */
@Doc("A scorer inside a component; all other keys are options of its type.")
record StepScorer(@Doc("Kind of scorer.") String type, @Rest ConfigNode options) {
  /**
   * Makes it.
   *
   * @throws io.hone.conf.UserException if there is no such type or an option does not fit it
   */
  Scorer create() {
    List<ScorerType<?>> types = Scorers.all();
    List<String> names = types.stream().map(ScorerType::name).sorted().toList();
    return types.stream()
        .filter(candidate -> candidate.name().equals(type))
        .findFirst()
        .orElseThrow(
            () ->
                options.error(
                    "'%s' is no type of scorer %s"
                        .formatted(type, Suggestions.suggest(type, names))))
        .create(options);
  }
}
