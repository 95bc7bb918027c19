/**
 * The tables that tasks leave in the run directory: what was rolled out and what was learned from
 * it, one Parquet file a partition.
 *
 * <p>A row type is a record and the record is the schema: {@link
 * io.hone.executor.table.ParquetTable} derives the Parquet columns from its components, so a new
 * column is one component. Files are written under a name of their own attempt; which of them count
 * is decided by the driver ({@code io.hone.driver.run}), not here.
 */
package io.hone.executor.table;
