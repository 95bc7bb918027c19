package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.executor.reward.metric.LowerCase;

/** How often the completion says something, up to a cap: {@code min(count, cap) / cap}. */
final class CountScorer implements Scorer {
  private final Occurrences occurrences;
  private final boolean ignoreCase;
  private final int cap;

  CountScorer(Options options) {
    this.ignoreCase = options.ignoreCase();
    this.occurrences = new Occurrences(folded(options.text()));
    this.cap = options.cap();
  }

  @Override
  public Score score(Sample sample) {
    return Score.of((double) occurrences.in(folded(sample.completion()), cap) / cap);
  }

  private String folded(String text) {
    return ignoreCase ? LowerCase.of(text) : text;
  }

  @Doc("How often a text occurs in the completion, without overlaps: min(count, cap) / cap.")
  record Options(
      @Doc("The text to count.") String text,
      @Doc("The count that is worth 1; more are worth no more.") @Default("1") @Range(min = 1)
          int cap,
      @Doc("Whether case does not matter.") @Default("false") boolean ignoreCase) {}
}
