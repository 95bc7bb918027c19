package io.hone.executor.reward;

import io.hone.executor.reward.metric.WhiteSpace;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The column of the data set that holds the right answer, or a list of answers that are all right.
 */
record ReferenceColumn(String name) {
  /**
   * The answers in a row: text, numbers or truth values, at least one.
   *
   * @throws UnscorableException if there is none
   */
  List<Object> answers(Sample sample) {
    Object value = sample.columns().get(name);
    if (value == null) {
      throw new UnscorableException(
          "column '" + name + "' is missing or null (columns: " + columnNames(sample) + ")");
    }
    if (!(value instanceof List<?> answers)) {
      return List.of(answer(value));
    }
    if (answers.isEmpty()) {
      throw new UnscorableException("column '" + name + "' is an empty list");
    }
    return answers.stream().map(this::answer).toList();
  }

  /** {@link #answers} as text. */
  List<String> texts(Sample sample) {
    return answers(sample).stream().map(String::valueOf).toList();
  }

  /**
   * {@link #texts} that are not blank (nor of {@link WhiteSpace} only, as a no-break space is), at
   * least one, for those who have nothing to compare with a blank one.
   *
   * @throws UnscorableException if there is none
   */
  List<String> nonBlankTexts(Sample sample) {
    List<String> texts = texts(sample).stream().filter(text -> !WhiteSpace.isAll(text)).toList();
    if (texts.isEmpty()) {
      throw new UnscorableException(
          "column '" + name + "' is blank (expected text to compare the completion with)");
    }
    return texts;
  }

  /**
   * {@link #texts} as a normalisation has them, at least one. One of which it leaves nothing would
   * be the answer of every empty completion, and is left out; one that is blank as it is written,
   * as for a question without an answer, is not.
   *
   * @throws UnscorableException if there is none
   */
  List<String> texts(Sample sample, TextNormalization normalization) {
    List<String> texts =
        texts(sample).stream()
            .filter(text -> text.isBlank() || !normalization.apply(text).isBlank())
            .map(normalization::apply)
            .toList();
    if (texts.isEmpty()) {
      throw new UnscorableException(
          "column '%s' is nothing but what normalization leaves out".formatted(name));
    }
    return texts;
  }

  private Object answer(Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    String found = value == null ? "null" : value.getClass().getSimpleName();
    throw new UnscorableException(
        "column '" + name + "' holds " + found + " (expected text, a number or a list of those)");
  }

  private static String columnNames(Sample sample) {
    return sample.columns().keySet().stream().limit(10).collect(Collectors.joining(", "));
  }
}
