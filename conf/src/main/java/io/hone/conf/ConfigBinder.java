package io.hone.conf;

import io.hone.conf.ConfigNode.Mapping;
import io.hone.conf.ConfigNode.Scalar;
import io.hone.conf.ConfigNode.Sequence;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes configuration records out of the tree that was read.
 *
 * <p>A component {@code groupSize} takes the key {@code group-size}. Components are int, long,
 * double, boolean, String, enums, {@link java.time.Duration} ({@code 30s}), {@link DataSize}
 * ({@code 64MB}), {@link NumberSchedule}, other such records, {@code Optional}, {@code List} and
 * {@code Map<String, ?>} of these, and {@link ConfigNode} for a piece that is bound later. {@link
 * Default}, {@link Range}, {@link Rest} and {@link Doc} on components and {@link Validated} on
 * records say the rest. A key set to nothing or {@code null} has its default.
 */
public final class ConfigBinder {
  private static final int MAXIMUM_PROBLEMS = 20;

  private final List<String> paths;
  private final List<Problem> problems = new ArrayList<>();

  /** Binds to a record with options at these paths. */
  private ConfigBinder(List<String> paths) {
    this.paths = paths;
  }

  /**
   * Binds a map, of a whole file or of a part of it, to a record.
   *
   * @throws UserException with one line for each thing that is wrong: an unknown key, a required
   *     one that is missing, a value of the wrong type or out of its range, options that do not
   *     fit, or what the constructor of a record said in an {@link IllegalArgumentException}
   */
  public static <R extends Record> R bind(ConfigNode node, Class<R> type) {
    return bindComplete(Defaults.complete(node, type), type);
  }

  /** Binds a tree that {@link Defaults} completed. */
  static <R extends Record> R bindComplete(ConfigNode node, Class<R> type) {
    ConfigBinder binder = new ConfigBinder(ConfigKey.paths(type));
    R bound = type.cast(binder.bindRecord(node, type));
    if (!binder.problems.isEmpty()) {
      throw new UserException(report(binder.problems));
    }
    return bound;
  }

  private static String report(List<Problem> problems) {
    int untold = problems.size() - MAXIMUM_PROBLEMS;
    return problems.stream()
        .limit(MAXIMUM_PROBLEMS)
        .map(Problem::toString)
        .collect(Collectors.joining("\n", "", untold > 0 ? "\n... and " + untold + " more" : ""));
  }

  /** Null, and a problem noted, if the node does not fit; so for all methods here. */
  private Object bindRecord(ConfigNode node, Class<?> type) {
    if (!(node instanceof Mapping mapping)) {
      return reject(node, node.describe() + " stands where a map of options must be");
    }
    int problemsBefore = problems.size();
    List<ConfigKey> keys = ConfigKey.of(type);
    Object[] arguments = new Object[keys.size()];
    for (int i = 0; i < arguments.length; i++) {
      ConfigKey key = keys.get(i);
      ConfigNode value = mapping.entries().get(key.name());
      if (key.rest()) {
        arguments[i] = new Mapping(mapping.path(), mapping.origin(), unclaimed(mapping, keys));
      } else if (value == null) {
        require(key, mapping);
      } else {
        arguments[i] = bindValue(value, key.type(), key);
      }
    }
    if (keys.stream().noneMatch(ConfigKey::rest)) {
      List<String> known = keys.stream().map(ConfigKey::name).toList();
      unclaimed(mapping, keys)
          .forEach((name, value) -> reject(value, "unknown key " + suggestion(name, known)));
    }
    return problems.size() == problemsBefore ? construct(type, arguments, mapping) : null;
  }

  /** A key close to the unknown one, or else where in other sections a key of that name belongs. */
  private String suggestion(String unknown, List<String> known) {
    List<String> elsewhere = paths.stream().filter(path -> path.endsWith("." + unknown)).toList();
    return elsewhere.isEmpty() || Suggestions.closest(unknown, known).isPresent()
        ? Suggestions.suggest(unknown, known)
        : "(did you mean '" + String.join("' or '", elsewhere) + "'?)";
  }

  private static Map<String, ConfigNode> unclaimed(Mapping mapping, List<ConfigKey> keys) {
    Map<String, ConfigNode> unclaimed = new LinkedHashMap<>(mapping.entries());
    keys.stream().filter(key -> !key.rest()).forEach(key -> unclaimed.remove(key.name()));
    return unclaimed;
  }

