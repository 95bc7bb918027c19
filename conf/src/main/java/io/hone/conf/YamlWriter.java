package io.hone.conf;

import io.hone.conf.ConfigNode.Mapping;
import io.hone.conf.ConfigNode.Scalar;
import io.hone.conf.ConfigNode.Sequence;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes a tree as YAML with the origin of each value behind it. Secrets are hidden. */
final class YamlWriter {
  private static final int COMMENT_COLUMN = 48;

  /** Text that every YAML reader takes to the letter. */
  private static final Pattern PLAIN = Pattern.compile("[\\w./+-][\\w./+@=-]*");

  /** Words that YAML readers take for something else than themselves. */
  private static final Pattern AMBIGUOUS =
      Pattern.compile("null|yes|no|on|off|y|n|[-.=]", Pattern.CASE_INSENSITIVE);

  private final StringBuilder out = new StringBuilder();

  private YamlWriter() {}

  /** Writes a map, with a title in a comment before it. */
  static String write(String title, Mapping root) {
    YamlWriter writer = new YamlWriter();
    writer.out.append(comment(title)).append('\n');
    writer.entries(root, "", "");
    return writer.out.toString();
  }

  /** Writes the entries of a map, the first one behind {@code first}, the others behind blanks. */
  private void entries(Mapping mapping, String first, String indent) {
    String lead = first;
    for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
      value(entry.getValue(), lead + text(entry.getKey()) + ":", indent + "  ");
      lead = indent;
    }
  }

  private void value(ConfigNode node, String lead, String indent) {
    if (node instanceof Mapping mapping && !mapping.entries().isEmpty()) {
      out.append(lead).append('\n');
      entries(mapping, indent, indent);
    } else if (node instanceof Sequence sequence && !sequence.items().isEmpty()) {
      out.append(lead).append('\n');
      sequence.items().forEach(item -> item(item, indent + "-", indent + "  "));
    } else {
      line(lead + " " + inline(node), node.origin());
    }
  }

  private void item(ConfigNode node, String lead, String indent) {
    if (node instanceof Mapping mapping && !mapping.entries().isEmpty()) {
      entries(mapping, lead + " ", indent);
    } else {
      value(node, lead, indent);
    }
  }

  private void line(String content, Origin origin) {
    out.append(content)
        .append(" ".repeat(Math.max(1, COMMENT_COLUMN - content.length())))
        .append(comment(origin.toString()))
        .append('\n');
  }

  /** File names may hold anything; a comment must end with its line. */
  private static String comment(String text) {
    return "# " + text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029\\ufeff]", "?");
  }

  private static String inline(ConfigNode node) {
    if (node instanceof Scalar scalar) {
      return scalar.isNull() ? "null" : text(Secrets.hide(scalar.path(), scalar.text()));
    }
    return node instanceof Mapping ? "{}" : "[]";
  }

  private static String text(String text) {
    return PLAIN.matcher(text).matches() && !AMBIGUOUS.matcher(text).matches() ? text : quote(text);
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints().forEach(character -> quoted.append(escape(character)));
    return quoted.append('"').toString();
  }

  private static String escape(int character) {
    return switch (character) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      default ->
          isVisible(character)
              ? Character.toString(character)
              : String.format(character > 0xFFFF ? "\\U%08x" : "\\u%04x", character);
    };
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
