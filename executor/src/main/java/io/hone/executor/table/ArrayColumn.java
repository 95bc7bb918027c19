package io.hone.executor.table;

import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** An {@code int[]} or {@code float[]}, unboxed all the way; Spark reads it as an array. */
final class ArrayColumn implements Column {
  private static final String REPEATED = "list";
  private static final String ELEMENT = "element";

  private final Type type;
  private final boolean integers;

  ArrayColumn(String name, Repetition repetition, Class<?> arrayType) {
    this.integers = arrayType == int[].class;
    this.type =
        Types.list(repetition)
            .requiredElement(integers ? PrimitiveTypeName.INT32 : PrimitiveTypeName.FLOAT)
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
  public void write(RecordConsumer consumer, Object value) {
    consumer.startGroup();
    int length = integers ? ((int[]) value).length : ((float[]) value).length;
    if (length > 0) {
      consumer.startField(REPEATED, 0);
      for (int i = 0; i < length; i++) {
        consumer.startGroup();
        consumer.startField(ELEMENT, 0);
        if (integers) {
          consumer.addInteger(((int[]) value)[i]);
        } else {
          consumer.addFloat(((float[]) value)[i]);
        }
        consumer.endField(ELEMENT, 0);
        consumer.endGroup();
      }
      consumer.endField(REPEATED, 0);
    }
    consumer.endGroup();
  }

  @Override
  public Converter reader(Consumer<Object> sink) {
    return integers ? new IntegersReader(sink) : new FloatsReader(sink);
  }

  /** The two groups around the elements of a list. */
  private abstract static class ListReader extends GroupConverter {
    private final Converter elements =
        new GroupConverter() {
          @Override
          public Converter getConverter(int fieldIndex) {
            return element();
          }

          @Override
          public void start() {}

          @Override
          public void end() {}
        };

    abstract Converter element();

    @Override
    public Converter getConverter(int fieldIndex) {
      return elements;
    }
  }

  private static final class IntegersReader extends ListReader {
    private final Consumer<Object> sink;
    private int[] values = new int[16];
    private int size;
    private final Converter element =
        new PrimitiveConverter() {
          @Override
          public void addInt(int value) {
            if (size == values.length) {
              values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
          }
        };

    IntegersReader(Consumer<Object> sink) {
      this.sink = sink;
    }

    @Override
    Converter element() {
      return element;
    }

    @Override
    public void start() {
      size = 0;
    }

    @Override
    public void end() {
      sink.accept(Arrays.copyOf(values, size));
    }
  }

  private static final class FloatsReader extends ListReader {
    private final Consumer<Object> sink;
    private float[] values = new float[16];
    private int size;
    private final Converter element =
        new PrimitiveConverter() {
          @Override
          public void addFloat(float value) {
            if (size == values.length) {
              values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
          }
        };

    FloatsReader(Consumer<Object> sink) {
      this.sink = sink;
    }

    @Override
    Converter element() {
      return element;
    }

    @Override
    public void start() {
      size = 0;
    }

    @Override
    public void end() {
      sink.accept(Arrays.copyOf(values, size));
    }
  }
}
