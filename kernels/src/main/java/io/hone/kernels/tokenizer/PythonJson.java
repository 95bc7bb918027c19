package io.hone.kernels.tokenizer;

import java.math.BigInteger;
import java.util.Iterator;
import java.util.Map;

/**
 * JSON as Python's {@code json.dumps(value, ensure_ascii=False)} writes it, which is what
 * templates' tojson means.
 */
final class PythonJson {
  private PythonJson() {}

  /**
   * @throws TemplateFailure for a value that is not of JSON, or a fraction, whose digits Java
   *     writes differently
   */
  static String write(Object value) {
    StringBuilder json = new StringBuilder();
    write(value, json);
    return json.toString();
  }

  private static void write(Object value, StringBuilder json) {
    if (value == null) {
      json.append("null");
    } else if (value instanceof String text) {
      quote(text, json);
    } else if (value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof BigInteger) {
      json.append(value);
    } else if (value instanceof Map<?, ?> map) {
      json.append('{');
      Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
      while (entries.hasNext()) {
        Map.Entry<?, ?> entry = entries.next();
        quote(String.valueOf(entry.getKey()), json);
        json.append(": ");
        write(entry.getValue(), json);
        json.append(entries.hasNext() ? ", " : "");
      }
      json.append('}');
    } else if (value instanceof Iterable<?> list) {
      json.append('[');
      Iterator<?> elements = list.iterator();
      while (elements.hasNext()) {
        write(elements.next(), json);
        json.append(elements.hasNext() ? ", " : "");
      }
      json.append(']');
    } else {
      throw new TemplateFailure(
          "tojson of a " + value.getClass().getSimpleName() + " is not supported");
    }
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        default -> json.append(c < ' ' ? "\\u%04x".formatted((int) c) : Character.toString(c));
      }
    }
    json.append('"');
  }
}
