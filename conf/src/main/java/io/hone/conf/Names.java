package io.hone.conf;

import java.util.Locale;

/** How names of Java are spelled in YAML, and how they join to paths. */
final class Names {
  private Names() {}

  /** {@code groupSize} becomes {@code group-size}. */
  static String kebab(String component) {
    return component.replaceAll("(?<=.)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** {@code SEQUENCE_MEAN} becomes {@code sequence-mean}. */
  static String kebab(Enum<?> constant) {
    return kebabConstant(constant.name());
  }

  /** The same, of the constant's name. */
  static String kebabConstant(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The path of a key in the map at {@code path}; the root's is empty. */
  static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The path of an item, counted from 0, in the list at {@code path}. */
  static String item(String path, int index) {
    return path + "[" + index + "]";
  }
}
