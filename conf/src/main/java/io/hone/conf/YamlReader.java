package io.hone.conf;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads YAML into nodes that know their lines. Scalars stay text: whether {@code on} is a word or a
 * truth value is for the option to say. Input is untrusted: its length, its depth and the number of
 * values after anchors are expanded are bounded, and no tag makes an object.
 */
final class YamlReader {
  static final int MAXIMUM_CHARACTERS = 1 << 20;
  static final int MAXIMUM_VALUES = 10_000;
  static final int MAXIMUM_DEPTH = 50;

  private final Origin whole;
  private final boolean hasLines;
  private int values;

  private YamlReader(Origin whole, boolean hasLines) {
    this.whole = whole;
    this.hasLines = hasLines;
  }

  /**
   * Reads a document; an empty one is null.
   *
   * @param source what messages call it
   * @throws UserException if it is not YAML, holds more than one document or passes a bound
   */
  static ConfigNode read(String source, String text) {
    return new YamlReader(new Origin(source, 0), true).document("", text);
  }

  /** Reads a value for {@code path} that was not written in a file, so has no lines. */
  static ConfigNode readValue(Origin origin, String path, String text) {
    return new YamlReader(origin, false).document(path, text);
  }

  private ConfigNode document(String path, String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MAXIMUM_CHARACTERS);
    options.setNestingDepthLimit(MAXIMUM_DEPTH);
    try {
      Node node = new Yaml(options).compose(new StringReader(text));
      return node == null
          ? new ConfigNode.Scalar(path, whole, "", false)
          : convert(node, path, whole, 0);
    } catch (MarkedYAMLException e) {
      String context = e.getContext() == null ? "" : e.getContext() + ": ";
      throw error(
          origin(e.getProblemMark()), path, "cannot be read as YAML: " + context + e.getProblem());
    } catch (YAMLException e) {
      throw error(whole, path, "cannot be read as YAML: " + e.getMessage());
    }
  }

  private ConfigNode convert(Node node, String path, Origin origin, int depth) {
    Origin place = origin(node.getStartMark());
    if (++values > MAXIMUM_VALUES) {
      throw error(
          place, path, "more than " + MAXIMUM_VALUES + " values, counting every use of an anchor");
    }
    if (depth > MAXIMUM_DEPTH) {
      throw error(
          place, path, "more than " + MAXIMUM_DEPTH + " levels (does an anchor hold itself?)");
    }
    if (!node.getTag().startsWith(Tag.PREFIX)) {
      throw error(place, path, "the tag " + node.getTag() + " has no meaning here; remove it");
    }
    if (node instanceof MappingNode mapping) {
      return new ConfigNode.Mapping(path, origin, entries(mapping, path, depth));
    }
    if (node instanceof SequenceNode sequence) {
      List<ConfigNode> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        Origin itemOrigin = origin(item.getStartMark());
        items.add(convert(item, Names.item(path, items.size()), itemOrigin, depth + 1));
      }
      return new ConfigNode.Sequence(path, origin, items);
    }
    ScalarNode scalar = (ScalarNode) node;
    boolean quoted = scalar.getScalarStyle() != ScalarStyle.PLAIN;
    return new ConfigNode.Scalar(path, origin, scalar.getValue(), quoted);
  }

  /** The map's own entries, then those of the maps that it merges with {@code <<}. */
  private Map<String, ConfigNode> entries(MappingNode mapping, String path, int depth) {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    List<Node> merged = new ArrayList<>();
    for (NodeTuple entry : mapping.getValue()) {
      Origin place = origin(entry.getKeyNode().getStartMark());
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw error(place, path, "a key must be a word, not a list or a map");
      }
      if (key.getTag().equals(Tag.MERGE)) {
        merged.add(entry.getValueNode());
        continue;
      }
      String child = Names.child(path, key.getValue());
      ConfigNode value = convert(entry.getValueNode(), child, place, depth + 1);
      ConfigNode earlier = entries.putIfAbsent(key.getValue(), value);
      if (earlier != null) {
        throw error(place, child, "is set twice (first in line " + earlier.origin().line() + ")");
      }
    }
    merged.forEach(value -> merge(value, path, depth + 1, entries));
    return entries;
  }

  private void merge(Node value, String path, int depth, Map<String, ConfigNode> entries) {
    if (value instanceof SequenceNode several && depth <= MAXIMUM_DEPTH) {
      several.getValue().forEach(item -> merge(item, path, depth + 1, entries));
      return;
    }
    Origin place = origin(value.getStartMark());
    if (convert(value, path, place, depth) instanceof ConfigNode.Mapping mapping) {
      mapping.entries().forEach(entries::putIfAbsent);
    } else {
      throw error(place, path, "<< takes a map or a list of maps");
    }
  }

  private Origin origin(Mark mark) {
    return hasLines ? new Origin(whole.source(), mark.getLine() + 1) : whole;
  }

  private static UserException error(Origin origin, String path, String message) {
    return new UserException(Problem.format(origin, path, message));
  }
}
