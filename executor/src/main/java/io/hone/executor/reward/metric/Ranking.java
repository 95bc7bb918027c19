package io.hone.executor.reward.metric;

import java.util.Arrays;

/**
 * How good an order of documents is. Each function takes the grades of the documents in the order
 * that they were ranked in, 0 for what is not relevant, and the grades of all documents there are.
 */
public final class Ranking {
  private static final double LOG_2 = StrictMath.log(2);

  private Ranking() {}

  /**
   * Normalised discounted cumulative gain at k (Järvelin and Kekäläinen 2002, with the gain 2^grade
   * - 1 of Burges et al. 2005 and the discount log2(1 + rank)).
   *
   * @param all grades of all documents, at least one of them positive
   * @return from 0 to 1
   */
  public static double ndcg(double[] ranked, double[] all, int k) {
    double[] ideal = all.clone();
    Arrays.sort(ideal);
    for (int low = 0, high = ideal.length - 1; low < high; low++, high--) {
      double grade = ideal[low];
      ideal[low] = ideal[high];
      ideal[high] = grade;
    }
    return gain(ranked, k) / gain(ideal, k);
  }

  private static double gain(double[] grades, int k) {
    double gain = 0;
    for (int place = 0; place < Math.min(k, grades.length); place++) {
      gain += (StrictMath.pow(2, grades[place]) - 1) / (StrictMath.log(place + 2) / LOG_2);
    }
    return gain;
  }

  /** One over the rank of the first relevant document among the first k; 0 without one. */
  public static double reciprocalRank(double[] ranked, int k) {
    for (int place = 0; place < Math.min(k, ranked.length); place++) {
      if (ranked[place] > 0) {
        return 1.0 / (place + 1);
      }
    }
    return 0;
  }

  /** The share of the first k, or of all where there are fewer, that is relevant. */
  public static double precision(double[] ranked, int k) {
    int count = Math.min(k, ranked.length);
    return (double) relevant(ranked, count) / count;
  }

  /** The share of all relevant documents that is among the first k. */
  public static double recall(double[] ranked, double[] all, int k) {
    return (double) relevant(ranked, Math.min(k, ranked.length)) / relevant(all, all.length);
  }

  /**
   * The mean, over all relevant documents, of the precision at their rank: 0 for those that are not
   * among the first k.
   */
  public static double averagePrecision(double[] ranked, double[] all, int k) {
    double sum = 0;
    int found = 0;
    for (int place = 0; place < Math.min(k, ranked.length); place++) {
      if (ranked[place] > 0) {
        found++;
        sum += (double) found / (place + 1);
      }
    }
    return sum / relevant(all, all.length);
  }

  private static int relevant(double[] grades, int count) {
    int relevant = 0;
    for (int place = 0; place < count; place++) {
      relevant += grades[place] > 0 ? 1 : 0;
    }
    return relevant;
  }
}
