package io.hone.conf;

import java.io.Serializable;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * A number that may change from step to step: a function of the step alone, so that a resumed run
 * has nothing to remember. In YAML a number, or a map of the options of {@link Change}; a {@link
 * Range} on an option of this type bounds both ends, between which every value lies.
 */
public sealed interface NumberSchedule extends Serializable {

  /** A number that stays. */
  record Constant(double value) implements NumberSchedule {
    @Override
    public double from() {
      return value;
    }

    @Override
    public double to() {
      return value;
    }

    @Override
    public double at(long step) {
      return value;
    }

    @Override
    public LongStream turns() {
      return LongStream.of(0);
    }
  }

  /** A number that goes from one value to another. */
  @Doc(
      "A number that changes with the steps of a run, for options of the type \"number or schedule\"."
          + " The range of the option bounds both ends.")
  record Change(
      @Doc("Value at first.") double from,
      @Doc("Value at last.") double to,
      @Doc("Number of steps that the change takes; 1 = a jump.") @Range(min = 1, max = 1e15)
          long over,
      @Doc("Number of steps before the change begins.") @Default("0") @Range(min = 0, max = 1e15)
          long after,
      @Doc("Course from the one value to the other.") @Default("linear") Shape shape,
      @Doc("Base of an exponential course, 4 if not given; at 1 it is a line.") @Range(above = 0)
          Optional<Double> base)
      implements NumberSchedule, Validated {
    private static final double DEFAULT_BASE = 4;

    @Override
    public void validate(Problems problems) {
      if (base.isPresent() && shape != Shape.EXPONENTIAL) {
        problems.add("base", "has no effect (expected with shape: exponential only)");
      }
    }

    @Override
    public double at(long step) {
      double progress = (double) (step - after) / over;
      if (progress <= 0) {
        return from;
      }
      if (progress >= 1) {
        return to;
      }
      double share =
          switch (shape) {
            case LINEAR -> progress;
            case COSINE -> 0.5 * (1 - Math.cos(Math.PI * progress));
            case EXPONENTIAL -> exponential(progress, base.orElse(DEFAULT_BASE));
          };
      return from + (to - from) * share;
    }

    private static double exponential(double progress, double base) {
      return base == 1 ? progress : (StrictMath.pow(base, progress) - 1) / (base - 1);
    }

    @Override
    public LongStream turns() {
      return LongStream.of(0, after, after + over);
    }
  }

  /** Courses of a change. */
  enum Shape {
    @Doc("a straight line")
    LINEAR,
    @Doc("half a cosine")
    COSINE,
    @Doc(
        "`(base^x - 1) / (base - 1)` of the way after the share x of the steps: slow at first with a base above 1"
            + " (ZeroSearch)")
    EXPONENTIAL
  }

  /** A number that stays. */
  static NumberSchedule constant(double value) {
    return new Constant(value);
  }

  /** The number at first. */
  double from();

  /** The number at last. */
  double to();

  /**
   * The number at a step: {@code from} up to step {@code after}, {@code to} from step {@code after
   * + over} on.
   *
   * @param step from 0
   */
  double at(long step);

  /** The steps at which a change begins and is over; from one to the next it is monotonic. */
  LongStream turns();

  /**
   * The step of a change from one side of 0 to the other at which the number is 0; none where no
   * step hits it.
   */
  default OptionalLong zero() {
    long before = turns().skip(1).findFirst().orElse(0);
    long behind = turns().max().orElseThrow();
    if (from() * to() >= 0) {
      return OptionalLong.empty();
    }
    while (behind - before > 1) {
      long between = (before + behind) / 2;
      double number = at(between);
      if (number == 0) {
        return OptionalLong.of(between);
      }
      if (number > 0 == from() > 0) {
        before = between;
      } else {
        behind = between;
      }
    }
    return OptionalLong.empty();
  }

  /** The greatest number that any step has. */
  default double greatest() {
    return Math.max(from(), to());
  }

  /** The least number that any step has. */
  default double least() {
    return Math.min(from(), to());
  }

  /** Whether steps may have different numbers. */
  default boolean changes() {
    return this instanceof Change;
  }

  /**
   * The number of a schedule that stays.
   *
   * @throws IllegalStateException if it changes, so that there is no one number
   */
  default double value() {
    throw new IllegalStateException(this + " has no one value (expected a step to be named)");
  }
}
