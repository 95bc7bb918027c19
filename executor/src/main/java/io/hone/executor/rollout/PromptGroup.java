package io.hone.executor.rollout;

import java.io.Serializable;
import java.util.Map;

/**
 * A prompt whose completions form a group.
 *
 * @param group index of the group in its step
 * @param query index in the step of the query that the prompt belongs to: groups of one query
 *     follow one another and are scored together; without queries, every group is one
 * @param promptId stable identity of the prompt
 * @param occurrence how often this prompt came before in the same step
 * @param prompt the text that the tokens stand for
 * @param tokenIds what the model reads
 * @param columns the row of the data set, for the scorers
 * @param columnsJson the same as a JSON object, for the table
 */
public record PromptGroup(
    int group,
    int query,
    String promptId,
    int occurrence,
    String prompt,
    int[] tokenIds,
    Map<String, Object> columns,
    String columnsJson)
    implements Serializable {}
