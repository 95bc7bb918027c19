package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import java.util.Optional;

/** 1 where the answer of the completion is the text of the reference, else 0. */
final class ExactMatchScorer implements Scorer {
  private final AnswerPattern pattern;
  private final ReferenceColumn reference;
  private final TextNormalization normalization;
  private final AnswerTagLimit tagLimit;

  ExactMatchScorer(Options options) {
    this.pattern = AnswerPattern.compile(options.pattern());
    this.reference = new ReferenceColumn(options.reference());
    this.normalization = options.normalization();
    this.tagLimit = new AnswerTagLimit(options.answerTagLimit());
  }

  @Override
  public Score score(Sample sample) {
    Optional<String> answer = pattern.find(sample).map(normalization::apply);
    boolean matches =
        reference.texts(sample, normalization).stream()
            .anyMatch(text -> answer.filter(text::equals).isPresent());
    return answer.isEmpty() ? Score.noAnswer() : tagLimit.score(matches ? 1 : 0, sample);
  }

  @Doc(
      "1 where the answer of the completion equals the reference, else 0; no answer found is 0 with"
          + " confidence 0.")
  record Options(
      @Doc(AnswerPattern.DOC) Optional<String> pattern,
      @Doc("Column with the right answer, or with a list of right answers.") @Default("answer")
          String reference,
      @Doc("What counts as the same text.") @Default("whitespace") TextNormalization normalization,
      @Doc(AnswerTagLimit.DOC) @Range(min = 1) Optional<Integer> answerTagLimit)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
    }
  }
}
