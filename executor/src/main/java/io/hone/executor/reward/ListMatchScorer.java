package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Validated;
import io.hone.executor.reward.answer.Items;
import io.hone.executor.reward.answer.Overlap;
import java.util.List;
import java.util.Optional;

/** How far the list that the completion answers agrees with that of the reference. */
final class ListMatchScorer implements Scorer {
  private final AnswerPattern pattern;
  private final ReferenceColumn reference;
  private final Options options;

  ListMatchScorer(Options options) {
    this.pattern = AnswerPattern.compile(options.pattern());
    this.reference = new ReferenceColumn(options.reference());
    this.options = options;
  }

  @Override
  public Score score(Sample sample) {
    List<String> wanted = normalized(wanted(sample));
    Optional<String> answer = pattern.find(sample);
    if (answer.isEmpty()) {
      return Score.noAnswer();
    }
    Overlap overlap = overlap(normalized(Items.of(answer.get(), options.separator())), wanted);
    return Score.of(
        switch (options.measure()) {
          case EXACT -> overlap.isExact() ? 1 : 0;
          case JACCARD -> overlap.jaccard();
          case F1 -> overlap.f1();
        });
  }

  /** A list as it is, and text split like an answer. */
  private List<String> wanted(Sample sample) {
    Object value = sample.columns().get(reference.name());
    if (value instanceof List<?> list && list.isEmpty()) {
      return List.of();
    }
    List<String> texts = reference.texts(sample);
    return value instanceof List ? texts : Items.of(texts.get(0), options.separator());
  }

  private List<String> normalized(List<String> items) {
    return items.stream().map(options.normalization()::apply).toList();
  }

  private Overlap overlap(List<String> found, List<String> wanted) {
    return options.ordered()
        ? Overlap.inOrder(found, wanted)
            .orElseThrow(
                () ->
                    new UnscorableException(
                        "lists of %d and %d items are too long to be compared in order"
                            .formatted(found.size(), wanted.size())))
        : Overlap.ofMultisets(found, wanted);
  }

  @Doc(
      "How far the list that the completion answers agrees with that of the reference, from 0 to 1; no"
          + " answer found is 0 with confidence 0. A list is a JSON array, or items between separators, in"
          + " brackets or not.")
  record Options(
      @Doc(AnswerPattern.DOC) Optional<String> pattern,
      @Doc("Column with the right list, as a list or as text.") @Default("answer") String reference,
      @Doc("What stands between items.") @Default(",") String separator,
      @Doc(
              "Whether order counts; common items are then those of the longest common subsequence,"
                  + " else each item as often as it is in both lists.")
          @Default("false")
          boolean ordered,
      @Doc("What the value is.") @Default("exact") Measure measure,
      @Doc("What counts as the same item.") @Default("whitespace") TextNormalization normalization)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
      if (separator.isEmpty()) {
        problems.add("separator", "is empty (expected what stands between items, such as ',')");
      }
    }
  }

  /** What agreement is worth. */
  enum Measure {
    @Doc("1 where both lists are the same, else 0")
    EXACT,
    @Doc("common items, divided by the items of either list")
    JACCARD,
    @Doc("twice the common items, divided by the items of both lists")
    F1
  }
}
