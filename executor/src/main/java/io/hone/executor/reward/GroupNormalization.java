package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import io.hone.executor.statistics.Moments;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** A component's scores relative to those of the other completions of the prompt. */
final class GroupNormalization implements Combination.OfGroup {
  private final Options options;

  GroupNormalization(Options options) {
    this.options = options;
  }

  @Override
  public List<Score> score(List<Scored> group) {
    List<Score> scores = group.stream().map(member -> member.score(options.of())).toList();
    DoubleUnaryOperator statistic =
        options
            .statistic()
            .of(
                scores.stream().filter(Score::valid).mapToDouble(Score::value).toArray(),
                options.epsilon());
    return scores.stream()
        .map(
            score ->
                score.valid()
                    ? Score.of(statistic.applyAsDouble(score.value()), score.confidence())
                    : Combination.missing(options.of(), score))
        .toList();
  }

  @Doc(
      "A component's score relative to those of the other completions of the prompt; completions that have"
          + " none are left out.")
  record Options(
      @Doc("Name of a component before this one.") String of,
      @Doc("What the score becomes.") @Default("standard-score") Statistic statistic,
      @Doc("Added to the deviation.") @Default("1e-4") @Range(min = 0) double epsilon)
      implements Combination.Options, Validated {
    @Override
    public List<String> inputs() {
      return List.of(of);
    }

    @Override
    public void validate(Problems problems) {
      if (statistic == Statistic.RANK && epsilon != 1e-4) {
        problems.add("epsilon", "has no effect (expected with statistic: standard-score only)");
      }
    }
  }

  /** What a score becomes. */
  enum Statistic {
    @Doc(
        "(score - mean) / (sample deviation + epsilon), 0 where the scores are all the same or there is"
            + " only one")
    STANDARD_SCORE {
      @Override
      DoubleUnaryOperator of(double[] group, double epsilon) {
        Moments moments = Moments.of(group);
        return value -> moments.standardScore(value, epsilon);
      }
    },
    @Doc(
        "its rank from -1, the least, to 1, the greatest; equal scores share the mean of their ranks")
    RANK {
      @Override
      DoubleUnaryOperator of(double[] group, double epsilon) {
        if (group.length < 2) {
          return value -> 0;
        }
        return value -> {
          long less = Arrays.stream(group).filter(x -> x < value).count();
          long greater = Arrays.stream(group).filter(x -> x > value).count();
          return (double) (less - greater) / (group.length - 1);
        };
      }
    };

    /** Of the scores of a group, what makes one of them relative to all. */
    abstract DoubleUnaryOperator of(double[] group, double epsilon);
  }
}
