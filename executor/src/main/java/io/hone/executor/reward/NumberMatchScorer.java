package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import io.hone.executor.reward.math.FoundNumber;
import io.hone.executor.reward.math.NumberScanner;
import io.hone.executor.reward.math.Percent;
import io.hone.executor.reward.math.Rational;
import java.math.BigDecimal;
import java.util.Optional;

/** 1 where the answer of the completion is the number of the reference, else 0. */
final class NumberMatchScorer implements Scorer {
  private final AnswerPattern pattern;
  private final ReferenceColumn reference;
  private final Optional<TextPattern> referencePattern;
  private final Rational tolerance;
  private final Percent percent;
  private final Units units;

  NumberMatchScorer(Options options) {
    this.pattern = AnswerPattern.compile(options.pattern());
    this.reference = new ReferenceColumn(options.reference());
    this.referencePattern =
        options.referencePattern().map(TextPattern::compile).or(pattern::pattern);
    this.tolerance = Rational.of(BigDecimal.valueOf(options.tolerance()));
    this.percent = options.percent();
    this.units = options.units();
  }

  @Override
  public Score score(Sample sample) {
    Optional<FoundNumber> answer = pattern.find(sample).flatMap(NumberScanner::last);
    boolean matches = false;
    for (Object right : reference.answers(sample)) {
      FoundNumber number = referenceNumber(right);
      matches |= answer.filter(found -> isClose(found, number)).isPresent();
    }
    return answer.isEmpty() ? Score.noAnswer() : Score.of(matches ? 1 : 0);
  }

  private boolean isClose(FoundNumber answer, FoundNumber right) {
    Optional<Rational> value =
        switch (units) {
          case IGNORE -> Optional.of(answer.value(percent));
          case CONVERT -> answer.valueIn(right, percent);
        };
    return value.filter(number -> number.isCloseTo(right.value(percent), tolerance)).isPresent();
  }

  private FoundNumber referenceNumber(Object value) {
    String text = value.toString();
    Optional<String> extracted = referencePattern.flatMap(extractor -> extractor.last(text));
    return extracted
        .map(NumberScanner::last)
        .orElseGet(() -> NumberScanner.only(text))
        .orElseThrow(
            () ->
                new UnscorableException(
                    "expected one number in column '%s', or one where reference-pattern matches; found '%s'"
                        .formatted(reference.name(), text)));
  }

  @Doc(
      "1 where the number that the completion answers equals the reference's, else 0; no number found is"
          + " 0 with confidence 0. Numbers are compared exactly unless there is a tolerance: `1/2`, `0.5`,"
          + " `\\frac{1}{2}` and `5e-1` are the same, and so are `3 1/2` and `3.50`, `1,200` and"
          + " `1.2 × 10^3`. Currency signs and a final period do not count.")
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
          double tolerance,
      @Doc("What a percent sign means.") @Default("ignore") Percent percent,
      @Doc("What a unit behind a number means.") @Default("ignore") Units units)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
      TextPattern.report("reference-pattern", referencePattern, problems);
    }
  }

  /** What units mean. */
  enum Units {
    @Doc("nothing: 5 km is 5")
    IGNORE,
    @Doc(
        "metric and common imperial units of length, area, volume, mass, time and speed are converted: 1 km"
            + " is 1000 m and not 1 kg; a number without a unit that is known may have any")
    CONVERT
  }
}
