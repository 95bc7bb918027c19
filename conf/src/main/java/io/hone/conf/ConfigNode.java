package io.hone.conf;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A piece of configuration as it was written, before any record gives it a type: a scalar, a list
 * or a map. Each node knows its dotted path from the root and where it was written; in a map that
 * is the place of its key. Immutable and serialisable.
 */
public sealed interface ConfigNode extends Serializable {
  /** Dotted path from the root, {@code reward.components[0].weight}; empty for the root. */
  String path();

  Origin origin();

  /** What this is, for messages: {@code a list}, {@code a map} or the scalar itself in quotes. */
  String describe();

  /** Whether this says "not set": {@code key:} with nothing, {@code ~} or {@code null}. */
  default boolean isNull() {
    return false;
  }

  /** An exception about this node: {@code file:line: path: message}. */
  default UserException error(String message) {
    return new UserException(Problem.format(origin(), path(), message));
  }

  /**
   * Text, a number, a truth value or nothing; what it is follows from the option that it is for.
   *
   * @param quoted whether it was written in quotes or as a block, so that {@code "null"} is a word
   */
  record Scalar(String path, Origin origin, String text, boolean quoted) implements ConfigNode {
    @Override
    public String describe() {
      return isNull() ? "nothing" : "'" + text + "'";
    }

    @Override
    public boolean isNull() {
      return !quoted && (text.isEmpty() || text.equals("~") || text.equals("null"));
    }
  }

  /** A list. */
  record Sequence(String path, Origin origin, List<ConfigNode> items) implements ConfigNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "a list";
    }

    /** The path of the item at a position, from 0. */
    static String itemPath(String path, int index) {
      return path + "[" + index + "]";
    }
  }

  /** A map from keys to values, in the order written. */
  record Mapping(String path, Origin origin, Map<String, ConfigNode> entries)
      implements ConfigNode {
    public Mapping {
      entries = Immutable.map(entries);
    }

    @Override
    public String describe() {
      return "a map";
    }
  }
}
