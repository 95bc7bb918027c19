package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Validated;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** One component's score where another's is high enough, else a third's or a fixed value. */
final class Gate implements Combination.OfMember {
  private final Options options;

  Gate(Options options) {
    this.options = options;
  }

  @Override
  public Score score(Scored member) {
    Score condition = member.score(options.when());
    if (!condition.valid()) {
      return Combination.missing(options.when(), condition);
    }
    if (condition.value() >= options.atLeast()) {
      return chosen(options.then(), member);
    }
    return options
        .otherwise()
        .map(component -> chosen(component, member))
        .orElseGet(() -> Score.of(options.otherwiseValue(), condition.confidence()));
  }

  /** Only the branch that is taken has to be valid. */
  private static Score chosen(String component, Scored member) {
    Score score = member.score(component);
    return score.valid() ? score : Combination.missing(component, score);
  }

  @Doc(
      "The score of one component where that of another is high enough, else the score of a third or a"
          + " fixed value. Only the branch that is taken has to be valid.")
  record Options(
      @Doc("Component that decides.") String when,
      @Doc("Least score that opens the gate.") @Default("1") double atLeast,
      @Doc("Component that counts where the gate is open.") String then,
      @Doc("Component that counts where it is closed.") Optional<String> otherwise,
      @Doc("Value where it is closed and there is no such component.") @Default("0")
          double otherwiseValue)
      implements Combination.Options, Validated {
    @Override
    public List<String> inputs() {
      LinkedHashSet<String> inputs = new LinkedHashSet<>(List.of(when, then));
      otherwise.ifPresent(inputs::add);
      return new ArrayList<>(inputs);
    }

    @Override
    public void validate(Problems problems) {
      if (otherwise.isPresent() && otherwiseValue != 0) {
        problems.add("otherwise-value", "has no effect beside otherwise");
      }
    }
  }
}
