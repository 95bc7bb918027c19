package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import io.hone.executor.statistics.Moments;
import java.util.List;

/**
 * A component's scores relative to those of all steps before. A pure function of its options, like
 * any other: the driver puts the numbers of a step into them ({@link RunningStatistics}).
 */
final class RunningNormalization implements Combination.OfMember {
  /** As {@code type} in a component of the reward. */
  static final String TYPE = "running-normalization";

  private final Options options;

  RunningNormalization(Options options) {
    this.options = options;
  }

  @Override
  public Score score(Scored member) {
    Score score = member.score(options.of());
    return score.valid()
        ? Score.of(options.statistic().of(score.value(), options), score.confidence())
        : Combination.missing(options.of(), score);
  }

  @Doc(
      "A component's score relative to those of all completions of the run's steps before, which checkpoints of a run"
          + " hold. At first, and in `hone score`, the numbers given here stand for them.")
  record Options(
      @Doc("Name of a component before this one.") String of,
      @Doc("What the score becomes.") @Default("standard-score") Statistic statistic,
      @Doc("Mean at first.") @Default("0") double mean,
      @Doc("Deviation at first.") @Default("1") @Range(min = 0) double deviation,
      @Doc("Least score at first.") @Default("0") double minimum,
      @Doc("Greatest score at first.") @Default("1") double maximum)
      implements Combination.Options, Validated {
    @Override
    public List<String> inputs() {
      return List.of(of);
    }

    @Override
    public void validate(Problems problems) {
      if (maximum < minimum) {
        problems.add("maximum", maximum + " is less than minimum: " + minimum);
      }
    }
  }

  /** What a score becomes. */
  enum Statistic {
    @Doc("(score - mean) / sample deviation, 0 where they were all the same")
    STANDARD_SCORE {
      @Override
      double of(double value, Options seen) {
        return Moments.standardScore(value, seen.mean(), seen.deviation(), 0);
      }
    },
    @Doc(
        "0 for the least score so far or less, 1 for the greatest or more, between them in proportion")
    MIN_MAX {
      @Override
      double of(double value, Options seen) {
        if (value <= seen.minimum()) {
          return 0;
        }
        return value >= seen.maximum()
            ? 1
            : (value - seen.minimum()) / (seen.maximum() - seen.minimum());
      }
    };

    abstract double of(double value, Options seen);
  }
}
