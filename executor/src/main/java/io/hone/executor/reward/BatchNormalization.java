package io.hone.executor.reward;

import io.hone.conf.Doc;
import java.util.List;

/**
 * A component's scores relative to those of all completions of the step. Which those are is known
 * once all are scored: until then, the score of the component that it is made of stands here, and
 * {@link BatchRewards} puts the other in its place.
 */
final class BatchNormalization implements Combination.OfMember {
  /** As {@code type} in a component of the reward. */
  static final String TYPE = "batch-normalization";

  private final Options options;

  BatchNormalization(Options options) {
    this.options = options;
  }

  @Override
  public Score score(Scored member) {
    Score score = member.score(options.of());
    return score.valid()
        ? Score.of(score.value(), score.confidence())
        : Combination.missing(options.of(), score);
  }

  @Doc(
      "A component's score relative to those of all completions of the step, or of the file that is scored: (score -"
          + " mean) / sample deviation, 0 where they are all the same. It is known once all are scored, so that no"
          + " combination can read it; in the rows of rollouts stand the score it is made of and the reward with that, in"
          + " the rows of advantages the reward with this.")
  record Options(@Doc("Name of a component before this one.") String of)
      implements Combination.Options {
    @Override
    public List<String> inputs() {
      return List.of(of);
    }
  }
}
