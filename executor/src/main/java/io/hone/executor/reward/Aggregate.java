package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Validated;
import java.util.HashSet;
import java.util.List;

/** Scores of several components made one. As certain as the least certain of them. */
final class Aggregate implements Combination.OfMember {
  private final Options options;

  Aggregate(Options options) {
    this.options = options;
  }

  @Override
  public Score score(Scored member) {
    double[] values = new double[options.of().size()];
    double confidence = 1;
    float[] shares = null;
    for (int i = 0; i < values.length; i++) {
      String input = options.of().get(i);
      Score score = member.score(input);
      if (!score.valid()) {
        return Combination.missing(input, score);
      }
      values[i] = options.weight(i) * score.value();
      confidence = Math.min(confidence, score.confidence());
      shares =
          TokenShares.plus(
              shares,
              score.perToken(),
              options.weight(i) * options.operator().shareOf(values.length));
    }
    boolean keeps = options.operator().shareOf(values.length) > 0;
    return new Score(options.operator().apply(values), confidence, true, "", keeps ? shares : null);
  }

  @Doc(
      "The scores of several components made one, as certain as the least certain of them. What falls on single tokens"
          + " stays there in a sum and a mean.")
  record Options(
      @Doc("Names of components before this one.") List<String> of,
      @Doc("How their scores become one.") @Default("sum") Operator operator,
      @Doc("Factor of each score; all 1 where there are none.") @Default("[]") List<Double> weights)
      implements Combination.Options, Validated {
    Options {
      of = List.copyOf(of);
      weights = List.copyOf(weights);
    }

    double weight(int index) {
      return weights.isEmpty() ? 1 : weights.get(index);
    }

    @Override
    public List<String> inputs() {
      return of;
    }

    @Override
    public void validate(Problems problems) {
      if (of.isEmpty()) {
        problems.add("of", "is empty (expected names of components)");
      }
      if (new HashSet<>(of).size() < of.size()) {
        problems.add("of", "names a component twice: " + of);
      }
      if (!weights.isEmpty() && weights.size() != of.size()) {
        problems.add(
            "weights",
            weights.size() + " of them for " + of.size() + " components (expected one each)");
      }
    }
  }

  /** From scores to one. */
  enum Operator {
    @Doc("their sum")
    SUM {
      @Override
      double apply(double[] values) {
        double sum = 0;
        for (double value : values) {
          sum += value;
        }
        return sum;
      }
    },
    @Doc("their mean")
    MEAN {
      @Override
      double apply(double[] values) {
        return SUM.apply(values) / values.length;
      }
    },
    @Doc("their product")
    PRODUCT {
      @Override
      double apply(double[] values) {
        double product = 1;
        for (double value : values) {
          product *= value;
        }
        return product;
      }
    },
    @Doc("the least")
    MINIMUM {
      @Override
      double apply(double[] values) {
        double least = values[0];
        for (double value : values) {
          least = Math.min(least, value);
        }
        return least;
      }
    },
    @Doc("the greatest")
    MAXIMUM {
      @Override
      double apply(double[] values) {
        double greatest = values[0];
        for (double value : values) {
          greatest = Math.max(greatest, value);
        }
        return greatest;
      }
    },
    @Doc("their harmonic mean, 0 where one of them is 0 or less")
    HARMONIC_MEAN {
      @Override
      double apply(double[] values) {
        double reciprocals = 0;
        for (double value : values) {
          if (value <= 0) {
            return 0;
          }
          reciprocals += 1 / value;
        }
        return values.length / reciprocals;
      }
    };

    abstract double apply(double[] values);

    /** Factor with which the parts of each of some values come out; 0 where they do not. */
    double shareOf(int values) {
      return switch (this) {
        case SUM -> 1;
        case MEAN -> 1.0 / values;
        default -> 0;
      };
    }
  }
}
