package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A penalty for wrong completions whose length is far from that of the group's right ones. The
 * published HARMO (paper 48) says no more than that the penalty uses the correct completions of the
 * group and targets short wrong answers; the formula is Hone's, from REWARDS.md B4.
 */
final class LengthPenalty implements Combination.OfGroup {
  private final Options options;

  LengthPenalty(Options options) {
    this.options = options;
  }

  @Override
  public List<Score> score(List<Scored> group) {
    List<Scored> valid = group.stream().filter(this::isValid).toList();
    OptionalDouble mean = valid.stream().filter(this::isRight).mapToInt(this::length).average();
    boolean tells =
        mean.isPresent() && mean.getAsDouble() > 0 && !valid.stream().allMatch(this::isRight);
    return group.stream()
        .map(
            member -> {
              if (!isValid(member)) {
                return Combination.missing(options.of(), member.score(options.of()));
              }
              return Score.of(
                  tells && !isRight(member) ? 0 - penalty(length(member) / mean.getAsDouble()) : 0);
            })
        .toList();
  }

  private double penalty(double ratio) {
    return options.maximum() * options.direction().excess(ratio);
  }

  private boolean isValid(Scored member) {
    return member.score(options.of()).valid();
  }

  private boolean isRight(Scored member) {
    return member.score(options.of()).value() >= options.threshold();
  }

  private int length(Scored member) {
    return options.unit().length(member.sample());
  }

  @Doc(
      "A penalty from 0 to `-maximum` for wrong completions that are shorter, or longer, than the mean of"
          + " the group's right ones. None where all are right or all are wrong.")
  record Options(
      @Doc("Name of a component before this one that tells right from wrong.") String of,
      @Doc("Least score of a right completion.") @Default("1") double threshold,
      @Doc("Greatest penalty.") @Default("0.5") @Range(min = 0) double maximum,
      @Doc("Which lengths are penalised.") @Default("shorter") Direction direction,
      @Doc("What is counted.") @Default("tokens") LengthScorer.Unit unit)
      implements Combination.Options {
    @Override
    public List<String> inputs() {
      return List.of(of);
    }
  }

  /** Which lengths are penalised. */
  enum Direction {
    @Doc("by how much of the mean is lacking")
    SHORTER {
      @Override
      double excess(double ratio) {
        return Math.max(0, 1 - ratio);
      }
    },
    @Doc("by how much of the mean is too much, twice the mean at most")
    LONGER {
      @Override
      double excess(double ratio) {
        return Math.min(1, Math.max(0, ratio - 1));
      }
    },
    @Doc("both")
    BOTH {
      @Override
      double excess(double ratio) {
        return Math.max(SHORTER.excess(ratio), LONGER.excess(ratio));
      }
    };

    /** From 0 to 1, of a length over the mean. */
    abstract double excess(double ratio);
  }
}
