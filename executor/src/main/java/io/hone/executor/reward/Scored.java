package io.hone.executor.reward;

import java.util.Map;

/**
 * A completion with the scores that it has so far.
 *
 * @param scores of earlier components by name, as later ones see them: where {@code on-invalid} is
 *     {@code value}, an invalid score is that value, without confidence
 */
record Scored(Sample sample, Map<String, Score> scores) {
  Score score(String component) {
    return scores.get(component);
  }
}
