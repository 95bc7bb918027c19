package io.hone.executor.reward;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A completion as scorers see it.
 *
 * @param promptId identity of the prompt's row
 * @param prompt text of the prompt
 * @param completion text of the completion, without end token and stop string
 * @param completionTokens length of the completion in tokens, the stop token included, or {@link
 *     #UNKNOWN} where only text is at hand
 * @param truncated whether the completion ended at the token limit
 * @param maxNewTokens the token limit, or {@link #UNKNOWN}
 * @param columns the row of the data set: text, numbers, truth values, lists, maps and nulls
 * @param tokenEnds where the tokens end in the text; null where only text is at hand
 */
public record Sample(
    String promptId,
    String prompt,
    String completion,
    int completionTokens,
    boolean truncated,
    int maxNewTokens,
    Map<String, Object> columns,
    TokenEnds tokenEnds)
    implements Serializable {

  /** Stands for a number of tokens that nobody counted. */
  public static final int UNKNOWN = -1;

  /** Copies the columns. */
  public Sample {
    requireNonNull(promptId, "promptId is null");
    requireNonNull(prompt, "prompt is null");
    requireNonNull(completion, "completion is null");
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** A completion whose tokens cannot be told apart in its text. */
  public Sample(
      String promptId,
      String prompt,
      String completion,
      int completionTokens,
      boolean truncated,
      int maxNewTokens,
      Map<String, Object> columns) {
    this(promptId, prompt, completion, completionTokens, truncated, maxNewTokens, columns, null);
  }

  /** A part of this completion, to be scored as if it were one; its tokens are not known. */
  Sample withCompletion(String part) {
    return new Sample(promptId, prompt, part, UNKNOWN, false, UNKNOWN, columns);
  }

  /** A completion of which only the text is known, such as a row of a file to score. */
  public static Sample ofText(
      String promptId, String prompt, String completion, Map<String, Object> columns) {
    return new Sample(promptId, prompt, completion, UNKNOWN, false, UNKNOWN, columns);
  }
}
