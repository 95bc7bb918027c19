package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.executor.reward.metric.Chrf;

/** chrF or chrF++ of the completion against the best of its references. */
final class ChrfScorer implements Scorer {
  private final Chrf chrf;
  private final ReferenceColumn reference;

  ChrfScorer(Options options) {
    this.chrf = new Chrf(options.characterOrder(), options.wordOrder(), options.beta());
    this.reference = new ReferenceColumn(options.reference());
  }

  @Override
  public Score score(Sample sample) {
    return Score.of(chrf.best(sample.completion(), reference.nonBlankTexts(sample)));
  }

  @Doc(
      "chrF of the completion, from 0 to 1 (sacrebleu's from 0 to 100, divided by 100): the F score of"
          + " n-grams of characters, without white space, and with a `word-order` of words too. An empty"
          + " completion is 0; the best of several references counts.")
  record Options(
      @Doc("Column with the reference, or with a list of references.") @Default("answer")
          String reference,
      @Doc("Greatest order of n-grams of characters.") @Default("6") @Range(min = 1, max = 20)
          int characterOrder,
      @Doc("Greatest order of n-grams of words; 2 makes it chrF++.")
          @Default("0")
          @Range(min = 0, max = 20)
          int wordOrder,
      @Doc("Recall counts beta^2 times as much as precision.")
          @Default("2")
          @Range(above = 0, max = 1000)
          double beta) {}
}
