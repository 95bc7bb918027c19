package io.hone.conf;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An option of a configuration record: what its component's name, type and annotations say.
 *
 * @param name as YAML spells it
 * @param defaultValue as in YAML; empty if the option has none of its own
 * @param rest whether it takes all keys that no other option claims
 */
record ConfigKey(
    String name,
    Type type,
    String doc,
    Optional<String> defaultValue,
    Optional<Range> range,
    boolean rest) {

  /** The options of a record, in the order of its components. */
  static List<ConfigKey> of(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(ConfigKey::of).toList();
  }

  /** The paths of all options of a record and of the records in it, {@code rollout.top-p}. */
  static List<String> paths(Class<?> record) {
    return of(record).stream()
        .flatMap(
            key ->
                raw(key.type()).isRecord() && !isScalar(key.type())
                    ? paths(raw(key.type())).stream().map(path -> Names.child(key.name(), path))
                    : Stream.of(key.name()))
        .toList();
  }

  private static ConfigKey of(RecordComponent component) {
    return new ConfigKey(
        Names.kebab(component.getName()),
        component.getGenericType(),
        doc(component).orElse(""),
        Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value),
        Optional.ofNullable(component.getAnnotation(Range.class)),
        component.isAnnotationPresent(Rest.class));
  }

  /** The sentence about an option, section or choice. */
  static Optional<String> doc(AnnotatedElement element) {
    return Optional.ofNullable(element.getAnnotation(Doc.class)).map(Doc::value);
  }

  /** {@code int}, {@code Optional} or {@code List}: a type without its arguments. */
  static Class<?> raw(Type type) {
    return type instanceof ParameterizedType generic
        ? (Class<?>) generic.getRawType()
        : (Class<?>) type;
  }

  /** What an optional, a list or a map holds: its last type argument. */
  static Type element(Type type) {
    Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
    return arguments[arguments.length - 1];
  }

  /** Whether one piece of text makes a value of this type, possibly an absent one. */
  static boolean isScalar(Type type) {
    Class<?> raw = raw(type);
    return raw == Optional.class ? isScalar(element(type)) : ScalarType.exists(raw);
  }
}
