package io.hone.driver.data;

import java.io.Serializable;
import java.util.Map;

/**
 * A prompt of the data set, ready to be sampled from.
 *
 * @param promptId the row's id column, or 32 hexadecimal digits made from the content of the row:
 *     the same content has the same id wherever it stands
 * @param text what was tokenised, chat template applied
 * @param tokenIds what the policy is given
 * @param columns the row, in the order of the file, extracted columns last
 * @param columnsJson the same as a JSON object
 */
@SuppressWarnings("ArrayRecordComponent")
public record Prompt(
    String promptId, String text, int[] tokenIds, Map<String, Object> columns, String columnsJson)
    implements Serializable {}
