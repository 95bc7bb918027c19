package io.hone.executor.table;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;

/** The components of a record as the fields of a Parquet group. */
final class RecordFields<R extends Record> {
  private final List<Column> columns;
  private final List<Method> accessors;
  private final Constructor<R> constructor;

  private RecordFields(List<Column> columns, List<Method> accessors, Constructor<R> constructor) {
    this.columns = columns;
    this.accessors = accessors;
    this.constructor = constructor;
  }

  static <R extends Record> RecordFields<R> of(Class<R> type) {
    RecordComponent[] components = type.getRecordComponents();
    List<Method> accessors = new ArrayList<>();
    for (RecordComponent component : components) {
      accessors.add(component.getAccessor());
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return new RecordFields<>(
          Columns.of(type), List.copyOf(accessors), type.getDeclaredConstructor(types));
    } catch (NoSuchMethodException e) {
      throw new IllegalArgumentException(type + " has no canonical constructor", e);
    }
  }

  List<Type> types() {
    return columns.stream().map(Column::type).toList();
  }

  void write(RecordConsumer consumer, Object record) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).writeField(consumer, i, value(record, i));
    }
  }

  /** Builds records out of the fields that are stored, which are a part of {@link #types()}. */
  GroupConverter reader(List<Type> stored, Consumer<R> sink) {
    Object[] missing = columns.stream().map(Column::missing).toArray();
    Object[] values = new Object[columns.size()];
    List<Converter> converters = new ArrayList<>();
    for (Type type : stored) {
      int index = indexOf(type.getName());
      converters.add(columns.get(index).reader(value -> values[index] = value));
    }
    return new GroupConverter() {
      @Override
      public Converter getConverter(int fieldIndex) {
        return converters.get(fieldIndex);
      }

      @Override
      public void start() {
        System.arraycopy(missing, 0, values, 0, values.length);
      }

      @Override
      public void end() {
        sink.accept(newRecord(values));
      }
    };
  }

  private int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).type().getName().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no column " + name);
  }

  private Object value(Object record, int index) {
    try {
      return accessors.get(index).invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + accessors.get(index), e);
    }
  }

  private R newRecord(Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException("a stored row is no " + constructor, e.getCause());
    } catch (InstantiationException | IllegalAccessException e) {
      throw new IllegalStateException("cannot call " + constructor, e);
    }
  }
}
