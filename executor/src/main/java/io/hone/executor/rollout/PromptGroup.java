package io.hone.executor.rollout;

import java.io.Serializable;
import java.util.Map;

/**
 * A prompt whose completions form a group.
 *
 * @param group index of the group in its step
 * @param promptId stable identity of the prompt
 * @param occurrence how often this prompt came before in the same step
 * @param prompt the text that the tokens stand for
 * @param tokenIds what the model reads
 * @param columns the row of the data set, for the scorers
 * @param columnsJson the same as a JSON object, for the table
 */
public record PromptGroup(
    int group,
    String promptId,
    int occurrence,
    String prompt,
    int[] tokenIds,
    Map<String, Object> columns,
    String columnsJson)
    implements Serializable {}
