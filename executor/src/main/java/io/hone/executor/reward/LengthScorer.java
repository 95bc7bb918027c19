package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import java.util.Optional;

/** 1 for a completion of a wanted length, falling to 0 over a margin on both sides. */
final class LengthScorer implements Scorer {
  private final Options options;

  LengthScorer(Options options) {
    this.options = options;
  }

  @Override
  public Score score(Sample sample) {
    int length = options.unit().length(sample);
    int maximum = options.maximum().orElse(Integer.MAX_VALUE);
    int outside = Math.max(0, Math.max(options.minimum() - length, length - maximum));
    if (outside == 0) {
      return Score.of(1);
    }
    return Score.of(outside >= options.margin() ? 0 : 1 - (double) outside / options.margin());
  }

  @Doc(
      "1 where the completion's length is between a minimum and a maximum; outside, it falls linearly to 0"
          + " over a margin.")
  record Options(
      @Doc("What is counted.") @Default("tokens") Unit unit,
      @Doc("Least length that is worth 1.") @Default("0") @Range(min = 0) int minimum,
      @Doc("Greatest length that is worth 1.") @Range(min = 0) Optional<Integer> maximum,
      @Doc("How far outside a length is worth nothing; at 0, any length outside is.")
          @Default("0")
          @Range(min = 0)
          int margin)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      if (maximum.isPresent() && maximum.get() < minimum) {
        problems.add("maximum", maximum.get() + " is less than minimum " + minimum);
      }
      if (maximum.isEmpty() && minimum == 0) {
        problems.add("maximum", "set a minimum or a maximum (every length is worth 1 without)");
      }
    }
  }

  /** What a length counts. */
  enum Unit {
    @Doc("tokens as sampled, the stop token included")
    TOKENS {
      @Override
      int length(Sample sample) {
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
      int length(Sample sample) {
        return sample.completion().codePointCount(0, sample.completion().length());
      }
    },
    @Doc("runs of characters between white space")
    WORDS {
      @Override
      int length(Sample sample) {
        int words = 0;
        boolean inWord = false;
        for (int index = 0; index < sample.completion().length(); index++) {
          boolean isSpace = Character.isWhitespace(sample.completion().charAt(index));
          words += !inWord && !isSpace ? 1 : 0;
          inWord = !isSpace;
        }
        return words;
      }
    };

    abstract int length(Sample sample);
  }
}
