package io.hone.executor.reward;

import static java.util.Objects.requireNonNull;

import io.hone.conf.ComponentConfig;
import io.hone.conf.ComponentConfig.OnInvalid;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What a scorer found. An invalid score has no value: {@link #value()} is NaN, so that using it by
 * mistake shows, and {@link #reason()} says what failed. A valid score is always finite: one made
 * of a value that is NaN or infinite is invalid, whoever makes it.
 *
 * @param value the score; NaN if invalid
 * @param confidence how far to trust the value, from 0 (no answer was found) to 1; 0 if invalid
 * @param valid whether the score could be computed
 * @param reason why it could not, even where a fixed value counts in its place; else empty
 * @param perToken a share of the score for each token of the completion, or null
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by content
public record Score(double value, double confidence, boolean valid, String reason, float[] perToken)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if the confidence of a valid score is not from 0 to 1, or an
   *     invalid one gives no reason
   */
  public Score {
    requireNonNull(reason, "reason is null");
    if (valid) {
      String fault = fault(value, perToken);
      valid = fault.isEmpty();
      reason = fault.isEmpty() ? reason : fault;
    }
    if (valid) {
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("confidence is " + confidence + " (expected 0 to 1)");
      }
      perToken = perToken == null ? null : perToken.clone();
    } else {
      if (reason.isBlank()) {
        throw new IllegalArgumentException("an invalid score needs a reason");
      }
      value = Double.NaN;
      confidence = 0;
      perToken = null;
    }
  }

  /** A score that is certain. Invalid if the value is NaN or infinite. */
  public static Score of(double value) {
    return of(value, 1);
  }

  /** A score with a confidence from 0 to 1. Invalid if the value is NaN or infinite. */
  public static Score of(double value, double confidence) {
    return new Score(value, confidence, true, "", null);
  }

  /** The score of a completion in which no answer was found: worth nothing, and not certain. */
  public static Score noAnswer() {
    return of(0, 0);
  }

  /** A score that could not be computed. */
  public static Score invalid(String reason) {
    return new Score(Double.NaN, 0, false, reason, null);
  }

  /** Whether there is something to compare: an answer was found, or a fixed value counts. */
  boolean hasAnswer() {
    return valid && (confidence > 0 || !reason.isEmpty());
  }

  /**
   * What it counts as in a component: where {@code on-invalid} is {@code value}, an invalid score
   * is that value, without confidence; else it stays what it is.
   */
  public Score countedIn(ComponentConfig component) {
    return !valid && component.onInvalid() == OnInvalid.VALUE
        ? new Score(component.invalidValue(), 0, true, reason, null)
        : this;
  }

  /** The same without the shares of tokens. */
  Score withoutTokens() {
    return perToken == null ? this : new Score(value, confidence, valid, reason, null);
  }

  /** A copy. */
  @Override
  public float[] perToken() {
    return perToken == null ? null : perToken.clone();
  }

  private static String fault(double value, float[] perToken) {
    if (!Double.isFinite(value)) {
      return "the score is " + value;
    }
    for (int token = 0; perToken != null && token < perToken.length; token++) {
      if (!Float.isFinite(perToken[token])) {
        return "the score of token " + token + " is " + perToken[token];
      }
    }
    return "";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Score that
        && Double.compare(value, that.value) == 0
        && Double.compare(confidence, that.confidence) == 0
        && valid == that.valid
        && reason.equals(that.reason)
        && Arrays.equals(perToken, that.perToken);
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(value) + 31 * reason.hashCode() + Arrays.hashCode(perToken);
  }

  @Override
  public String toString() {
    return valid ? value + " (confidence " + confidence + ")" : "invalid: " + reason;
  }
}
