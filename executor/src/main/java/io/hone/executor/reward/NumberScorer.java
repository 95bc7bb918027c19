package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Validated;
import io.hone.executor.reward.math.FoundNumber;
import io.hone.executor.reward.math.NumberScanner;
import io.hone.executor.reward.math.Percent;
import java.util.Optional;

/** The number that the completion answers. */
final class NumberScorer implements Scorer {
  private final AnswerPattern pattern;
  private final Options options;

  NumberScorer(Options options) {
    this.pattern = AnswerPattern.compile(options.pattern());
    this.options = options;
  }

  @Override
  public Score score(Sample sample) {
    Optional<FoundNumber> answer = pattern.find(sample).flatMap(NumberScanner::last);
    return answer
        .map(number -> number.value(options.percent()).toDouble())
        .filter(value -> value >= options.minimum() && value <= options.maximum())
        .map(Score::of)
        .orElse(Score.noAnswer());
  }

  @Doc(
      "The number that the completion answers, such as the relevance that it gives a document, for combinations to"
          + " use. None found, or one out of bounds, is 0 with confidence 0.")
  record Options(
      @Doc(
              "Regular expression (RE2) for the answer: the last number in group 1 of its last match. Without it,"
                  + " the last number of the completion.")
          Optional<String> pattern,
      @Doc("Least number that is an answer.") @Default("0") double minimum,
      @Doc("Greatest number that is an answer.") @Default("100") double maximum,
      @Doc("What a percent sign means.") @Default("ignore") Percent percent)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
      if (!(minimum < maximum)) {
        problems.add("maximum", maximum + " is not above minimum: " + minimum);
      }
    }
  }
}
