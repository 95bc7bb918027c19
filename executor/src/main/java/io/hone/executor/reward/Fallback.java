package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import java.util.List;

/**
 * A rule where it is sure of itself, else the next component, such as a model or a metric: the
 * hybrid reward of HARMO (paper 48) as REWARDS.md states it.
 */
final class Fallback implements Combination.OfMember {
  private final Options options;

  Fallback(Options options) {
    this.options = options;
  }

  @Override
  public Score score(Scored member) {
    Score first = member.score(options.of().get(0));
    Score second = member.score(options.of().get(1));
    if (!first.valid() && !second.valid()) {
      return Score.invalid(
          "%s: %s; %s: %s"
              .formatted(
                  options.of().get(0), first.reason(), options.of().get(1), second.reason()));
    }
    return switch (options.mode()) {
      case HARD -> hard(first, second);
      case SOFT -> soft(first, second);
    };
  }

  private Score hard(Score first, Score second) {
    boolean sure = first.valid() && first.confidence() >= options.confidence();
    return sure || !second.valid() ? first : second;
  }

  private static Score soft(Score first, Score second) {
    if (!first.valid()) {
      return second;
    }
    if (!second.valid()) {
      return first;
    }
    double share = first.confidence();
    return new Score(
        share * first.value() + (1 - share) * second.value(),
        Math.max(first.confidence(), second.confidence()),
        true,
        "",
        TokenShares.plus(
            TokenShares.plus(null, first.perToken(), share), second.perToken(), 1 - share));
  }

  @Doc(
      "The first of two components where it is confident, else the second, such as a metric or a model"
          + " where a rule found no answer. Where one of them is invalid the other counts; where both are, the"
          + " score is.")
  record Options(
      @Doc("Names of two components before this one.") List<String> of,
      @Doc("Least confidence at which the first counts, with `mode: hard`.")
          @Default("0.5")
          @Range(min = 0, max = 1)
          double confidence,
      @Doc("How the two are weighed.") @Default("hard") Mode mode)
      implements Combination.Options, Validated {
    Options {
      of = List.copyOf(of);
    }

    @Override
    public List<String> inputs() {
      return of;
    }

    @Override
    public void validate(Problems problems) {
      if (of.size() != 2 || of.get(0).equals(of.get(1))) {
        problems.add("of", "is " + of + " (expected two different components)");
      }
      if (mode == Mode.SOFT && confidence != 0.5) {
        problems.add("confidence", "has no effect (expected with mode: hard only)");
      }
    }
  }

  /** How the two are weighed. */
  enum Mode {
    @Doc("one or the other")
    HARD,
    @Doc("confidence x first + (1 - confidence) x second")
    SOFT
  }
}
