package io.hone.executor.reward.sql;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.CatalogV2Util;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.types.StructType;

/**
 * A table of a few rows, as Spark's analyser knows tables.
 *
 * @param name in lower case
 * @param types names and types of its columns
 * @param rows in Spark's representation
 */
record SqlTable(String name, StructType types, List<InternalRow> rows) implements Table {
  SqlTable {
    rows = List.copyOf(rows);
  }

  @Override
  public Column[] columns() {
    return CatalogV2Util.structTypeToV2Columns(types);
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }
}
