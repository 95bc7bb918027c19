package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import io.hone.executor.reward.math.MathEquality;
import io.hone.executor.reward.math.MathText;
import io.hone.executor.reward.math.Percent;
import io.hone.executor.reward.math.Rational;
import io.hone.executor.reward.math.Verdict;
import java.math.BigDecimal;
import java.util.Optional;

/** 1 where the answer of the completion is that of the reference in mathematics, else 0. */
final class MathAnswerScorer implements Scorer {
  /** How far to trust that two answers differ because they are written differently. */
  private static final double TEXT_CONFIDENCE = 0.25;

  private final Optional<TextPattern> pattern;
  private final ReferenceColumn reference;
  private final Optional<TextPattern> referencePattern;
  private final MathEquality equality;

  MathAnswerScorer(Options options) {
    this.pattern = options.pattern().map(TextPattern::compile);
    this.reference = new ReferenceColumn(options.reference());
    this.referencePattern = options.referencePattern().map(TextPattern::compile);
    this.equality =
        new MathEquality(options.percent(), Rational.of(BigDecimal.valueOf(options.tolerance())));
  }

  @Override
  public Score score(Sample sample) {
    Optional<String> answer = answer(pattern, sample.completion());
    Verdict verdict = Verdict.DIFFERENT;
    for (String text : reference.texts(sample)) {
      String right = answer(referencePattern, text).orElse(text);
      if (right.isBlank()) {
        throw new UnscorableException("column '" + reference.name() + "' has a blank answer");
      }
      Verdict next = answer.map(given -> equality.compare(given, right)).orElse(Verdict.DIFFERENT);
      verdict = verdict.or(next);
    }
    if (answer.isEmpty()) {
      return Score.noAnswer();
    }
    return switch (verdict) {
      case SAME -> Score.of(1);
      case DIFFERENT -> Score.of(0);
      case UNDECIDED -> Score.of(0, TEXT_CONFIDENCE);
    };
  }

  /** What a pattern finds, and of that (of the text, without a pattern) what a box holds. */
  private static Optional<String> answer(Optional<TextPattern> pattern, String text) {
    if (pattern.isEmpty()) {
      return MathText.lastBoxed(text);
    }
    return pattern.get().last(text).map(found -> MathText.lastBoxed(found).orElse(found));
  }

  @Doc(
      "1 where the answer of the completion is the reference's in mathematics, else 0; no answer found is"
          + " 0 with confidence 0. Answers are written in LaTeX or plain text. Numbers are compared exactly,"
          + " and expressions with variables by their values: `\\frac12` is `0.5`, `\\sqrt{8}` is"
          + " `2\\sqrt{2}`, `(a+b)^2` is `a^2+2ab+b^2`. Sets are compared in any order, points and intervals"
          + " in theirs; `x = 3` is `3`, and `3 < x` is `x > 3`; units and words behind a number count where"
          + " both have them. Answers that are not understood are compared as text; if they are not the"
          + " same text, that is 0 with confidence 0.25.")
  record Options(
      @Doc(
              "Regular expression (RE2) for the answer: group 1 of its last match, or the match itself"
                  + " without groups, and of that the last `\\boxed{...}` if there is one. Without it, the last"
                  + " `\\boxed{...}` of the completion.")
          Optional<String> pattern,
      @Doc("Column with the right answer, or with a list of right answers.") @Default("answer")
          String reference,
      @Doc(
              "The same for the reference; one that it does not match is the answer as a whole. Without it,"
                  + " the last `\\boxed{...}` of the reference, or all of it.")
          Optional<String> referencePattern,
      @Doc(
              "Largest difference of a number from the reference, as a share of it (of 1, if it is less"
                  + " than 1).")
          @Default("0")
          @Range(min = 0)
          double tolerance,
      @Doc("What a percent sign means.") @Default("ignore") Percent percent)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
      TextPattern.report("reference-pattern", referencePattern, problems);
    }
  }
}
