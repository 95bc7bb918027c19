package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.executor.reward.metric.DistinctNgrams;
import io.hone.executor.reward.metric.Tokenizer;
import io.hone.executor.reward.metric.Vocabulary;

/** How little the completion repeats itself. */
final class DistinctScorer implements Scorer {
  private final int order;

  DistinctScorer(Options options) {
    this.order = options.order();
  }

  @Override
  public Score score(Sample sample) {
    int[] words = Tokenizer.WHITE_SPACE.ids(sample.completion(), new Vocabulary());
    return Score.of(words.length == 0 ? 0 : DistinctNgrams.share(words, order));
  }

  @Doc(
      "distinct-n: the completion's different n-grams of words as a share of all its n-grams, from 0 to 1."
          + " Words are runs of characters between white space. 1 with fewer words than n, 0 without any.")
  record Options(
      @Doc("n: how many words in a row are looked at.") @Default("2") @Range(min = 1, max = 20)
          int order) {}
}
