package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import java.util.Arrays;

/**
 * How much of the reference the completion spells from its first character on: {@code 1 / (length +
 * 1)} for each right character before the first wrong one, and the end of the completion as much
 * again if the character before it was right. An empty reference is met by ending at once.
 *
 * <p>The dense reward of verl's digit completion. Characters are Unicode code points. Where tokens
 * are known, each has the share of the characters that end in it, and the last token of a
 * completion that was not truncated that of the end.
 */
final class PrefixMatchScorer implements Scorer {
  private final ReferenceColumn reference;

  PrefixMatchScorer(Options options) {
    this.reference = new ReferenceColumn(options.reference());
  }

  @Override
  public Score score(Sample sample) {
    Match best = null;
    for (String text : reference.texts(sample)) {
      Match match = Match.of(sample.completion(), text, !sample.truncated());
      if (best == null || match.value() > best.value()) {
        best = match;
      }
    }
    return new Score(best.value(), 1, true, "", shares(best, sample));
  }

  private static float[] shares(Match match, Sample sample) {
    if (sample.tokenEnds() == null) {
      return null;
    }
    int[] ends = sample.tokenEnds().find();
    float[] shares = new float[ends.length];
    int right = 0;
    for (int token = 0; token < ends.length; token++) {
      int before = right;
      while (right < match.rightEnds().length && match.rightEnds()[right] <= ends[token]) {
        right++;
      }
      boolean ending = token == ends.length - 1 && match.endCounts();
      shares[token] = (float) match.worth(right - before + (ending ? 1 : 0));
    }
    return shares;
  }

  /**
   * A completion against one reference.
   *
   * @param rightEnds where each right character ends in the completion, in UTF-16 characters
   * @param endCounts whether the end earns as much as a character
   * @param length of the reference in code points
   */
  private record Match(int[] rightEnds, boolean endCounts, int length) {
    static Match of(String completion, String reference, boolean ended) {
      int[] wanted = reference.codePoints().toArray();
      int[] found = completion.codePoints().toArray();
      int[] ends = new int[Math.min(wanted.length, found.length)];
      int right = 0;
      int end = 0;
      while (right < ends.length && found[right] == wanted[right]) {
        end += Character.charCount(found[right]);
        ends[right] = end;
        right++;
      }
      boolean lastRight = found.length == 0 ? wanted.length == 0 : right == found.length;
      return new Match(Arrays.copyOf(ends, right), ended && lastRight, wanted.length);
    }

    double worth(int parts) {
      return (double) parts / (length + 1);
    }

    double value() {
      return worth(rightEnds.length + (endCounts ? 1 : 0));
    }
  }

  @Doc(
      "How much of the reference the completion spells from its first character on: 1/(length + 1)"
          + " for each right character before the first wrong one, and as much again for ending"
          + " after a right one, so that the reference itself is worth 1. An empty reference is met"
          + " by ending at once. Tokens have shares of their own.")
  record Options(
      @Doc("Column with the right text, or with a list of right texts, of which the best counts.")
          @Default("answer")
          String reference) {}
}
