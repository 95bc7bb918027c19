package io.hone.executor.reward.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;

/**
 * Rows on their way from one operator to the next.
 *
 * @param attributes its columns, in the order of the values
 * @param rows in the order in which they came
 */
record Relation(List<Attribute> attributes, List<InternalRow> rows) {}
