package io.hone.executor.reward.answer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/** Splits a list that is written as text into its items. */
public final class Items {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final String OPENING = "[{(";
  private static final String CLOSING = "]})";

  private Items() {}

  /**
   * The items of a JSON array; of other text, what stands between separators, without brackets
   * around all, white space and quotes around each, and empty items.
   *
   * @param separator not empty
   */
  public static List<String> of(String text, String separator) {
    String list = text.strip();
    List<String> items = new ArrayList<>();
    if (list.startsWith("[") && list.endsWith("]")) {
      try {
        if (JSON.readTree(list) instanceof ArrayNode array) {
          array.forEach(item -> items.add(text(item)));
          return items;
        }
      } catch (JsonProcessingException e) {
        // Not JSON but, say, [a, b]: split like other text.
      }
    }
    String inside = isBracketed(list) ? list.substring(1, list.length() - 1) : list;
    int start = 0;
    while (start <= inside.length()) {
      int next = inside.indexOf(separator, start);
      int end = next < 0 ? inside.length() : next;
      String item = unquoted(inside.substring(start, end).strip());
      if (!item.isEmpty()) {
        items.add(item);
      }
      start = end + separator.length();
    }
    return items;
  }

  private static String text(JsonNode item) {
    return item.isTextual() ? item.textValue() : item.toString();
  }

  /** Whether brackets stand around all of it, unlike those of [a], [b]. */
  private static boolean isBracketed(String list) {
    int bracket = list.length() < 2 ? -1 : OPENING.indexOf(list.charAt(0));
    int last = list.length() - 1;
    if (bracket < 0 || list.charAt(last) != CLOSING.charAt(bracket)) {
      return false;
    }
    int open = 0;
    for (int index = 0; index < last; index++) {
      char at = list.charAt(index);
      if (at == OPENING.charAt(bracket)) {
        open++;
      } else if (at == CLOSING.charAt(bracket)) {
        open--;
        if (open == 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static String unquoted(String item) {
    boolean isQuoted =
        item.length() >= 2
            && (item.charAt(0) == '"' || item.charAt(0) == '\'')
            && item.charAt(item.length() - 1) == item.charAt(0);
    return isQuoted ? item.substring(1, item.length() - 1) : item;
  }
}
