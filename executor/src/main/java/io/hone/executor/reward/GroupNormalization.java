package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import java.util.Arrays;
import java.util.List;

/** A component's scores relative to those of the other completions of the prompt. */
final class GroupNormalization implements Combination.OfGroup {
  private final Options options;

  GroupNormalization(Options options) {
    this.options = options;
  }

  @Override
  public List<Score> score(List<Scored> group) {
    double[] values =
        group.stream()
            .map(member -> member.score(options.of()))
            .filter(Score::valid)
            .mapToDouble(Score::value)
            .toArray();
    return group.stream()
        .map(member -> member.score(options.of()))
        .map(score -> score(score, values))
        .toList();
  }

  private Score score(Score score, double[] valid) {
    return score.valid()
        ? Score.of(
            options.statistic().of(score.value(), valid, options.epsilon()), score.confidence())
        : Combination.missing(options.of(), score);
  }

  @Doc(
      "A component's score relative to those of the other completions of the prompt; completions that have"
          + " none are left out.")
  record Options(
      @Doc("Name of a component before this one.") String of,
      @Doc("What the score becomes.") @Default("standard-score") Statistic statistic,
      @Doc("Added to the deviation.") @Default("1e-4") @Range(min = 0) double epsilon)
      implements Combination.Options {
    @Override
    public List<String> inputs() {
      return List.of(of);
    }
  }

  /** What a score becomes. */
  enum Statistic {
    @Doc(
        "(score - mean) / (sample deviation + epsilon), 0 where the scores are all the same or there is"
            + " only one")
    STANDARD_SCORE {
      @Override
      double of(double value, double[] group, double epsilon) {
        return Spread.of(group).standardScore(value, epsilon);
      }
    },
    @Doc(
        "its rank from -1, the least, to 1, the greatest; equal scores share the mean of their ranks")
    RANK {
      @Override
      double of(double value, double[] group, double epsilon) {
        if (group.length < 2) {
          return 0;
        }
        long less = Arrays.stream(group).filter(x -> x < value).count();
        long greater = Arrays.stream(group).filter(x -> x > value).count();
        return (double) (less - greater) / (group.length - 1);
      }
    };

    abstract double of(double value, double[] group, double epsilon);
  }
}
