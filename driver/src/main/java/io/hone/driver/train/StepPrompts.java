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
  private final PacedOrder order;
  private final int step;
  private int[] indices;
  private int further;

  StepPrompts(List<Prompt> prompts, PromptQueries queries, PacedOrder order, int step) {
    this.prompts = prompts;
    this.queries = queries;
    this.order = order;
    this.step = step;
    this.indices = order.indices(step);
  }

  /** The groups of all prompts so far. */
  List<PromptGroup> groups() {
    return PromptGroups.of(prompts, queries.prompts(indices), queries.size());
  }

  /**
   * The groups of further prompts, which the step then has too.
   *
   * @param count how many queries are wanted; there are fewer where the data set has no others
   */
  List<PromptGroup> further(int count) {
    if (count == 0) {
      return List.of();
    }
    int before = indices.length * queries.size();
    int[] drawn = IntStream.of(order.further(step)).skip(further).limit(count).toArray();
    further += drawn.length;
    indices = IntStream.concat(IntStream.of(indices), IntStream.of(drawn)).toArray();
    List<PromptGroup> groups = groups();
    return groups.subList(before, groups.size());
  }
}
