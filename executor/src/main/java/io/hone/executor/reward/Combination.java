package io.hone.executor.reward;

import java.util.List;
import java.util.stream.Stream;

/**
 * Scores the completions of a query by the scores that earlier components gave them. A query is one
 * or more groups whose prompts belong together, such as the documents to rank for one question; to
 * most combinations every group is alone. A pure function of the query and of the options it was
 * made with. Safe for use by several threads.
 */
interface Combination {
  /**
   * One score for each member of each group, in their order. A member whose inputs are invalid has
   * an invalid score, unless the combination can do without them; it never counts as a zero for the
   * others.
   */
  List<List<Score>> scoreQuery(List<List<Scored>> query);

  /** The options of a combination, which name the components that it reads. */
  interface Options {
    /** Names of earlier components, without repetition. */
    List<String> inputs();
  }

  /** The options of a combination that compares the completions of several prompts. */
  interface QueryOptions extends Options {}

  /** A combination that looks at one group at a time. */
  interface OfGroup extends Combination {
    List<Score> score(List<Scored> group);

    @Override
    default List<List<Score>> scoreQuery(List<List<Scored>> query) {
      return query.stream().map(this::score).toList();
    }
  }

  /** A combination that looks at one member at a time. */
  @FunctionalInterface
  interface OfMember extends OfGroup {
    Score score(Scored member);

    @Override
    default List<Score> score(List<Scored> group) {
      return group.stream().map(this::score).toList();
    }
  }

  /** All members of a query, group by group. */
  static Stream<Scored> members(List<List<Scored>> query) {
    return query.stream().flatMap(List::stream);
  }

  /** What a score that needs an invalid one says. */
  static Score missing(String component, Score score) {
    return Score.invalid(component + ": " + score.reason());
  }
}
