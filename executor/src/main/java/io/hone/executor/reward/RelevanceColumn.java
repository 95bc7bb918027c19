package io.hone.executor.reward;

/** The column that says how relevant the document of a prompt is to its query. */
record RelevanceColumn(String name) {
  /** Describes the option. */
  static final String DOC =
      "Column with the relevance of the prompt's document to the query: a grade, of which 0 is not relevant, or true"
          + " or false.";

  /** Beyond it, 2 to the power of a grade says nothing any more. */
  private static final double MOST_GRADE = 100;

  /**
   * From 0, not relevant.
   *
   * @throws UnscorableException if the row has no grade
   */
  double grade(Sample sample) {
    Object value = sample.columns().get(name);
    if (value instanceof Boolean relevant) {
      return relevant ? 1 : 0;
    }
    if (value instanceof Number number
        && number.doubleValue() >= 0
        && number.doubleValue() <= MOST_GRADE) {
      return number.doubleValue();
    }
    throw new UnscorableException(
        "column '%s' is %s (expected a grade from 0 to 100, or true or false)"
            .formatted(name, value));
  }

  boolean isRelevant(Sample sample) {
    return grade(sample) > 0;
  }
}
