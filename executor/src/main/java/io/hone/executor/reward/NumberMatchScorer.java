package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import java.math.BigDecimal;
import java.util.Optional;

/** 1 where the answer of the completion is the number of the reference, else 0. */
final class NumberMatchScorer implements Scorer {
  private final Optional<TextPattern> pattern;
  private final ReferenceColumn reference;
  private final Optional<TextPattern> referencePattern;
  private final BigDecimal tolerance;

  NumberMatchScorer(Options options) {
    this.pattern = options.pattern().map(TextPattern::compile);
    this.reference = new ReferenceColumn(options.reference());
    this.referencePattern = options.referencePattern().map(TextPattern::compile).or(() -> pattern);
    this.tolerance = BigDecimal.valueOf(options.tolerance());
  }

  @Override
  public Score score(Sample sample) {
    Optional<BigDecimal> answer =
        pattern.isPresent()
            ? pattern.get().last(sample.completion()).flatMap(DecimalNumbers::last)
            : DecimalNumbers.last(sample.completion());
    boolean matches = false;
    for (Object right : reference.answers(sample)) {
      BigDecimal number = referenceNumber(right);
      matches |= answer.isPresent() && isClose(answer.get(), number);
    }
    return answer.isEmpty() ? Score.noAnswer() : Score.of(matches ? 1 : 0);
  }

  /** {@code |answer - reference| <= tolerance max(|reference|, 1)}, exactly. */
  private boolean isClose(BigDecimal answer, BigDecimal right) {
    BigDecimal allowed = tolerance.multiply(right.abs().max(BigDecimal.ONE));
    return answer.subtract(right).abs().compareTo(allowed) <= 0;
  }

  private BigDecimal referenceNumber(Object value) {
    String text = value.toString();
    Optional<String> extracted = referencePattern.flatMap(extractor -> extractor.last(text));
    return extracted
        .map(DecimalNumbers::last)
        .orElseGet(() -> DecimalNumbers.only(text))
        .orElseThrow(
            () ->
                new UnscorableException(
                    "expected one number in column '%s', or one where reference-pattern matches; found '%s'"
                        .formatted(reference.name(), text)));
  }

  @Doc(
      "1 where the number that the completion answers equals the reference's, else 0; no number found is"
          + " 0 with confidence 0. Numbers are compared as decimals, exactly unless there is a tolerance;"
          + " thousands separators, currency and percent signs, units and a final period do not count.")
  record Options(
      @Doc(
              "Regular expression (RE2) for the answer: the last number in group 1 of its last match, such"
                  + " as `#### (.*)` or `A:(.*)`. Without it, the last number of the completion.")
          Optional<String> pattern,
      @Doc("Column with the right answer, or with a list of right answers.") @Default("answer")
          String reference,
      @Doc(
              "The same for the reference; without it, `pattern`. A reference that it does not match has to"
                  + " hold exactly one number.")
          Optional<String> referencePattern,
      @Doc("Largest difference from the reference, as a share of it (of 1, if it is less than 1).")
          @Default("0")
          @Range(min = 0)
          double tolerance)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
      TextPattern.report("reference-pattern", referencePattern, problems);
    }
  }
}
