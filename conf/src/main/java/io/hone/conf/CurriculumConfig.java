package io.hone.conf;

import java.io.Serializable;
import java.util.Optional;

/** Which prompts a step takes, by their difficulty. */
@Doc(
    "Which prompts of the data set are trained on, and when, by their difficulty. The order of the data set is then from"
        + " easy to hard; `shuffle` mixes what a step may take.")
public record CurriculumConfig(
    @Doc(
            "Column with a number that says how difficult a prompt is, such as a pass rate, the number of masks or the"
                + " `reward` that `hone score` wrote; without it there is no curriculum.")
        Optional<String> difficulty,
    @Doc("Which numbers are hard.") @Default("high") Hard hard,
    @Doc("Prompts with a smaller number are left out.") Optional<Double> minimum,
    @Doc("Prompts with a greater number are left out.") Optional<Double> maximum,
    @Doc("Number of prompts that are kept, the hardest, of equal ones the first; without it, all.")
        @Range(min = 1)
        Optional<Integer> hardest,
    @Doc(
            "Share of the prompts, the easiest, of which a step takes its own. Below 1 each step draws anew; at 1 epochs go"
                + " through all of them.")
        @Default("1.0")
        @Range(above = 0, max = 1)
        NumberSchedule share)
    implements Validated, Serializable {

  /** What stands where nothing is set. */
  public static final CurriculumConfig NONE =
      new CurriculumConfig(
          Optional.empty(),
          Hard.HIGH,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          NumberSchedule.constant(1));

  /** Which end of the numbers is hard. */
  public enum Hard {
    @Doc("great ones, such as numbers of masks")
    HIGH,
    @Doc("small ones, such as pass rates")
    LOW
  }

  @Override
  public void validate(Problems problems) {
    if (difficulty.isEmpty() && !equals(NONE)) {
      problems.add(
          "difficulty", "is missing (expected the column that the other options are about)");
    }
    if (minimum.isPresent() && maximum.isPresent() && maximum.get() < minimum.get()) {
      problems.add("maximum", maximum.get() + " is less than minimum: " + minimum.get());
    }
  }
}
