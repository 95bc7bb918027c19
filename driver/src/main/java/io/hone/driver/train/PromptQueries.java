package io.hone.driver.train;

import io.hone.conf.UserException;
import io.hone.driver.data.Prompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which prompts belong to one query and stay together. Without a query column every prompt is a
 * query of its own.
 *
 * @param queries indices of each query's prompts, ascending; queries in the order of their first
 *     prompts, all of the same size
 */
record PromptQueries(List<int[]> queries) {

  /**
   * Finds them.
   *
   * @param column whose equal values make prompts a query
   * @param source of the prompts, for messages
   * @throws UserException if a row lacks the column, or queries differ in size
   */
  static PromptQueries of(List<Prompt> prompts, Optional<String> column, Optional<String> source) {
    if (column.isEmpty()) {
      return new PromptQueries(
          IntStream.range(0, prompts.size()).mapToObj(index -> new int[] {index}).toList());
    }
    Map<Object, List<Integer>> found = new LinkedHashMap<>();
    for (int index = 0; index < prompts.size(); index++) {
      Object value = prompts.get(index).columns().get(column.get());
      if (value == null) {
        throw new UserException(
            "%sprompt %s: column '%s', which data.query-column names, is missing or null (expected the same value in all rows of a query)"
                .formatted(
                    source.map(file -> file + ": ").orElse(""),
                    prompts.get(index).promptId(),
                    column.get()));
      }
      found.computeIfAbsent(value, absent -> new ArrayList<>()).add(index);
    }
    Object first = found.keySet().iterator().next();
    int size = found.get(first).size();
    found.forEach(
        (query, members) -> {
          if (members.size() != size) {
            throw new UserException(
                "%squery '%s' has %d rows, but query '%s' has %d (data.query-column: %s; expected as many in each)"
                    .formatted(
                        source.map(file -> file + ": ").orElse(""),
                        query,
                        members.size(),
                        first,
                        size,
                        column.get()));
          }
        });
    return new PromptQueries(
        found.values().stream()
            .map(members -> members.stream().mapToInt(Integer::intValue).toArray())
            .toList());
  }

  /** How many queries there are. */
  int count() {
    return queries.size();
  }

  /** Prompts of each query. */
  int size() {
    return queries.get(0).length;
  }

  /**
   * Queries of a step.
   *
   * @throws UserException if a step would not have whole ones
   */
  int perStep(int promptsPerStep) {
    if (promptsPerStep % size() != 0) {
      throw new UserException(
          "rollout.prompts-per-step: %d is not a multiple of the %d rows that each query has (data.query-column; expected whole queries in a step)"
              .formatted(promptsPerStep, size()));
    }
    return promptsPerStep / size();
  }

  /** Indices of the prompts of some queries, query by query. */
  int[] prompts(int[] queryIndices) {
    return IntStream.of(queryIndices).flatMap(query -> IntStream.of(queries.get(query))).toArray();
  }
}