  private Object bindValue(ConfigNode node, Type type, ConfigKey key) {
    Class<?> raw = ConfigKey.raw(type);
    if (raw == ConfigNode.class) {
      return node;
    }
    if (raw == Optional.class) {
      return node.isNull()
          ? Optional.empty()
          : Optional.ofNullable(bindValue(node, ConfigKey.element(type), key));
    }
    if (raw == List.class) {
      return bindList(node, ConfigKey.element(type), key);
    }
    if (raw == Map.class) {
      return bindMap(node, ConfigKey.element(type), key);
    }
    if (raw == NumberSchedule.class) {
      return bindSchedule(node, key);
    }
    return ConfigKey.isScalar(type) ? bindScalar(node, raw, key) : bindRecord(node, raw);
  }

  /** A number alone stays; the range of the option is that of both ends. */
  private Object bindSchedule(ConfigNode node, ConfigKey key) {
    if (!(node instanceof Mapping mapping)) {
      Object number = bindScalar(node, double.class, key);
      return number == null ? null : NumberSchedule.constant((Double) number);
    }
    int problemsBefore = problems.size();
    Object change = bindRecord(mapping, NumberSchedule.Change.class);
    if (change != null) {
      bindScalar(mapping.entries().get("from"), double.class, key);
      bindScalar(mapping.entries().get("to"), double.class, key);
    }
    return problems.size() == problemsBefore ? change : null;
  }

  private Object bindList(ConfigNode node, Type element, ConfigKey key) {
    if (!(node instanceof Sequence sequence)) {
      return reject(node, node.describe() + " stands where a list must be");
    }
    List<Object> items = new ArrayList<>();
    sequence.items().forEach(item -> items.add(bindValue(item, element, key)));
    return items;
  }

  private Object bindMap(ConfigNode node, Type element, ConfigKey key) {
    if (!(node instanceof Mapping mapping)) {
      return reject(node, node.describe() + " stands where a map must be");
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    mapping.entries().forEach((name, value) -> entries.put(name, bindValue(value, element, key)));
    return entries;
  }

  private Object bindScalar(ConfigNode node, Class<?> type, ConfigKey key) {
    ScalarType<?> scalar = ScalarType.of(type);
    if (!(node instanceof Scalar text)) {
      return reject(node, node.describe() + " stands where " + scalar.name() + " must be");
    }
    if (text.isNull()) {
      return reject(node, "is required" + explain(key));
    }
    if (key.type() == String.class && text.text().isBlank() && key.defaultValue().isEmpty()) {
      return reject(node, "is blank" + explain(key));
    }
    return parse(scalar, text, type, key);
  }

  private <T> Object parse(ScalarType<T> scalar, Scalar node, Class<?> type, ConfigKey key) {
    T value;
    try {
      value = scalar.parser().apply(node.text());
    } catch (RuntimeException e) {
      String expected =
          type.isEnum()
              ? "is unknown " + Suggestions.suggest(node.text(), ScalarType.words(type))
              : "is not " + scalar.name();
      return reject(node, node.describe() + " " + expected);
    }
    if (key.range().isPresent()) {
      Interval interval = Interval.of(key.range().get());
      if (!interval.contains(scalar.magnitude().applyAsDouble(value))) {
        return reject(
            node, node.text() + " is out of range (expected " + interval + scalar.unit() + ")");
      }
    }
    return value;
  }

  private Object construct(Class<?> type, Object[] arguments, Mapping mapping) {
    Class<?>[] signature =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(signature);
      constructor.setAccessible(true);
      Object bound = constructor.newInstance(arguments);
      if (bound instanceof Validated validated) {
        validated.validate((path, message) -> misfit(mapping, path, message));
      }
      return bound;
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof IllegalArgumentException || cause instanceof UserException) {
        return reject(mapping, cause.getMessage());
      }
      throw new IllegalStateException("cannot make a " + type.getName(), cause);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getName(), e);
    }
  }

  private void misfit(Mapping mapping, String path, String message) {
    Origin written = mapping.nearest(path).origin();
    Origin origin = written.equals(Origin.DEFAULT) ? mapping.origin() : written;
    problems.add(new Problem(origin, Names.child(mapping.path(), path), message));
  }

  private void require(ConfigKey key, Mapping mapping) {
    problems.add(
        new Problem(
            mapping.origin(),
            Names.child(mapping.path(), key.name()),
            "is required" + explain(key)));
  }

  private static String explain(ConfigKey key) {
    return key.doc().isEmpty() ? "" : " (" + key.doc() + ")";
  }

  private Object reject(ConfigNode node, String message) {
    problems.add(new Problem(node.origin(), node.path(), message));
    return null;
  }
}
