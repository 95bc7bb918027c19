package io.hone.kernels.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON object read from a file of a checkpoint, with typed access whose errors name the file, the
 * key, the value and what was expected. A key that is absent and one that is {@code null} are the
 * same, as they are to transformers.
 */
public final class JsonObject {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final String place;
  private final ObjectNode node;

  private JsonObject(String place, ObjectNode node) {
    this.place = place;
    this.node = node;
  }

  /**
   * Reads a whole file.
   *
   * @throws UserException if it is missing, unreadable, or not one JSON object
   */
  public static JsonObject read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(
          file + " is missing; expected a JSON file of a Hugging Face checkpoint");
    }
    try {
      return parse(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UserException("Cannot read " + file + ": " + Failures.describe(e), e);
    }
  }

  /** As {@link #read}, and empty if there is no such file. */
  public static Optional<JsonObject> readIfPresent(Path file) {
    return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
  }

  /** Parses UTF-8 JSON; {@code place} names its origin in messages. */
  static JsonObject parse(String place, byte[] json) {
    try {
      JsonNode root = MAPPER.readTree(json);
      if (root instanceof ObjectNode object) {
        return new JsonObject(place, object);
      }
      throw new UserException(place + " is not a JSON object; it starts with " + abbreviate(root));
    } catch (JsonProcessingException e) {
      throw new UserException(place + " is not valid JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UserException("Cannot read " + place + ": " + Failures.describe(e), e);
    }
  }

  /** The tree itself, for copying and editing. */
  public ObjectNode tree() {
    return node.deepCopy();
  }

  /** The keys, in the order of the file. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** The value of a key as it stands; empty if absent or null. */
  public Optional<JsonNode> value(String key) {
    return Optional.ofNullable(node.get(key)).filter(value -> !value.isNull());
  }

  public int integer(String key) {
    return optionalInteger(key).orElseThrow(() -> missing(key, "an integer"));
  }

  public Optional<Integer> optionalInteger(String key) {
    return value(key)
        .map(
            value -> {
              if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                throw wrong(key, value, "an integer below 2^31");
              }
              return value.intValue();
            });
  }

  public double number(String key) {
    return optionalNumber(key).orElseThrow(() -> missing(key, "a number"));
  }

  public Optional<Double> optionalNumber(String key) {
    return value(key)
        .map(
            value -> {
              if (!value.isNumber()) {
                throw wrong(key, value, "a number");
              }
              return value.doubleValue();
            });
  }

  public String text(String key) {
    return optionalText(key).orElseThrow(() -> missing(key, "a string"));
  }

  public Optional<String> optionalText(String key) {
    return value(key)
        .map(
            value -> {
              if (!value.isTextual()) {
                throw wrong(key, value, "a string");
              }
              return value.textValue();
            });
  }

  /** False if absent. */
  public boolean flag(String key) {
    return value(key)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrong(key, value, "true or false");
              }
              return value.booleanValue();
            })
        .orElse(false);
  }

  public JsonObject object(String key) {
    return optionalObject(key).orElseThrow(() -> missing(key, "an object"));
  }

  public Optional<JsonObject> optionalObject(String key) {
    return value(key)
        .map(
            value -> {
              if (!(value instanceof ObjectNode object)) {
                throw wrong(key, value, "an object");
              }
              return new JsonObject(place + ": " + key, object);
            });
  }

  /** The elements of an array of strings; empty if absent. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array(key)) {
      if (!element.isTextual()) {
        throw wrong(key, element, "strings only");
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /** An array of integers, or one integer standing for an array of one; empty if absent. */
  public List<Integer> integers(String key) {
    Optional<JsonNode> value = value(key);
    if (value.isPresent() && !value.get().isArray()) {
      return List.of(integer(key));
    }
    List<Integer> integers = new ArrayList<>();
    for (JsonNode element : array(key)) {
      if (!element.isIntegralNumber() || !element.canConvertToInt()) {
        throw wrong(key, element, "integers below 2^31 only");
      }
      integers.add(element.intValue());
    }
    return integers;
  }

  /** An array of integers of 64 bits. */
  List<Long> longs(String key) {
    if (!has(key)) {
      throw missing(key, "an array of integers");
    }
    List<Long> longs = new ArrayList<>();
    for (JsonNode element : array(key)) {
      if (!element.isIntegralNumber() || !element.canConvertToLong()) {
        throw wrong(key, element, "integers below 2^63 only");
      }
      longs.add(element.longValue());
    }
    return longs;
  }

  /** The elements of an array of objects; empty if absent. */
  public List<JsonObject> objects(String key) {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonNode element : array(key)) {
      if (!(element instanceof ObjectNode object)) {
        throw wrong(key, element, "objects only");
      }
      objects.add(new JsonObject(place + ": " + key + "[" + objects.size() + "]", object));
    }
    return objects;
  }

  /** An error about the value of a key. */
  public UserException wrong(String key, Object value, String expected) {
    return new UserException(
        place + ": " + key + " is " + abbreviate(value) + "; expected " + expected);
  }

  private Iterable<JsonNode> array(String key) {
    Optional<JsonNode> value = value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!value.get().isArray()) {
      throw wrong(key, value.get(), "an array");
    }
    return value.get();
  }

  private UserException missing(String key, String expected) {
    return new UserException(place + ": " + key + " is missing; expected " + expected);
  }

  private static String abbreviate(Object value) {
    String text = String.valueOf(value);
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
