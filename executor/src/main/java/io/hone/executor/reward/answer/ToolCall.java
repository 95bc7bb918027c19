package io.hone.executor.reward.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A call of a tool.
 *
 * @param name of the tool
 * @param parameters values by name
 */
public record ToolCall(String name, Map<String, JsonNode> parameters) {
  /** Numbers by value, so that 1 and 1.0 are the same; all else as it is. */
  private static final Comparator<JsonNode> BY_VALUE =
      (one, other) ->
          one.isNumber() && other.isNumber()
              ? one.decimalValue().compareTo(other.decimalValue())
              : one.equals(other) ? 0 : 1;

  /** Copies the parameters. */
  public ToolCall {
    // Not Map.copyOf, which takes the square of the time where many names have one hash.
    parameters = Collections.unmodifiableMap(new HashMap<>(parameters));
  }

  /**
   * A call from {@code {"name": ..., "parameters": {...}}}; {@code arguments} is another name for
   * parameters, which may be JSON text, and a call without either has none. {@code {"function":
   * ...}} may stand around it, as in the interface of OpenAI.
   *
   * @throws UnreadableCallException if it is something else
   */
  static ToolCall of(JsonNode written) {
    JsonNode node = written.path("function").isObject() ? written.get("function") : written;
    if (!(node instanceof ObjectNode) || !node.path("name").isTextual()) {
      throw new UnreadableCallException("a call is " + node.getNodeType() + " without a name");
    }
    JsonNode given = node.has("parameters") ? node.get("parameters") : node.path("arguments");
    JsonNode parameters = given.isTextual() ? ToolCalls.json(given.textValue()) : given;
    if (!parameters.isObject() && !parameters.isMissingNode() && !parameters.isNull()) {
      throw new UnreadableCallException("parameters are " + parameters.getNodeType());
    }
    Map<String, JsonNode> values = new HashMap<>();
    parameters.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
    return new ToolCall(node.get("name").textValue(), values);
  }

  /** Parameters that both calls have, with the same value. */
  int equalValues(ToolCall other) {
    int equal = 0;
    for (Map.Entry<String, JsonNode> entry : parameters.entrySet()) {
      JsonNode value = other.parameters.get(entry.getKey());
      if (value != null && entry.getValue().equals(BY_VALUE, value)) {
        equal++;
      }
    }
    return equal;
  }

  /** Whether the calls have the same parameters with the same values. */
  boolean hasParametersOf(ToolCall other) {
    return parameters.size() == other.parameters.size() && equalValues(other) == parameters.size();
  }

  boolean isSame(ToolCall other) {
    return name.equals(other.name) && hasParametersOf(other);
  }

  /** Jaccard similarity of the names of the parameters: 1 if both have none, 0 if only one has. */
  double sharedNames(ToolCall other) {
    return Overlap.ofMultisets(
            List.copyOf(parameters.keySet()), List.copyOf(other.parameters.keySet()))
        .jaccard();
  }
}
