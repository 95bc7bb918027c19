package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import java.util.List;
import java.util.Optional;

/**
 * 1 where the completion, or the answer in it, contains a text, else 0. If the text is the
 * reference, this is cover exact match or, of the answer, sub-exact match.
 */
final class ContainsScorer implements Scorer {
  private final Optional<String> text;
  private final Optional<ReferenceColumn> reference;
  private final AnswerPattern pattern;
  private final TextNormalization normalization;
  private final AnswerTagLimit tagLimit;

  ContainsScorer(Options options) {
    this.text = options.text();
    this.reference = options.reference().map(ReferenceColumn::new);
    this.pattern = AnswerPattern.compile(options.pattern());
    this.normalization = options.normalization();
    this.tagLimit = new AnswerTagLimit(options.answerTagLimit());
  }

  @Override
  public Score score(Sample sample) {
    Optional<String> answer = pattern.find(sample).map(normalization::apply);
    List<String> texts =
        reference.isPresent() ? reference.get().texts(sample) : text.stream().toList();
    boolean contains = false;
    for (String candidate : texts) {
      String piece = normalization.apply(candidate);
      if (piece.isEmpty()) {
        throw new UnscorableException("the text to look for is empty: '" + candidate + "'");
      }
      contains |= answer.isPresent() && new Occurrences(piece).in(answer.get(), 1) > 0;
    }
    return answer.isEmpty() ? Score.noAnswer() : tagLimit.score(contains ? 1 : 0, sample);
  }

  @Doc(
      "1 where the completion, or the answer in it, contains a text, else 0. With a reference and"
          + " `normalization: squad`, this is cover exact match or, with a pattern, sub-exact match; no"
          + " answer found is 0 with confidence 0.")
  record Options(
      @Doc("The text to look for, the same for every prompt.") Optional<String> text,
      @Doc("Column with the text to look for, or with a list of which one is enough.")
          Optional<String> reference,
      @Doc(AnswerPattern.DOC) Optional<String> pattern,
      @Doc("What counts as the same text.") @Default("whitespace") TextNormalization normalization,
      @Doc(AnswerTagLimit.DOC) @Range(min = 1) Optional<Integer> answerTagLimit)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      if (text.isPresent() == reference.isPresent()) {
        problems.add("text", "set either text or reference (one of them, not both)");
      } else if (text.map(normalization::apply).filter(String::isEmpty).isPresent()) {
        problems.add("text", "'" + text.get() + "' is empty after normalization");
      }
      TextPattern.report("pattern", pattern, problems);
    }
  }
}
