package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.executor.reward.metric.Alignment;
import io.hone.executor.reward.metric.Tokenizer;
import io.hone.executor.reward.metric.Vocabulary;
import java.util.List;

/** How few edits make the completion its reference. */
final class EditSimilarityScorer implements Scorer {
  private final Options options;
  private final ReferenceColumn reference;
  private final AlignmentLimit limit;

  EditSimilarityScorer(Options options) {
    this.options = options;
    this.reference = new ReferenceColumn(options.reference());
    this.limit = new AlignmentLimit(options.maximumCells());
  }

  @Override
  public Score score(Sample sample) {
    Vocabulary vocabulary = new Vocabulary();
    List<int[]> references =
        reference.texts(sample).stream().map(text -> symbols(text, vocabulary)).toList();
    return Score.of(
        limit.align(symbols(sample.completion(), vocabulary), references).stream()
            .mapToDouble(Alignment::similarity)
            .max()
            .orElseThrow());
  }

  private int[] symbols(String text, Vocabulary vocabulary) {
    return options.unit().symbols(options.normalization().apply(text), vocabulary);
  }

  @Doc(
      "1 - (edit distance of completion and reference) / (length of the longer), from 0 to 1: how few"
          + " insertions, deletions and replacements make one the other (Levenshtein). 1 if both are empty;"
          + " the best of several references counts.")
  record Options(
      @Doc("Column with the reference, or with a list of references.") @Default("answer")
          String reference,
      @Doc("What is inserted, deleted and replaced.") @Default("characters") Unit unit,
      @Doc("What counts as the same text.") @Default("none") TextNormalization normalization,
      @Doc(
              "Most work: length of the completion times length of the reference, summed over references"
                  + " and without common beginnings and ends. Beyond it the score is invalid. 1e9, which"
                  + " is 31,000 by 31,000 characters, takes about 0.1 s.")
          @Default("1000000000")
          @Range(min = 1)
          long maximumCells) {}

  /** What an edit changes. */
  enum Unit {
    @Doc("characters (code points of Unicode)")
    CHARACTERS {
      @Override
      int[] symbols(String text, Vocabulary vocabulary) {
        return text.codePoints().toArray();
      }
    },
    @Doc("runs of characters between white space")
    WORDS {
      @Override
      int[] symbols(String text, Vocabulary vocabulary) {
        return Tokenizer.WHITE_SPACE.ids(text, vocabulary);
      }
    };

    abstract int[] symbols(String text, Vocabulary vocabulary);
  }
}
