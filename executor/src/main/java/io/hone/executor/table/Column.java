package io.hone.executor.table;

import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;

/** How values of one Java type lie in a Parquet column. */
interface Column {
  /** Name, type and repetition (required or optional). */
  Type type();

  /** Writes a value that is not null, within its field. */
  void write(RecordConsumer consumer, Object value);

  /** Receives each value that is not null. */
  Converter reader(Consumer<Object> sink);

  /** What stands in for a value that is not there: null, or a primitive's zero. */
  Object missing();

  /** Writes a field of a group; a null is a field left out. */
  default void writeField(RecordConsumer consumer, int index, Object value) {
    if (value == null) {
      if (type().isRepetition(Type.Repetition.REQUIRED)) {
        throw new IllegalArgumentException("column " + type().getName() + " is null");
      }
      return;
    }
    consumer.startField(type().getName(), index);
    write(consumer, value);
    consumer.endField(type().getName(), index);
  }
}
