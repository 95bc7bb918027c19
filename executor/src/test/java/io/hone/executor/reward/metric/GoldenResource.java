package io.hone.executor.reward.metric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reference values that lie beside the tests; each file's {@code about} says how it was made. */
public final class GoldenResource {
  private GoldenResource() {}

  /** One array of a file under {@code metric}. */
  public static JsonNode read(String file, String key) throws IOException {
    try (InputStream stream = GoldenResource.class.getResourceAsStream("/metric/" + file)) {
      return new ObjectMapper().readTree(stream).get(key);
    }
  }

  /** An array of strings. */
  public static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
