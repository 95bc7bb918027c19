package io.hone.executor.reward.sql;

import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.Identifier;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCatalog;
import org.apache.spark.sql.connector.catalog.TableChange;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * Shows tables to Spark's analyser, and nothing else: none can be made, changed or dropped.
 *
 * @param tables by their names in lower case
 */
record RowCatalog(Map<String, SqlTable> tables) implements TableCatalog {
  @Override
  public Table loadTable(Identifier identifier) throws NoSuchTableException {
    Table table = tables.get(identifier.name().toLowerCase(Locale.ROOT));
    if (table == null) {
      throw new NoSuchTableException(identifier);
    }
    return table;
  }

  @Override
  public String name() {
    return "spark_catalog";
  }

  @Override
  public void initialize(String name, CaseInsensitiveStringMap options) {
    // There is nothing to set.
  }

  @Override
  public Identifier[] listTables(String[] namespace) {
    return new Identifier[0];
  }

  @Override
  public Table createTable(
      Identifier identifier,
      Column[] columns,
      Transform[] partitions,
      Map<String, String> properties) {
    throw readOnly();
  }

  @Override
  public Table alterTable(Identifier identifier, TableChange... changes) {
    throw readOnly();
  }

  @Override
  public boolean dropTable(Identifier identifier) {
    throw readOnly();
  }

  @Override
  public void renameTable(Identifier from, Identifier to) {
    throw readOnly();
  }

  private static UnsupportedOperationException readOnly() {
    return new UnsupportedOperationException("tables of a row are only read");
  }
}
