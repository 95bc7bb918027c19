package io.hone.jobs.score;

import io.hone.conf.UserException;
import io.hone.executor.reward.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which rows of a file are completions of one prompt. */
public final class SampleGroups {
  private SampleGroups() {}

  /**
   * Groups of rows, in the order of their first ones.
   *
   * @param column whose equal values make rows a group; without it, every row is one
   * @throws UserException if a row lacks the column
   */
  public static List<List<Sample>> of(List<Sample> samples, Optional<String> column) {
    if (column.isEmpty()) {
      return samples.stream().map(List::of).toList();
    }
    Map<Object, List<Sample>> groups = new LinkedHashMap<>();
    for (Sample sample : samples) {
      Object value = sample.columns().get(column.get());
      if (value == null) {
        throw new UserException(
            "%s: column '%s' is missing or null (expected in every row, for --group)"
                .formatted(sample.promptId(), column.get()));
      }
      groups.computeIfAbsent(value, absent -> new ArrayList<>()).add(sample);
    }
    return List.copyOf(groups.values());
  }
}
