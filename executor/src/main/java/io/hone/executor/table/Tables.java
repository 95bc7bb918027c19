package io.hone.executor.table;

/** The tables of a run. */
public final class Tables {
  public static final ParquetTable<RolloutRow> ROLLOUTS = ParquetTable.of(RolloutRow.class);
  public static final ParquetTable<AdvantageRow> ADVANTAGES = ParquetTable.of(AdvantageRow.class);

  private Tables() {}
}
