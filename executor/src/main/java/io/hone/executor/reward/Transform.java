package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import java.util.List;
import java.util.Optional;

/** A function of one component's score, within bounds. */
final class Transform implements Combination.OfMember {
  private final Options options;

  Transform(Options options) {
    this.options = options;
  }

  @Override
  public Score score(Scored member) {
    Score score = member.score(options.of());
    if (!score.valid()) {
      return Combination.missing(options.of(), score);
    }
    double center = options.center();
    if (options.centerColumn().isPresent()) {
      center =
          new CenterColumn(
                  options.centerColumn().get(),
                  options.centerPercentile(),
                  options.centerDeviations())
              .of(member.sample());
    }
    double value = options.function().apply(options.scale() * (score.value() - center));
    double bounded =
        Math.max(
            options.minimum().orElse(Double.NEGATIVE_INFINITY),
            Math.min(options.maximum().orElse(Double.POSITIVE_INFINITY), value + options.shift()));
    float[] shares =
        options.keepsShares() ? TokenShares.plus(null, score.perToken(), options.scale()) : null;
    return new Score(bounded, score.confidence(), true, "", shares);
  }

  @Doc(
      "A function of one component's score: `function(scale x (score - center)) + shift`, then cut to the"
          + " bounds. What falls on single tokens stays there where it is only scaled and shifted, without bounds.")
  record Options(
      @Doc("Name of a component before this one.") String of,
      @Doc("What is done with it.") @Default("identity") Function function,
      @Doc("Factor before the function.") @Default("1") double scale,
      @Doc("What is subtracted before the factor.") @Default("0") double center,
      @Doc(
              "Column with what is subtracted in place of `center`: a number, or a list of numbers, such as a prompt's"
                  + " rewards under the initial policy.")
          Optional<String> centerColumn,
      @Doc(
              "Which percentile of a list is subtracted, by linear interpolation between its sorted numbers.")
          @Default("85")
          @Range(min = 0, max = 100)
          double centerPercentile,
      @Doc(
              "In place of the percentile, how many sample deviations above the mean of a list; 1.0364 is the 85th"
                  + " percentile of a normal distribution, for lists too short for one.")
          Optional<Double> centerDeviations,
      @Doc("What is added behind the function.") @Default("0") double shift,
      @Doc("Least value.") Optional<Double> minimum,
      @Doc("Greatest value.") Optional<Double> maximum)
      implements Combination.Options, Validated {
    /** Whether tokens have shares of what comes out, because it is linear. */
    boolean keepsShares() {
      return function == Function.IDENTITY && minimum.isEmpty() && maximum.isEmpty();
    }

    @Override
    public List<String> inputs() {
      return List.of(of);
    }

    @Override
    public void validate(Problems problems) {
      if (minimum.isPresent() && maximum.isPresent() && maximum.get() < minimum.get()) {
        problems.add("maximum", maximum.get() + " is less than minimum " + minimum.get());
      }
      if (centerColumn.isPresent() && center != 0) {
        problems.add("center", "has no effect beside center-column");
      }
      if (centerColumn.isEmpty() && centerPercentile != 85) {
        problems.add("center-percentile", "has no effect (expected with center-column only)");
      }
      if (centerDeviations.isPresent() && (centerColumn.isEmpty() || centerPercentile != 85)) {
        problems.add(
            "center-deviations",
            "has no effect (expected with center-column, without center-percentile)");
      }
    }
  }

  /** From number to number. */
  enum Function {
    @Doc("x")
    IDENTITY {
      @Override
      double apply(double x) {
        return x;
      }
    },
    @Doc("1 / (1 + exp(-x))")
    SIGMOID {
      @Override
      double apply(double x) {
        return 1 / (1 + StrictMath.exp(-x));
      }
    },
    @Doc("log(1 / (1 + exp(-x))), the log-sigmoid-centred transform of Wang et al., 2024")
    LOG_SIGMOID {
      @Override
      double apply(double x) {
        return Math.min(x, 0) - StrictMath.log1p(StrictMath.exp(-Math.abs(x)));
      }
    },
    @Doc("tanh(x)")
    TANH {
      @Override
      double apply(double x) {
        return StrictMath.tanh(x);
      }
    },
    @Doc("exp(-x^2 / 2)")
    GAUSSIAN {
      @Override
      double apply(double x) {
        return StrictMath.exp(-x * x / 2);
      }
    };

    abstract double apply(double x);
  }
}
