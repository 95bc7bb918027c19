package io.hone.driver.train;

import io.hone.driver.data.Prompt;
import io.hone.executor.rollout.PromptGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups of a step: a prompt that comes up twice makes two groups, told apart by their
 * occurrence.
 */
final class PromptGroups {
  private PromptGroups() {}

  /**
   * The groups.
   *
   * @param indices of prompts, query by query
   * @param querySize prompts of a query
   */
  static List<PromptGroup> of(List<Prompt> prompts, int[] indices, int querySize) {
    Map<String, Integer> seen = new HashMap<>();
    List<PromptGroup> groups = new ArrayList<>(indices.length);
    for (int index : indices) {
      Prompt prompt = prompts.get(index);
      int occurrence = seen.merge(prompt.promptId(), 1, Integer::sum) - 1;
      groups.add(
          new PromptGroup(
              groups.size(),
              groups.size() / querySize,
              prompt.promptId(),
              occurrence,
              prompt.text(),
              prompt.tokenIds(),
              prompt.columns(),
              prompt.columnsJson()));
    }
    return groups;
  }
}
