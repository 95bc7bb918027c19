package io.hone.conf;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of configuration as it was written, before any record gives it a type: a scalar, a list
 * or a map. Each node knows its dotted path from the root and where it was written; in a map that
 * is the place of its key. Immutable and serialisable.
 */
public sealed interface ConfigNode extends Serializable {
  /** Dotted path from the root, {@code reward.components[0].weight}; empty for the root. */
  String path();

  /** Where it was written. */
  Origin origin();

  /** What this is, for messages: {@code a list}, {@code a map} or the scalar in quotes. */
  String describe();

  /** Whether this says "not set": {@code key:} with nothing, {@code ~} or {@code null}. */
  default boolean isNull() {
    return false;
  }

  /**
   * The node at a path below this one, or the nearest node above it if that was never written.
   *
   * @param below {@code weight}, {@code components[0].weight}; empty for this node
   */
  default ConfigNode nearest(String below) {
    return this;
  }

  /** An exception about this node: {@code file:line: path: message}. */
  default UserException error(String message) {
    return new UserException(Problem.format(origin(), path(), message));
  }

  /**
   * Text, a number, a truth value or nothing; which of them follows from the option it is for.
   *
   * @param quoted whether it was written in quotes or as a block, so that {@code "null"} is a word
   */
  record Scalar(String path, Origin origin, String text, boolean quoted) implements ConfigNode {
    private static final int LONGEST_SHOWN = 80;

    /** An absent value. */
    static Scalar absent(String path, Origin origin) {
      return new Scalar(path, origin, "null", false);
    }

    @Override
    public String describe() {
      if (isNull()) {
        return "nothing";
      }
      String shown = Secrets.hide(path, text);
      return shown.length() > LONGEST_SHOWN
          ? "'" + shown.substring(0, LONGEST_SHOWN) + "...'"
          : "'" + shown + "'";
    }

    @Override
    public boolean isNull() {
      return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }
  }

  /** A list. */
  record Sequence(String path, Origin origin, List<ConfigNode> items) implements ConfigNode {
    private static final Pattern INDEX = Pattern.compile("\\[(\\d{1,9})]\\.?");

    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "a list";
    }

    @Override
    public ConfigNode nearest(String below) {
      Matcher matcher = INDEX.matcher(below);
      if (!matcher.lookingAt()) {
        return this;
      }
      int index = Integer.parseInt(matcher.group(1));
      return index < items.size() ? items.get(index).nearest(below.substring(matcher.end())) : this;
    }
  }

  /** A map from keys to values, in the order written. */
  record Mapping(String path, Origin origin, Map<String, ConfigNode> entries)
      implements ConfigNode {
    public Mapping {
      entries = Immutable.map(entries);
    }

    /** A map of texts, all from one origin. */
    static Mapping ofTexts(String path, Origin origin, Map<String, String> texts) {
      Map<String, ConfigNode> entries = new LinkedHashMap<>();
      texts.forEach(
          (key, text) -> entries.put(key, new Scalar(Names.child(path, key), origin, text, true)));
      return new Mapping(path, origin, entries);
    }

    /** This map with another value at a key: where the key stands, else as the last. */
    Mapping with(String key, ConfigNode value) {
      Map<String, ConfigNode> changed = new LinkedHashMap<>(entries);
      changed.put(key, value);
      return new Mapping(path, origin, changed);
    }

    @Override
    public String describe() {
      return "a map";
    }

    @Override
    public ConfigNode nearest(String below) {
      // Keys may hold dots themselves (spark.executor.memory), so the longest that is there wins.
      for (int end = below.length(); end > 0; end = lastSeparator(below, end)) {
        ConfigNode value = entries.get(below.substring(0, end));
        if (value != null) {
          String rest = below.substring(end);
          return value.nearest(rest.startsWith(".") ? rest.substring(1) : rest);
        }
      }
      return this;
    }

    private static int lastSeparator(String path, int end) {
      return Math.max(path.lastIndexOf('.', end - 1), path.lastIndexOf('[', end - 1));
    }
  }
}
