package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.executor.reward.metric.ItemOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Whether the items of the completion come in the order of the reference. */
final class OrderScorer implements Scorer {
  private final Options options;
  private final ReferenceColumn reference;

  OrderScorer(Options options) {
    this.options = options;
    this.reference = new ReferenceColumn(options.reference());
  }

  @Override
  public Score score(Sample sample) {
    List<String> found = items(sample.completion());
    return Score.of(
        reference.nonBlankTexts(sample).stream()
            .map(this::items)
            .filter(wanted -> !wanted.isEmpty())
            .mapToDouble(wanted -> ItemOrder.share(found, wanted))
            .max()
            .orElseThrow(
                () ->
                    new UnscorableException(
                        "column '" + reference.name() + "' has no items after normalization")));
  }

  private List<String> items(String text) {
    return options
        .unit()
        .items(text)
        .map(options.normalization()::apply)
        .filter(item -> !item.isBlank())
        .toList();
  }

  @Doc(
      "Of all pairs of the reference's items, the share that the completion has in the same order, from 0"
          + " to 1 (the reading order of Logics-Parsing, by the inversions of Kendall's rank correlation):"
          + " 1 where all items come in order, 0 where they come in reverse. A missing item costs all its"
          + " pairs, one that is not in the reference costs nothing. The only item of a reference is worth"
          + " 1. The best of several references counts.")
  record Options(
      @Doc("Column with the text in the right order, or with a list of such texts.")
          @Default("answer")
          String reference,
      @Doc("What comes in an order.") @Default("paragraphs") Unit unit,
      @Doc("What counts as the same item.") @Default("whitespace")
          TextNormalization normalization) {}

  /** What is an item. */
  enum Unit {
    @Doc("lines that are not blank, joined up to the next blank one")
    PARAGRAPHS {
      @Override
      Stream<String> items(String text) {
        List<String> paragraphs = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        for (String line : text.lines().toList()) {
          if (line.isBlank()) {
            paragraphs.add(paragraph.toString());
            paragraph.setLength(0);
          } else {
            paragraph.append(line).append('\n');
          }
        }
        paragraphs.add(paragraph.toString());
        return paragraphs.stream();
      }
    },
    @Doc("lines")
    LINES {
      @Override
      Stream<String> items(String text) {
        return text.lines();
      }
    },
    @Doc("runs of characters between white space")
    WORDS {
      @Override
      Stream<String> items(String text) {
        return Arrays.stream(TextNormalization.WHITESPACE.apply(text).split(" ", -1));
      }
    };

    /** Items, some of which may be blank. */
    abstract Stream<String> items(String text);
  }
}
