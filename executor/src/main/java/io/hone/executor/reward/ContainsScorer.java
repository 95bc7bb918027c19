package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Validated;
import java.util.List;
import java.util.Optional;

/**
 * 1 where the completion contains a text, else 0 (cover exact match, if the text is the reference).
 */
final class ContainsScorer implements Scorer {
  private final Optional<String> text;
  private final Optional<ReferenceColumn> reference;
  private final TextNormalization normalization;

  ContainsScorer(Options options) {
    this.text = options.text();
    this.reference = options.reference().map(ReferenceColumn::new);
    this.normalization = options.normalization();
  }

  @Override
  public Score score(Sample sample) {
    String completion = normalization.apply(sample.completion());
    List<String> texts =
        reference.isPresent() ? reference.get().texts(sample) : text.stream().toList();
    boolean contains = false;
    for (String candidate : texts) {
      String piece = normalization.apply(candidate);
      if (piece.isEmpty()) {
        throw new UnscorableException("the text to look for is empty: '" + candidate + "'");
      }
      contains |= new Occurrences(piece).in(completion, 1) > 0;
    }
    return Score.of(contains ? 1 : 0);
  }

  @Doc("1 where the completion contains a text, else 0.")
  record Options(
      @Doc("The text to look for, the same for every prompt.") Optional<String> text,
      @Doc("Column with the text to look for, or with a list of which one is enough.")
          Optional<String> reference,
      @Doc("What counts as the same text.") @Default("whitespace") TextNormalization normalization)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      if (text.isPresent() == reference.isPresent()) {
        problems.add("text", "set either text or reference (one of them, not both)");
      } else if (text.map(normalization::apply).filter(String::isEmpty).isPresent()) {
        problems.add("text", "'" + text.get() + "' is empty after normalization");
      }
    }
  }
}
