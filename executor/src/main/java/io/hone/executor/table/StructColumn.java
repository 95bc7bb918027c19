package io.hone.executor.table;

import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** A record within a row; Spark reads it as a struct. */
final class StructColumn implements Column {
  private final RecordFields<?> fields;
  private final Type type;

  StructColumn(String name, Repetition repetition, Class<? extends Record> record) {
    this.fields = RecordFields.of(record);
    this.type = new GroupType(repetition, name, fields.types());
  }

  @Override
  public Type type() {
    return type;
  }

  @Override
  public Object missing() {
    return null;
  }

  @Override
  public void write(RecordConsumer consumer, Object value) {
    consumer.startGroup();
    fields.write(consumer, value);
    consumer.endGroup();
  }

  @Override
  public Converter reader(Consumer<Object> sink) {
    return fields.reader(fields.types(), sink::accept);
  }
}
