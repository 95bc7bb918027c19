package io.hone.executor.reward;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a completion is worth, with the scores that made it so. An invalid reward has no value: the
 * completion counts in no mean, deviation, loss or normaliser.
 *
 * @param value the weighted sum; NaN if invalid
 * @param valid whether the completion has a reward
 * @param reason why it has none; empty if valid
 * @param components the score of each component by name, in the order of the configuration
 * @param perToken the share of each token of the completion in the value, as far as components know
 *     shares; null where none does
 */
@SuppressWarnings("ArrayRecordComponent") // a column of numbers; never compared
public record Reward(
    double value, boolean valid, String reason, Map<String, Score> components, float[] perToken)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if a valid reward is not finite, or an invalid one gives no
   *     reason
   */
  public Reward {
    requireNonNull(reason, "reason is null");
    if (valid && !Double.isFinite(value)) {
      throw new IllegalArgumentException("a valid reward is " + value + " (expected finite)");
    }
    if (!valid) {
      if (reason.isBlank()) {
        throw new IllegalArgumentException("an invalid reward needs a reason");
      }
      value = Double.NaN;
    }
    components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
  }

  /** A reward without shares of tokens. */
  public Reward(double value, boolean valid, String reason, Map<String, Score> components) {
    this(value, valid, reason, components, null);
  }

  static Reward of(double value, Map<String, Score> components, float[] perToken) {
    return new Reward(value, true, "", components, perToken);
  }

  static Reward invalid(String reason, Map<String, Score> components) {
    return new Reward(Double.NaN, false, reason, components);
  }

  /** The same scores without a reward. */
  public Reward invalidated(String why) {
    return invalid(why, components);
  }

  /** The same without anything that there is for each token, to be sent to the driver. */
  public Reward withoutTokens() {
    Map<String, Score> scores = new LinkedHashMap<>();
    components.forEach((name, score) -> scores.put(name, score.withoutTokens()));
    return new Reward(value, valid, reason, scores);
  }
}
