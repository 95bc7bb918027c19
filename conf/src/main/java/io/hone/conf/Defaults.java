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

/**
 * Writes the defaults of a record into a tree, so that whoever binds or prints the tree finds every
 * option there, with where it came from. What does not fit the record is left for the binder to
 * report.
 */
final class Defaults {
  private Defaults() {}

  /** The tree with every option of {@code type} that has a default, in the order of the record. */
  static ConfigNode complete(ConfigNode node, Type type) {
    Class<?> raw = ConfigKey.raw(type);
    if (raw == Optional.class && !node.isNull()) {
      return complete(node, ConfigKey.element(type));
    }
    if (raw == List.class && node instanceof Sequence sequence) {
      List<ConfigNode> items = new ArrayList<>();
      sequence.items().forEach(item -> items.add(complete(item, ConfigKey.element(type))));
      return new Sequence(node.path(), node.origin(), items);
    }
    if (raw == Map.class && node instanceof Mapping mapping) {
      Map<String, ConfigNode> entries = new LinkedHashMap<>();
      mapping.entries().forEach((k, v) -> entries.put(k, complete(v, ConfigKey.element(type))));
      return new Mapping(node.path(), node.origin(), entries);
    }
    if (raw == NumberSchedule.class && node instanceof Mapping mapping) {
      return completeRecord(mapping, NumberSchedule.Change.class);
    }
    if (raw.isRecord() && !ConfigKey.isScalar(type) && node instanceof Mapping mapping) {
      return completeRecord(mapping, raw);
    }
    return node;
  }

  private static Mapping completeRecord(Mapping mapping, Class<?> record) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    for (ConfigKey key : ConfigKey.of(record)) {
      ConfigNode written = mapping.entries().get(key.name());
      boolean set = written != null && !written.isNull();
      String path = Names.child(mapping.path(), key.name());
      Origin near = written == null ? mapping.origin() : written.origin();
      ConfigNode value = set ? written : fallback(key, path, near).orElse(written);
      if (value != null && !key.rest()) {
        entries.put(key.name(), complete(value, key.type()));
      }
    }
    mapping.entries().forEach(entries::putIfAbsent);
    return new Mapping(mapping.path(), mapping.origin(), entries);
  }

  /**
   * What an option is if nothing is set. A section keeps the place nearest to where it would stand,
   * which is what a message about an option missing in it should name.
   */
  private static Optional<ConfigNode> fallback(ConfigKey key, String path, Origin near) {
    Class<?> raw = ConfigKey.raw(key.type());
    if (key.defaultValue().isPresent()) {
      String text = key.defaultValue().get();
      return Optional.of(
          ConfigKey.isScalar(key.type())
              ? new Scalar(path, Origin.DEFAULT, text, true)
              : YamlReader.readValue(Origin.DEFAULT, path, text));
    }
    if (raw == Optional.class) {
      return Optional.of(Scalar.absent(path, Origin.DEFAULT));
    }
    if (raw == List.class) {
      return Optional.of(new Sequence(path, Origin.DEFAULT, List.of()));
    }
    if (raw == Map.class) {
      return Optional.of(new Mapping(path, Origin.DEFAULT, Map.of()));
    }
    if (raw.isRecord() && !ConfigKey.isScalar(raw)) {
      return Optional.of(new Mapping(path, near, Map.of()));
    }
    return Optional.empty();
  }
}
