package io.hone.conf;

import io.hone.conf.ConfigNode.Mapping;
import io.hone.conf.ConfigNode.Scalar;
import io.hone.conf.ConfigNode.Sequence;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sets options by {@code key=value} arguments such as {@code rollout.top-p=0.9}, {@code
 * reward.components[0].weight=2}, {@code reward.components.0.weight=2} or {@code
 * rollout.stop-tokens=[1, 2]}. The value of an option that takes text or a number is taken to the
 * letter; for lists and maps it is YAML. The path is followed along the record's types, because
 * only they say that {@code spark.properties.spark.executor.memory} ends in one key with dots. Keys
 * that no record knows are set all the same, for the binder to report.
 */
final class Overrides {
  private static final Pattern INDEX = Pattern.compile("\\[?(\\d{1,6})]?(?:\\.|(?=\\[)|$)");
  private static final Pattern KEY = Pattern.compile("([^.\\[]+)(?:\\.|(?=\\[)|$)");

  private Overrides() {}

  /**
   * The tree with each argument's option set, in order.
   *
   * @throws UserException if an argument is not {@code key=value} or its path cannot be followed
   */
  static Mapping apply(Mapping root, List<String> arguments, Class<?> type) {
    ConfigNode tree = root;
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      if (equals < 1) {
        throw error("", "'" + argument + "' is no override (expected key=value)");
      }
      if (argument.startsWith(ConfigLoader.EXTENDS + "=")) {
        throw error(ConfigLoader.EXTENDS, "can only be said in a file");
      }
      tree = set(tree, type, argument.substring(0, equals), argument.substring(equals + 1));
    }
    return (Mapping) tree;
  }

  /** The node with {@code value} set at {@code below} it; a null type is one that nobody knows. */
  private static ConfigNode set(ConfigNode node, Type type, String below, String value) {
    if (type != null && ConfigKey.raw(type) == Optional.class) {
      return set(node, ConfigKey.element(type), below, value);
    }
    if (below.isEmpty()) {
      return value(node.path(), type, value);
    }
    if (node instanceof Sequence || (type != null && ConfigKey.raw(type) == List.class)) {
      return setItem(node, type, below, value);
    }
    if (type == NumberSchedule.class && node instanceof Scalar number && !number.isNull()) {
      return setEntry(asMapping(number), type, below, value);
    }
    if (!(node instanceof Mapping) && !node.isNull()) {
      throw error(node.path(), node.describe() + " holds no options (set it to a map first)");
    }
    return setEntry(node, type, below, value);
  }

  private static ConfigNode setItem(ConfigNode node, Type type, String below, String value) {
    List<ConfigNode> items =
        new ArrayList<>(node instanceof Sequence sequence ? sequence.items() : List.of());
    Matcher matcher = INDEX.matcher(below);
    if (!matcher.lookingAt()) {
      throw error(node.path(), "'" + below + "' begins with no index (expected one such as [0])");
    }
    int index = Integer.parseInt(matcher.group(1));
    if (index >= items.size()) {
      throw error(
          Names.item(node.path(), index),
          "the list holds " + items.size() + " (expected an index below that, counted from 0)");
    }
    Type element =
        type != null && ConfigKey.raw(type) == List.class ? ConfigKey.element(type) : null;
    items.set(index, set(items.get(index), element, below.substring(matcher.end()), value));
    return new Sequence(node.path(), node.origin(), items);
  }

  private static ConfigNode setEntry(ConfigNode node, Type type, String below, String value) {
    Map<String, ConfigNode> entries =
        new LinkedHashMap<>(node instanceof Mapping mapping ? mapping.entries() : Map.of());
    Matcher matcher = KEY.matcher(below);
    boolean lastKey = takesDottedKeys(type);
    if (!lastKey && !matcher.lookingAt()) {
      throw error(node.path(), "'" + below + "' begins with no key of a map");
    }
    String key = lastKey ? below : matcher.group(1);
    String rest = lastKey ? "" : below.substring(matcher.end());
    String path = Names.child(node.path(), key);
    ConfigNode old = entries.getOrDefault(key, Scalar.absent(path, Origin.COMMAND_LINE));
    entries.put(key, set(old, childType(type, key), rest, value));
    return new Mapping(node.path(), node.origin(), entries);
  }

  /** A schedule that stays, as the map that the first option set in it makes of it. */
  private static Mapping asMapping(Scalar number) {
    String key = "from";
    String path = Names.child(number.path(), key);
    return new Mapping(
        number.path(),
        number.origin(),
        Map.of(key, new Scalar(path, number.origin(), number.text(), number.quoted())));
  }

  private static boolean takesDottedKeys(Type type) {
    return type != null
        && ConfigKey.raw(type) == Map.class
        && ConfigKey.isScalar(ConfigKey.element(type));
  }

  private static Type childType(Type type, String key) {
    if (type == null) {
      return null;
    }
    Class<?> raw = ConfigKey.raw(type);
    if (raw == Map.class) {
      return ConfigKey.element(type);
    }
    if (raw == NumberSchedule.class) {
      return childType(NumberSchedule.Change.class, key);
    }
    return !raw.isRecord()
        ? null
        : ConfigKey.of(raw).stream()
            .filter(candidate -> candidate.name().equals(key) && !candidate.rest())
            .findFirst()
            .map(ConfigKey::type)
            .orElse(null);
  }

  private static ConfigNode value(String path, Type type, String value) {
    boolean literal =
        type == null ? !value.matches("(?s)\\s*[\\[{\"'].*") : ConfigKey.isScalar(type);
    return literal
        ? new Scalar(path, Origin.COMMAND_LINE, value, false)
        : YamlReader.readValue(Origin.COMMAND_LINE, path, value);
  }

  private static UserException error(String path, String message) {
    return new UserException(Problem.format(Origin.COMMAND_LINE, path, message));
  }
}
