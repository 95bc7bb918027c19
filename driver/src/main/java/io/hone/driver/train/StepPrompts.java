package io.hone.driver.train;

import io.hone.driver.data.PacedOrder;
import io.hone.driver.data.Prompt;
import io.hone.executor.rollout.PromptGroup;
import java.util.List;
import java.util.stream.IntStream;

/** The prompts of a step: its own and, as far as they are asked for, further ones. */
final class StepPrompts {
  private final List<Prompt> prompts;
  private final PromptQueries queries;
  private final int[] own;
  private final int[] others;
  private int drawn;

  StepPrompts(List<Prompt> prompts, PromptQueries queries, PacedOrder order, int step) {
    this.prompts = prompts;
    this.queries = queries;
    this.own = order.indices(step);
    this.others = order.further(step);
  }

  /** The groups of all prompts so far. */
  List<PromptGroup> groups() {
    int[] indices =
        IntStream.concat(IntStream.of(own), IntStream.of(others).limit(drawn)).toArray();
    return PromptGroups.of(prompts, queries.prompts(indices), queries.size());
  }

  /**
   * The groups of further prompts, which the step then has too.
   *
   * @param count how many queries are wanted; there are fewer where the data set has no others
   */
  List<PromptGroup> further(int count) {
    int before = groups().size();
    drawn = Math.min(others.length, drawn + count);
    List<PromptGroup> groups = groups();
    return groups.subList(before, groups.size());
  }
}
