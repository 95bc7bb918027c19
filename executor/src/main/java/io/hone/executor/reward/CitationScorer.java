package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.executor.reward.answer.Citations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** 1 where the completion cites documents that it was given and no others, else 0. */
final class CitationScorer implements Scorer {
  private final String documents;
  private final int minimum;
  private final boolean partial;

  CitationScorer(Options options) {
    this.documents = options.documents();
    this.minimum = options.minimum();
    this.partial = options.partial();
  }

  @Override
  public Score score(Sample sample) {
    Given given = given(sample);
    List<Integer> cited = Citations.in(sample.completion());
    if (cited.isEmpty()) {
      return Score.noAnswer();
    }
    List<Integer> right = cited.stream().filter(given::contains).toList();
    if (new HashSet<>(right).size() < minimum) {
      return Score.of(0);
    }
    double share = (double) right.size() / cited.size();
    return Score.of(partial || share == 1 ? share : 0);
  }

  private Given given(Sample sample) {
    Object value = sample.columns().get(documents);
    if (value instanceof List<?> list) {
      boolean areNumbers = !list.isEmpty() && list.stream().allMatch(Number.class::isInstance);
      return areNumbers
          ? new Given(
              list.stream()
                  .map(number -> ((Number) number).intValue())
                  .collect(Collectors.toUnmodifiableSet()),
              0)
          : new Given(Set.of(), list.size());
    }
    if (value instanceof Number number) {
      return new Given(Set.of(), number.intValue());
    }
    throw new UnscorableException(
        "column '%s' holds %s (expected a number, or a list of documents or of their numbers)"
            .formatted(documents, value));
  }

  /**
   * Which documents there are.
   *
   * @param numbers of documents
   * @param count of documents that are numbered from 1 on
   */
  private record Given(Set<Integer> numbers, int count) {
    boolean contains(int number) {
      return numbers.contains(number) || (number >= 1 && number <= count);
    }
  }

  @Doc(
      "1 where the completion cites by number (`[1]`, `[2, 3]`) and each citation is of a document that was"
          + " given, else 0; no citation is 0 with confidence 0.")
  record Options(
      @Doc(
              "Column with how many documents were given (numbered from 1 on), with a list of them, or with a"
                  + " list of their numbers.")
          @Default("documents")
          String documents,
      @Doc("How many different documents have to be cited.") @Default("1") @Range(min = 1)
          int minimum,
      @Doc("Whether the value is the share of the citations that are of a given document.")
          @Default("false")
          boolean partial) {}
}
