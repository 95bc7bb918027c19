package io.hone.executor.table;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** A map from text, in its own order; Spark reads it as a map. */
final class MapColumn implements Column {
  private static final String REPEATED = "key_value";

  private final Column key = Columns.of("key", String.class, Repetition.REQUIRED);
  private final Column value;
  private final GroupType type;

  MapColumn(String name, Repetition repetition, java.lang.reflect.Type valueType) {
    this.value = Columns.of("value", valueType, Repetition.REQUIRED);
    this.type =
        Types.buildGroup(repetition)
            .as(LogicalTypeAnnotation.mapType())
            .addField(Types.repeatedGroup().addFields(key.type(), value.type()).named(REPEATED))
            .named(name);
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
  public void write(RecordConsumer consumer, Object map) {
    consumer.startGroup();
    if (!((Map<?, ?>) map).isEmpty()) {
      consumer.startField(REPEATED, 0);
      ((Map<?, ?>) map)
          .forEach(
              (name, entry) -> {
                consumer.startGroup();
                key.writeField(consumer, 0, name);
                value.writeField(consumer, 1, entry);
                consumer.endGroup();
              });
      consumer.endField(REPEATED, 0);
    }
    consumer.endGroup();
  }

  @Override
  public Converter reader(Consumer<Object> sink) {
    return new GroupConverter() {
      private final Map<String, Object> entries = new LinkedHashMap<>();
      private String name;
      private Object entry;
      private final Converter keyReader = key.reader(read -> name = (String) read);
      private final Converter valueReader = value.reader(read -> entry = read);
      private final Converter pair =
          new GroupConverter() {
            @Override
            public Converter getConverter(int fieldIndex) {
              return fieldIndex == 0 ? keyReader : valueReader;
            }

            @Override
            public void start() {}

            @Override
            public void end() {
              entries.put(name, entry);
            }
          };

      @Override
      public Converter getConverter(int fieldIndex) {
        return pair;
      }

      @Override
      public void start() {
        entries.clear();
      }

      @Override
      public void end() {
        sink.accept(new LinkedHashMap<>(entries));
      }
    };
  }
}
