package io.hone.kernels.tokenizer;

/**
 * Applies Jinja2's white space rules to a template's own text, leaving nothing of them for the
 * engine to do: the signs {@code -} and {@code +} inside the braces, {@code trim_blocks} (the line
 * end after a block or comment goes) and {@code lstrip_blocks} (so does white space before one that
 * comes first on its line). Jinjava's own {@code lstripBlocks} also takes white space between words
 * and a block.
 *
 * <p>Source: Jinja2's documentation, "Whitespace Control", and the rules of its lexer.
 */
final class JinjaWhitespace {
  private static final String RAW = "raw";
  private static final String END_RAW = "endraw";

  /** Brackets within brackets; the engine's effort grows with a power of it. */
  private static final int MAX_DEPTH = 50;

  private final String template;
  private final StringBuilder result = new StringBuilder();
  private int position;
  private boolean atLineStart = true;

  private JinjaWhitespace(String template) {
    this.template = template;
  }

  /**
   * The template without anything that Jinja2 would drop; comments are dropped too.
   *
   * @throws TemplateFailure if its brackets are nested too deeply to be parsed
   */
  static String normalise(String template) {
    JinjaWhitespace normaliser = new JinjaWhitespace(template);
    normaliser.run();
    return normaliser.result.toString();
  }

  private void run() {
    while (position < template.length()) {
      int open = nextOpening(position);
      if (open < 0) {
        result.append(template.substring(position));
        return;
      }
      int close = closing(open);
      if (close < 0) {
        // The engine reports what is not closed.
        result.append(template.substring(position));
        return;
      }
      appendTextBefore(open);
      position = close + 2;
      String inside = inside(open, close);
      char kind = template.charAt(open + 1);
      if (kind != '#') {
        result.append('{').append(kind).append(' ').append(inside).append(' ');
        result.append(kind == '{' ? '}' : '%').append('}');
      }
      boolean isRaw = kind == '%' && inside.equals(RAW);
      endTag(kind, template.charAt(close - 1), isRaw);
      if (isRaw) {
        copyRaw();
      }
    }
  }

  /** Copies up to and including the end tag of a raw block. */
  private void copyRaw() {
    for (int open = template.indexOf("{%", position);
        open >= 0;
        open = template.indexOf("{%", open + 2)) {
      int close = closing(open);
      if (close >= 0 && inside(open, close).equals(END_RAW)) {
        appendTextBefore(open);
        position = close + 2;
        result.append("{% endraw %}");
        endTag('%', template.charAt(close - 1), false);
        return;
      }
    }
    result.append(template.substring(position));
    position = template.length();
  }

  private int nextOpening(int from) {
    for (int i = template.indexOf('{', from);
        i >= 0 && i + 1 < template.length();
        i = template.indexOf('{', i + 1)) {
      char next = template.charAt(i + 1);
      if (next == '{' || next == '%' || next == '#') {
        return i;
      }
    }
    return -1;
  }

  /**
   * Index of the two characters that close a tag, past strings and inner brackets; -1 if none do.
   */
  private int closing(int open) {
    char kind = template.charAt(open + 1);
    if (kind == '#') {
      return template.indexOf("#}", open + 2);
    }
    String end = kind == '{' ? "}}" : "%}";
    int depth = 0;
    int i = open + 2;
    while (i < template.length()) {
      char c = template.charAt(i);
      if (c == '"' || c == '\'') {
        i = afterString(i);
        continue;
      }
      if (depth == 0 && template.startsWith(end, i)) {
        return i;
      }
      if (c == '(' || c == '[' || c == '{') {
        depth++;
        if (depth > MAX_DEPTH) {
          throw new TemplateFailure("brackets are nested more than " + MAX_DEPTH + " deep");
        }
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      }
      i++;
    }
    return -1;
  }

  private int afterString(int start) {
    char quote = template.charAt(start);
    int i = start + 1;
    while (i < template.length() && template.charAt(i) != quote) {
      i += template.charAt(i) == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  /** What a tag says, without its signs. */
  private String inside(int open, int close) {
    int start = open + 2;
    int end = close;
    if (start < end && isSign(template.charAt(start))) {
      start++;
    }
    if (start < end && isSign(template.charAt(end - 1))) {
      end--;
    }
    return template.substring(start, end).strip();
  }

  private static boolean isSign(char c) {
    return c == '-' || c == '+';
  }

  private void appendTextBefore(int open) {
    String text = template.substring(position, open);
    char sign = open + 2 < template.length() ? template.charAt(open + 2) : ' ';
    if (sign == '-') {
      text = text.stripTrailing();
    } else if (sign != '+' && template.charAt(open + 1) != '{') {
      int line = text.lastIndexOf('\n') + 1;
      boolean startsLine = line > 0 || atLineStart;
      if (startsLine && text.substring(line).isBlank()) {
        text = text.substring(0, line);
      }
    }
    result.append(text);
  }

  /** Passes over the white space after a tag that belongs to it. */
  private void endTag(char kind, char sign, boolean isRaw) {
    int start = position;
    if (sign == '-') {
      while (position < template.length() && Character.isWhitespace(template.charAt(position))) {
        position++;
      }
    } else if (kind != '{'
        && sign != '+'
        && !isRaw
        && position < template.length()
        && template.charAt(position) == '\n') {
      position++;
    }
    atLineStart = position > start && template.charAt(position - 1) == '\n';
  }
}
