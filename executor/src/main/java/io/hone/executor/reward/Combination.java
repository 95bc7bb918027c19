package io.hone.executor.reward;

import java.util.List;

/**
 * Scores the completions of a group by the scores that earlier components gave them. A pure
 * function of the group and of the options it was made with. Safe for use by several threads.
 */
interface Combination {
  /**
   * One score for each member, in their order. A member whose inputs are invalid has an invalid
   * score, unless the combination can do without them; it never counts as a zero for the others.
   */
  List<Score> score(List<Scored> group);

  /** The options of a combination, which name the components that it reads. */
  interface Options {
    /** Names of earlier components, without repetition. */
    List<String> inputs();
  }

  /** A combination that looks at one member at a time. */
  @FunctionalInterface
  interface OfMember extends Combination {
    Score score(Scored member);

    @Override
    default List<Score> score(List<Scored> group) {
      return group.stream().map(this::score).toList();
    }
  }

  /** What a score that needs an invalid one says. */
  static Score missing(String component, Score score) {
    return Score.invalid(component + ": " + score.reason());
  }
}
