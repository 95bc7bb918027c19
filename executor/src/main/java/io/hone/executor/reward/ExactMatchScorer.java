package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Validated;
import java.util.Optional;

/** 1 where the answer of the completion is the text of the reference, else 0. */
final class ExactMatchScorer implements Scorer {
  private final Optional<TextPattern> pattern;
  private final ReferenceColumn reference;
  private final TextNormalization normalization;

  ExactMatchScorer(Options options) {
    this.pattern = options.pattern().map(TextPattern::compile);
    this.reference = new ReferenceColumn(options.reference());
    this.normalization = options.normalization();
  }

  @Override
  public Score score(Sample sample) {
    Optional<String> answer =
        pattern.isPresent()
            ? pattern.get().last(sample.completion())
            : Optional.of(sample.completion());
    boolean matches =
        reference.texts(sample).stream()
            .map(normalization::apply)
            .anyMatch(text -> answer.map(normalization::apply).filter(text::equals).isPresent());
    return answer.isEmpty() ? Score.noAnswer() : Score.of(matches ? 1 : 0);
  }

  @Doc(
      "1 where the answer of the completion equals the reference, else 0; no answer found is 0 with"
          + " confidence 0.")
  record Options(
      @Doc(
              "Regular expression (RE2) for the answer: group 1 of its last match, or the match itself"
                  + " without groups. Without it, the whole completion is the answer.")
          Optional<String> pattern,
      @Doc("Column with the right answer, or with a list of right answers.") @Default("answer")
          String reference,
      @Doc("What counts as the same text.") @Default("whitespace") TextNormalization normalization)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
    }
  }
}
