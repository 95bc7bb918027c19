package io.hone.driver.data;

import io.hone.conf.CurriculumConfig;
import io.hone.conf.CurriculumConfig.Hard;
import io.hone.conf.UserException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Prompts by their difficulty.
 *
 * @param config with the column that says it
 * @param column its name
 */
public record Curriculum(CurriculumConfig config, String column) {

  /** The curriculum of a configuration that has one. */
  public static Curriculum of(CurriculumConfig config) {
    return new Curriculum(config, config.difficulty().orElseThrow());
  }

  /** Reads what the other reads, and sees to it that each row says how difficult it is. */
  public RowReader<Prompt> checked(RowReader<Prompt> reader) {
    return row -> {
      Object value = row.get(column);
      if (!(value instanceof Number number) || Double.isNaN(number.doubleValue())) {
        throw new BadRowException(
            "column %s, which data.curriculum.difficulty names, is %s (expected a number)"
                .formatted(column, value));
      }
      return reader.read(row);
    };
  }

  /**
   * The prompts that are kept, from easy to hard, equal ones in their order.
   *
   * @param prompts of rows that were {@link #checked}
   * @throws UserException if none is kept
   */
  public DataSet<Prompt> select(DataSet<Prompt> prompts) {
    List<Prompt> kept =
        prompts.items().stream()
            .filter(prompt -> number(prompt) >= config.minimum().orElse(Double.NEGATIVE_INFINITY))
            .filter(prompt -> number(prompt) <= config.maximum().orElse(Double.POSITIVE_INFINITY))
            .sorted(byDifficulty().reversed())
            .limit(config.hardest().orElse(Integer.MAX_VALUE))
            .sorted(byDifficulty())
            .toList();
    if (kept.isEmpty()) {
      throw new UserException(
          "data.curriculum: none of the %d prompts has a '%s' within minimum and maximum (expected bounds that keep some)"
              .formatted(prompts.items().size(), column));
    }
    return new DataSet<>(
        kept, prompts.skipped(), prompts.items().size() - kept.size(), prompts.fingerprint());
  }

  private Comparator<Prompt> byDifficulty() {
    Comparator<Prompt> byNumber = Comparator.comparingDouble(this::number);
    return config.hard() == Hard.HIGH ? byNumber : byNumber.reversed();
  }

  private double number(Prompt prompt) {
    Map<String, Object> columns = prompt.columns();
    return ((Number) columns.get(column)).doubleValue();
  }
}
