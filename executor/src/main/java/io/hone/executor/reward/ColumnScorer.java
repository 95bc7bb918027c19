package io.hone.executor.reward;

import io.hone.conf.Doc;

/** A number of the row. */
final class ColumnScorer implements Scorer {
  private final String column;

  ColumnScorer(Options options) {
    this.column = options.column();
  }

  @Override
  public Score score(Sample sample) {
    Object value = sample.columns().get(column);
    if (value instanceof Number number) {
      return Score.of(number.doubleValue());
    }
    if (value instanceof Boolean bool) {
      return Score.of(bool ? 1 : 0);
    }
    throw new UnscorableException(
        "column '%s' is %s (expected a number, or true or false)".formatted(column, value));
  }

  @Doc(
      "A number of the row, with true as 1 and false as 0: what was found elsewhere, such as a pass rate, or"
          + " a weight of its own for each prompt, for combinations to use.")
  record Options(@Doc("Column with the number.") String column) {}
}
