package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import io.hone.executor.reward.metric.Bleu;
import io.hone.executor.reward.metric.Bleu.Smoothing;
import java.util.List;
import java.util.Optional;

/** Sentence BLEU of the completion against its references. */
final class BleuScorer implements Scorer {
  private final Bleu bleu;
  private final ReferenceColumn reference;
  private final boolean maxOverReferences;

  BleuScorer(Options options) {
    this.bleu = new Bleu(options.smoothing(), options.k().orElse(1.0));
    this.reference = new ReferenceColumn(options.reference());
    this.maxOverReferences = options.maxOverReferences();
  }

  @Override
  public Score score(Sample sample) {
    List<String> references = reference.nonBlankTexts(sample);
    return Score.of(
        maxOverReferences
            ? bleu.best(sample.completion(), references)
            : bleu.score(sample.completion(), references));
  }

  @Doc(
      "Sentence BLEU of orders 1 to 4 of the completion, from 0 to 1 (sacrebleu's from 0 to 100, divided"
          + " by 100): tokenizer 13a, effective order, brevity penalty. An empty completion is 0. Of"
          + " several references, an n-gram counts as often as in the one that has it most often, and the"
          + " length of the closest one counts.")
  record Options(
      @Doc("Column with the reference, or with a list of references.") @Default("answer")
          String reference,
      @Doc("What is done about orders of which no n-gram matches.") @Default("add-k")
          Smoothing smoothing,
      @Doc("What `add-k` adds, 1 if not given.") @Range(above = 0) Optional<Double> k,
      @Doc("Whether each reference is scored alone and the best score counts.") @Default("false")
          boolean maxOverReferences)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      if (k.isPresent() && smoothing != Smoothing.ADD_K) {
        problems.add("k", "has no effect (expected with smoothing: add-k only)");
      }
    }
  }
}
