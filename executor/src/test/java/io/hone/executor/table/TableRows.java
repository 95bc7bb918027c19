package io.hone.executor.table;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Rows for tests. */
final class TableRows {
  private TableRows() {}

  /** Rows that use every column, all absent values and odd text; a pure function of the seed. */
  static List<RolloutRow> rollouts(int count, int tokens, long seed) {
    Random random = new Random(seed);
    List<RolloutRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(rollout(i, tokens, random));
    }
    return rows;
  }

  /** Every value of a row as text that tells apart whatever the table must tell apart. */
  static List<String> texts(List<RolloutRow> rows) {
    return rows.stream().map(TableRows::text).toList();
  }

  private static String text(RolloutRow row) {
    StringBuilder text = new StringBuilder();
    for (RecordComponent component : RolloutRow.class.getRecordComponents()) {
      try {
        Object value = component.getAccessor().invoke(row);
        text.append(component.getName())
            .append('=')
            .append(
                value instanceof int[] ids
                    ? Arrays.toString(ids)
                    : value instanceof float[] logprobs ? Arrays.toString(logprobs) : value)
            .append('\n');
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
    return text.toString();
  }

  private static RolloutRow rollout(int i, int tokens, Random random) {
    boolean scored = i % 3 != 0;
    Map<String, ComponentScore> components = new LinkedHashMap<>();
    components.put("zeta", new ComponentScore(random.nextGaussian(), 1, scored, null, 0.5, 0.25));
    components.put(
        "alpha", new ComponentScore(Double.NaN, 0.5, false, "no number found: \u00e9", 1, null));
    return new RolloutRow(
        7,
        "prompt-" + i / 4,
        i % 2,
        i / 4,
        i % 4,
        123_456_789_012L,
        random.nextLong(),
        random.nextLong(),
        "What is 1 + 1?\n\ud83d\ude00\u0000",
        i % 5 == 0 ? "" : "It is 2.",
        ids(tokens / 2, random),
        ids(i % 5 == 0 ? 0 : tokens, random),
        logprobs(tokens, random),
        new float[] {-0.0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE},
        i % 2 == 0 ? null : logprobs(tokens, random),
        i % 2 == 0 ? new float[0] : null,
        i % 3 == 1 ? logprobs(tokens, random) : null,
        i % 3 == 1 ? random.nextGaussian() : null,
        i % 2 == 0 ? "stop" : "length",
        i % 2 == 1,
        scored ? random.nextDouble() : null,
        scored,
        i % 4 == 1 ? logprobs(tokens, random) : null,
        i % 3 == 2 ? "It is 3." : null,
        i % 6 == 2 ? random.nextDouble() : null,
        scored ? RolloutStatus.SCORED : RolloutStatus.UNSCORED,
        i % 7 == 6 ? Map.of() : components,
        "{\"prompt\":\"What is 1 + 1?\"}",
        new Timings("driver", 1.25, 0.5));
  }

  private static int[] ids(int count, Random random) {
    return random.ints(count, 0, 150_000).toArray();
  }

  private static float[] logprobs(int count, Random random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = -random.nextFloat();
    }
    return values;
  }
}
