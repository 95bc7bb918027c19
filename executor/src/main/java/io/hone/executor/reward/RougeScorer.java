package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.executor.reward.metric.Overlap;
import io.hone.executor.reward.metric.Tokenizer;
import io.hone.executor.reward.metric.Vocabulary;
import java.util.List;
import java.util.stream.Stream;

/** ROUGE of the completion against the best of its references. */
final class RougeScorer implements Scorer {
  private final Options options;
  private final ReferenceColumn reference;
  private final AlignmentLimit limit;

  RougeScorer(Options options) {
    this.options = options;
    this.reference = new ReferenceColumn(options.reference());
    this.limit = new AlignmentLimit(options.maximumCells());
  }

  @Override
  public Score score(Sample sample) {
    Vocabulary vocabulary = new Vocabulary();
    List<int[]> references =
        reference.texts(sample).stream()
            .map(text -> Tokenizer.ASCII_WORDS.ids(text, vocabulary))
            .filter(words -> words.length > 0)
            .toList();
    if (references.isEmpty()) {
      throw new UnscorableException(
          "column '"
              + reference.name()
              + "' has no words of the letters a to z and digits, the only ones that ROUGE compares");
    }
    int[] completion = Tokenizer.ASCII_WORDS.ids(sample.completion(), vocabulary);
    return Score.of(
        options
            .variant()
            .overlaps(completion, references, limit)
            .mapToDouble(options.measure()::of)
            .max()
            .orElseThrow());
  }

  @Doc(
      "ROUGE of the completion, from 0 to 1, as Google's rouge-score computes it without stemming: what"
          + " it has in common with the reference, in words of the letters a to z and digits of the"
          + " lower-case text. An empty completion is 0; the best of several references counts.")
  record Options(
      @Doc("Column with the reference, or with a list of references.") @Default("answer")
          String reference,
      @Doc("What is compared.") @Default("rouge-l") Variant variant,
      @Doc("What is measured.") @Default("f1") Measure measure,
      @Doc(
              "Most work for `rouge-l`: words of the completion times words of the reference, summed over"
                  + " references and without common beginnings and ends. Beyond it the score is invalid."
                  + " 1e9 takes about 0.1 s.")
          @Default("1000000000")
          @Range(min = 1)
          long maximumCells) {}

  /** What of two texts is compared. */
  enum Variant {
    @Doc("words")
    ROUGE_1 {
      @Override
      Stream<Overlap> overlaps(int[] text, List<int[]> references, AlignmentLimit limit) {
        return references.stream().map(reference -> Overlap.ofNgrams(text, reference, 1));
      }
    },
    @Doc("pairs of words in a row")
    ROUGE_2 {
      @Override
      Stream<Overlap> overlaps(int[] text, List<int[]> references, AlignmentLimit limit) {
        return references.stream().map(reference -> Overlap.ofNgrams(text, reference, 2));
      }
    },
    @Doc("the longest common subsequence of words")
    ROUGE_L {
      @Override
      Stream<Overlap> overlaps(int[] text, List<int[]> references, AlignmentLimit limit) {
        return limit.align(text, references).stream().map(Overlap::ofSubsequence);
      }
    };

    /** With each reference. */
    abstract Stream<Overlap> overlaps(int[] text, List<int[]> references, AlignmentLimit limit);
  }

  /** What is measured of an overlap. */
  enum Measure {
    @Doc("the harmonic mean of precision and recall")
    F1 {
      @Override
      double of(Overlap overlap) {
        return overlap.f1();
      }
    },
    @Doc("what is common as a share of the completion")
    PRECISION {
      @Override
      double of(Overlap overlap) {
        return overlap.precision();
      }
    },
    @Doc("what is common as a share of the reference")
    RECALL {
      @Override
      double of(Overlap overlap) {
        return overlap.recall();
      }
    };

    abstract double of(Overlap overlap);
  }
}
