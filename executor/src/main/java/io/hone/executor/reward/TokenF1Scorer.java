package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import io.hone.executor.reward.answer.Overlap;
import io.hone.executor.reward.answer.Words;
import java.util.List;
import java.util.Optional;

/**
 * How many words the answer of the completion and the reference have in common: {@code 2 IN / (PN +
 * RN)}, with IN words in both, PN in the answer and RN in the reference, as in the evaluation of
 * SQuAD (Rajpurkar et al. 2016) and the reward of ZeroSearch.
 */
final class TokenF1Scorer implements Scorer {
  private final AnswerPattern pattern;
  private final ReferenceColumn reference;
  private final TextNormalization normalization;
  private final AnswerTagLimit tagLimit;

  TokenF1Scorer(Options options) {
    this.pattern = AnswerPattern.compile(options.pattern());
    this.reference = new ReferenceColumn(options.reference());
    this.normalization = options.normalization();
    this.tagLimit = new AnswerTagLimit(options.answerTagLimit());
  }

  @Override
  public Score score(Sample sample) {
    List<List<String>> references =
        reference.texts(sample, normalization).stream().map(Words::of).toList();
    Optional<List<String>> answer = pattern.find(sample).map(normalization::apply).map(Words::of);
    if (answer.isEmpty()) {
      return Score.noAnswer();
    }
    double best =
        references.stream()
            .mapToDouble(words -> Overlap.ofMultisets(answer.get(), words).f1())
            .max()
            .orElseThrow();
    return tagLimit.score(best, sample);
  }

  @Doc(
      "How many words the answer of the completion and the reference have in common: twice that number,"
          + " divided by the words of both; from 0 to 1. No answer found is 0 with confidence 0.")
  record Options(
      @Doc(AnswerPattern.DOC) Optional<String> pattern,
      @Doc(
              "Column with the right answer, or with a list of right answers, of which the best counts.")
          @Default("answer")
          String reference,
      @Doc("What counts as the same text.") @Default("squad") TextNormalization normalization,
      @Doc(AnswerTagLimit.DOC) @Range(min = 1) Optional<Integer> answerTagLimit)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
    }
  }
}
