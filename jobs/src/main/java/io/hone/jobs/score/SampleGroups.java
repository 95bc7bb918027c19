package io.hone.jobs.score;

import io.hone.conf.UserException;
import io.hone.executor.reward.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Which rows of a file are completions of one prompt, and which prompts are of one query. */
public final class SampleGroups {
  private SampleGroups() {}

  /**
   * The groups of each query, all in the order of their first rows.
   *
   * @param group column whose equal values make rows a group; without it, every row is one
   * @param query column whose equal values make groups a query; without it, every group is one
   * @throws UserException if a row lacks a column, or the rows of a group differ in their query
   */
  public static List<List<List<Sample>>> queries(
      List<Sample> samples, Optional<String> group, Optional<String> query) {
    List<List<Sample>> groups = gathered(samples, group, "--group", sample -> sample);
    if (query.isPresent()) {
      groups.forEach(members -> requireOneQuery(members, query.get()));
    }
    return gathered(groups, query, "--query", members -> members.get(0));
  }

  private static <T> List<List<T>> gathered(
      List<T> items, Optional<String> column, String option, Function<T, Sample> row) {
    if (column.isEmpty()) {
      return items.stream().map(List::of).toList();
    }
    Map<Object, List<T>> gathered = new LinkedHashMap<>();
    for (T item : items) {
      Sample sample = row.apply(item);
      Object value = sample.columns().get(column.get());
      if (value == null) {
        throw new UserException(
            "%s: column '%s' is missing or null (expected in every row, for %s)"
                .formatted(sample.promptId(), column.get(), option));
      }
      gathered.computeIfAbsent(value, absent -> new ArrayList<>()).add(item);
    }
    return List.copyOf(gathered.values());
  }

  private static void requireOneQuery(List<Sample> members, String column) {
    Object first = members.get(0).columns().get(column);
    for (Sample member : members) {
      if (!Objects.equals(first, member.columns().get(column))) {
        throw new UserException(
            "%s: column '%s' is %s, but %s, which is of the same group, has %s (expected the completions of one prompt in one query)"
                .formatted(
                    member.promptId(),
                    column,
                    member.columns().get(column),
                    members.get(0).promptId(),
                    first));
      }
    }
  }
}
