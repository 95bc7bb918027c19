package io.hone.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON that commands write: one object a line. */
final class JsonRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonRows() {}

  static ObjectNode newRow() {
    return JSON.createObjectNode();
  }

  static JsonNode value(Object value) {
    return JSON.valueToTree(value);
  }

  static ArrayNode array(int[] numbers) {
    ArrayNode array = JSON.createArrayNode();
    for (int number : numbers) {
      array.add(number);
    }
    return array;
  }

  /** JSON has no words for numbers that are not finite; they become null. */
  static ArrayNode array(float[] numbers) {
    ArrayNode array = JSON.createArrayNode();
    for (float number : numbers) {
      if (Float.isFinite(number)) {
        array.add(number);
      } else {
        array.addNull();
      }
    }
    return array;
  }

  static String line(ObjectNode row) {
    try {
      return JSON.writeValueAsString(row);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a tree of JSON could not be written", impossible);
    }
  }
}
