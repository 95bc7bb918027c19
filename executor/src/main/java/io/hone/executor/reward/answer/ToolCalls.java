package io.hone.executor.reward.answer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads calls of tools. */
public final class ToolCalls {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private ToolCalls() {}

  /**
   * The calls between all pairs of opening and closing, in their order. Between a pair stands one
   * call after the other, or an array of them.
   *
   * @return empty if there is no such pair
   * @throws UnreadableCallException if what stands there is not JSON, or no call
   */
  public static Optional<List<ToolCall>> between(String opening, String closing, String text) {
    List<ToolCall> calls = new ArrayList<>();
    boolean found = false;
    int position = 0;
    while (true) {
      int start = text.indexOf(opening, position);
      int end = start < 0 ? -1 : text.indexOf(closing, start + opening.length());
      if (end < 0) {
        return found ? Optional.of(calls) : Optional.empty();
      }
      found = true;
      calls.addAll(parse(text.substring(start + opening.length(), end)));
      position = end + closing.length();
    }
  }

  /**
   * The calls in a text of JSON: one after the other, or an array of them.
   *
   * @throws UnreadableCallException if it is not JSON, or no call
   */
  public static List<ToolCall> parse(String json) {
    List<ToolCall> calls = new ArrayList<>();
    try (MappingIterator<JsonNode> nodes = JSON.readerFor(JsonNode.class).readValues(json)) {
      while (nodes.hasNextValue()) {
        add(nodes.nextValue(), calls);
      }
    } catch (UnreadableCallException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Numbers that the parser cannot hold are exceptions of other kinds.
      throw new UnreadableCallException("the text is not JSON");
    }
    return calls;
  }

  /**
   * The calls in a value of a data set: JSON text, a map, or a list of maps.
   *
   * @throws UnreadableCallException if it is something else
   */
  public static List<ToolCall> of(Object value) {
    if (value instanceof String json) {
      return parse(json);
    }
    List<ToolCall> calls = new ArrayList<>();
    add(JSON.valueToTree(value), calls);
    return calls;
  }

  /** A text of JSON. */
  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException | RuntimeException e) {
      throw new UnreadableCallException("the text is not JSON");
    }
  }

  private static void add(JsonNode node, List<ToolCall> calls) {
    if (node.isArray()) {
      node.forEach(call -> calls.add(ToolCall.of(call)));
    } else {
      calls.add(ToolCall.of(node));
    }
  }
}
