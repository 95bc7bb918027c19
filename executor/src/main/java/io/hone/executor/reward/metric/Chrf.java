package io.hone.executor.reward.metric;

import java.util.List;

/**
 * chrF (Popović, 2015), from 0 to 1, as sacrebleu 2.6 computes it (from 0 to 100): the F score of
 * the mean precision and the mean recall of n-grams of characters (code points, without white
 * space) and, for chrF++ (Popović, 2017), of words from which one punctuation mark at an end is
 * split off. Orders that one of the texts is too short for do not count.
 *
 * @param characterOrder greatest order of n-grams of characters
 * @param wordOrder greatest order of n-grams of words; 0 for chrF, 2 for chrF++
 * @param beta recall counts beta^2 times as much as precision; above 0
 */
public record Chrf(int characterOrder, int wordOrder, double beta) {

  /**
   * The highest score against one of the references.
   *
   * @param references at least one
   * @return from 0 to 1
   */
  public double best(String hypothesis, List<String> references) {
    Vocabulary vocabulary = new Vocabulary();
    Pieces pieces = pieces(hypothesis, vocabulary);
    return references.stream()
        .mapToDouble(reference -> score(pieces, pieces(reference, vocabulary)))
        .max()
        .orElseThrow();
  }

  private double score(Pieces hypothesis, Pieces reference) {
    Means means = new Means();
    means.add(hypothesis.characters(), reference.characters(), characterOrder);
    means.add(hypothesis.words(), reference.words(), wordOrder);
    return means.fScore(beta);
  }

  private Pieces pieces(String text, Vocabulary vocabulary) {
    int[] words = wordOrder == 0 ? new int[0] : ((Tokenizer) Chrf::words).ids(text, vocabulary);
    return new Pieces(characters(text), words);
  }

  private static int[] characters(String text) {
    return text.codePoints()
        .filter(point -> point > Character.MAX_VALUE || !WhiteSpace.is((char) point))
        .toArray();
  }

  /** A mark at the end of a word is split off, or else one at its beginning. */
  private static void words(String text, TokenSink sink) {
    Words.betweenWhiteSpace(
        text,
        (characters, start, end) -> {
          int split = split(characters, start, end);
          if (split > start) {
            sink.token(characters, start, split);
          }
          sink.token(characters, split, end);
        });
  }

  private static int split(char[] characters, int start, int end) {
    if (end - start > 1 && isPunctuation(characters[end - 1])) {
      return end - 1;
    }
    return end - start > 1 && isPunctuation(characters[start]) ? start + 1 : start;
  }

  /** That of ASCII. */
  private static boolean isPunctuation(char character) {
    return character > ' ' && character < '\u007F' && !Character.isLetterOrDigit(character);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Pieces(int[] characters, int[] words) {}

  /** Of precision and recall over orders. */
  private static final class Means {
    private double precision;
    private double recall;
    private int orders;

    void add(int[] hypothesis, int[] reference, int maximumOrder) {
      int[] matches = Ngrams.matches(hypothesis, List.of(reference), maximumOrder);
      for (int order = 1; order <= maximumOrder; order++) {
        int found = Ngrams.total(hypothesis.length, order);
        int wanted = Ngrams.total(reference.length, order);
        if (found > 0 && wanted > 0) {
          precision += (double) matches[order - 1] / found;
          recall += (double) matches[order - 1] / wanted;
          orders++;
        }
      }
    }

    double fScore(double beta) {
      if (precision + recall == 0) {
        return 0;
      }
      double factor = beta * beta;
      double score = (1 + factor) * precision * recall / (factor * precision + recall) / orders;
      return Math.min(1, score);
    }
  }
}
