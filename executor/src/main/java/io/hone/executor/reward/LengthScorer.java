package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import java.util.Optional;

/**
 * 1 for a completion of a wanted length, falling to 0 over a margin on both sides. Less 1, it is
 * the soft overlong punishment of DAPO (Yu et al. 2025): 0 up to {@code Lmax - Lcache}, falling to
 * -1 at {@code Lmax}.
 */
final class LengthScorer implements Scorer {
  private final AnswerPattern pattern;
  private final Options options;

  LengthScorer(Options options) {
    this.pattern = AnswerPattern.compile(options.pattern());
    this.options = options;
  }

  @Override
  public Score score(Sample sample) {
    Optional<String> part = pattern.find(sample);
    double value = part.map(text -> value(options.unit().length(sample, text))).orElse(0.0);
    return Score.of(options.penalty() ? value - 1 : value, part.isPresent() ? 1 : 0);
  }

  private double value(int length) {
    int maximum = options.maximum().orElse(Integer.MAX_VALUE);
    int outside = Math.max(0, Math.max(options.minimum() - length, length - maximum));
    if (outside == 0) {
      return 1;
    }
    return outside >= options.margin() ? 0 : 1 - (double) outside / options.margin();
  }

  @Doc(
      "1 where the length of the completion, or of a part of it, is between a minimum and a maximum; outside,"
          + " it falls linearly to 0 over a margin. A target is a minimum and maximum that are the same. The"
          + " soft punishment of overlong completions (DAPO) is `penalty: true` with a maximum and a margin"
          + " that add up to the token limit; the reward of long thoughts (ToolRL) is `unit: words`,"
          + " `pattern: '(?s)<think>(.*?)</think>'`, `minimum: 512`, `margin: 512`.")
  record Options(
      @Doc("What is counted.") @Default("tokens") Unit unit,
      @Doc("Least length that is worth 1.") @Default("0") @Range(min = 0) int minimum,
      @Doc("Greatest length that is worth 1.") @Range(min = 0) Optional<Integer> maximum,
      @Doc("How far outside a length is worth nothing; at 0, any length outside is.")
          @Default("0")
          @Range(min = 0)
          int margin,
      @Doc(
              "Regular expression (RE2) for the part that is measured: group 1 of its last match, or the"
                  + " match itself without groups; where it does not match, the value is 0 with confidence"
                  + " 0. Without it, the whole completion.")
          Optional<String> pattern,
      @Doc("Whether 1 is taken off the value, so that a right length costs nothing.")
          @Default("false")
          boolean penalty)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      if (maximum.isPresent() && maximum.get() < minimum) {
        problems.add("maximum", maximum.get() + " is less than minimum " + minimum);
      }
      if (maximum.isEmpty() && minimum == 0) {
        problems.add("maximum", "set a minimum or a maximum (every length is worth 1 without)");
      }
      if (pattern.isPresent() && unit == Unit.TOKENS) {
        problems.add(
            "pattern", "tokens are known of the whole completion only (expected unit: words)");
      }
      TextPattern.report("pattern", pattern, problems);
    }
  }

  /** What a length counts. */
  enum Unit {
    @Doc("tokens as sampled, the stop token included")
    TOKENS {
      @Override
      int length(Sample sample, String text) {
        if (sample.completionTokens() == Sample.UNKNOWN) {
          throw new UnscorableException(
              "the completion's tokens are not known here (expected unit: words or characters)");
        }
        return sample.completionTokens();
      }
    },
    @Doc("characters (code points of Unicode)")
    CHARACTERS {
      @Override
      int length(Sample sample, String text) {
        return text.codePointCount(0, text.length());
      }
    },
    @Doc("runs of characters between white space")
    WORDS {
      @Override
      int length(Sample sample, String text) {
        int words = 0;
        boolean inWord = false;
        for (int index = 0; index < text.length(); index++) {
          boolean isSpace = Character.isWhitespace(text.charAt(index));
          words += !inWord && !isSpace ? 1 : 0;
          inWord = !isSpace;
        }
        return words;
      }
    };

    /** The length of a completion. */
    int length(Sample sample) {
      return length(sample, sample.completion());
    }

    /** The length of a part of a completion. */
    abstract int length(Sample sample, String text);
  }
}
