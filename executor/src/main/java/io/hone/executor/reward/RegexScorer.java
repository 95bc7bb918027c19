package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Validated;

/** 1 where a regular expression matches the completion, else 0. */
final class RegexScorer implements Scorer {
  private final TextPattern pattern;
  private final Match match;

  RegexScorer(Options options) {
    this.pattern = TextPattern.compile(options.pattern());
    this.match = options.match();
  }

  @Override
  public Score score(Sample sample) {
    boolean matches =
        switch (match) {
          case SEARCH -> pattern.matchesIn(sample.completion());
          case FULL -> pattern.matchesAll(sample.completion());
        };
    return Score.of(matches ? 1 : 0);
  }

  @Doc("1 where a regular expression matches the completion, else 0.")
  record Options(
      @Doc(
              "Regular expression in the syntax of RE2; `(?s)` lets `.` match line ends, `(?i)` ignores case.")
          String pattern,
      @Doc("How much of the completion the expression has to match.") @Default("search")
          Match match)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
    }
  }

  /** How much has to match. */
  enum Match {
    @Doc("some part of it")
    SEARCH,
    @Doc("all of it")
    FULL
  }
}
