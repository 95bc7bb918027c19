package io.hone.executor.advantage;

import io.hone.executor.statistics.Moments;
import java.util.List;

/**
 * Makes the advantages of all tokens of a step have mean 0 and variance 1: {@code (A - mean) /
 * sqrt(variance + 1e-8)}, with the sample variance (n - 1) as verl's {@code masked_whiten} and TRL
 * have it (OpenRLHF: n). Over included completions only; of a single token the result is 0.
 */
final class Whitening {
  private static final double EPSILON = 1e-8;

  private Whitening() {}

  static List<GroupAdvantages> whitened(List<GroupAdvantages> groups) {
    Moments tokens = tokens(groups);
    double scale = 1 / Math.sqrt(tokens.variance() + EPSILON);
    return groups.stream()
        .map(group -> group.map(advantage -> advantage.standardised(tokens.mean(), scale)))
        .toList();
  }

  /** Mean and spread of the advantages of all tokens of included completions. */
  static Moments tokens(List<GroupAdvantages> groups) {
    Moments sum = Moments.NONE;
    for (GroupAdvantages group : groups) {
      for (int member = 0; member < group.size(); member++) {
        sum = sum.plus(group.tokens(member));
      }
    }
    return sum;
  }
}
