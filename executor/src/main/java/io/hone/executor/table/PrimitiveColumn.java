package io.hone.executor.table;

import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** A number, a truth value or text. Constants of enums are text in lower case. */
record PrimitiveColumn(
    PrimitiveType type,
    BiConsumer<RecordConsumer, Object> writer,
    Function<Object, Object> fromStored,
    Object missing)
    implements Column {

  private static final Map<Class<?>, PrimitiveTypeName> NUMBERS =
      Map.of(
          int.class, PrimitiveTypeName.INT32,
          Integer.class, PrimitiveTypeName.INT32,
          long.class, PrimitiveTypeName.INT64,
          Long.class, PrimitiveTypeName.INT64,
          float.class, PrimitiveTypeName.FLOAT,
          Float.class, PrimitiveTypeName.FLOAT,
          double.class, PrimitiveTypeName.DOUBLE,
          Double.class, PrimitiveTypeName.DOUBLE,
          boolean.class, PrimitiveTypeName.BOOLEAN,
          Boolean.class, PrimitiveTypeName.BOOLEAN);

  static PrimitiveColumn of(String name, Class<?> type, Repetition repetition) {
    if (type == String.class) {
      return text(name, repetition, Object::toString, text -> text);
    }
    if (type.isEnum()) {
      return text(
          name,
          repetition,
          constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT),
          text -> constant(type, name, text));
    }
    PrimitiveTypeName stored = NUMBERS.get(type);
    if (stored == null) {
      throw new IllegalArgumentException("no column type for " + type + " of " + name);
    }
    return new PrimitiveColumn(
        Types.primitive(stored, repetition).named(name),
        PrimitiveColumn::add,
        Function.identity(),
        type.isPrimitive() ? zero(stored) : null);
  }

  private static PrimitiveColumn text(
      String name,
      Repetition repetition,
      Function<Object, String> toText,
      Function<String, Object> fromText) {
    return new PrimitiveColumn(
        Types.primitive(PrimitiveTypeName.BINARY, repetition)
            .as(LogicalTypeAnnotation.stringType())
            .named(name),
        (consumer, value) -> consumer.addBinary(Binary.fromString(toText.apply(value))),
        stored -> fromText.apply((String) stored),
        null);
  }

  private static Object constant(Class<?> type, String name, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("column " + name + " has the unknown value " + text);
  }

  private static Object zero(PrimitiveTypeName stored) {
    return switch (stored) {
      case INT32 -> 0;
      case INT64 -> 0L;
      case FLOAT -> 0f;
      case DOUBLE -> 0d;
      case BOOLEAN -> false;
      case BINARY, INT96, FIXED_LEN_BYTE_ARRAY -> null;
    };
  }

  private static void add(RecordConsumer consumer, Object value) {
    if (value instanceof Integer number) {
      consumer.addInteger(number);
    } else if (value instanceof Long number) {
      consumer.addLong(number);
    } else if (value instanceof Float number) {
      consumer.addFloat(number);
    } else if (value instanceof Double number) {
      consumer.addDouble(number);
    } else {
      consumer.addBoolean((Boolean) value);
    }
  }

  @Override
  public void write(RecordConsumer consumer, Object value) {
    writer.accept(consumer, value);
  }

  @Override
  public Converter reader(Consumer<Object> sink) {
    return new PrimitiveConverter() {
      @Override
      public void addInt(int value) {
        sink.accept(fromStored.apply(value));
      }

      @Override
      public void addLong(long value) {
        sink.accept(fromStored.apply(value));
      }

      @Override
      public void addFloat(float value) {
        sink.accept(fromStored.apply(value));
      }

      @Override
      public void addDouble(double value) {
        sink.accept(fromStored.apply(value));
      }

      @Override
      public void addBoolean(boolean value) {
        sink.accept(fromStored.apply(value));
      }

      @Override
      public void addBinary(Binary value) {
        sink.accept(fromStored.apply(value.toStringUsingUTF8()));
      }
    };
  }
}
