package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.hone.conf.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonSchemaScorerTest {
  private static final String PERSON =
      "type: json-schema, schema: '{\"type\": \"object\", \"required\": [\"name\"], \"additionalProperties\": false,"
          + " \"properties\": {\"name\": {\"type\": \"string\", \"pattern\": \"^[A-Z]\"},"
          + " \"age\": {\"type\": \"integer\", \"minimum\": 0}}}'";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": \"Ann\", \"age\": 3} | 1 | 1",
        "{\"name\": \"Ann\"} | 1 | 1",
        "{\"name\": \"ann\"} | 0 | 1",
        "{\"name\": \"Ann\", \"age\": -1} | 0 | 1",
        "{\"name\": \"Ann\", \"age\": 1.5} | 0 | 1",
        "{\"age\": 3} | 0 | 1",
        "{\"name\": \"Ann\", \"more\": 1} | 0 | 1",
        "[] | 0 | 1",
        "{\"name\": | 0 | 0",
        "{\"name\": \"Ann\"} and more | 0 | 0",
        "Ann | 0 | 0",
      })
  void answersHaveAForm(String completion, double value, double confidence) {
    assertThat(RewardYaml.scorer(PERSON).score(RewardYaml.sample(completion)))
        .isEqualTo(Score.of(value, confidence));
  }

  @Test
  void theAnswerMayBeFencedOrFound() {
    String fenced = "Sure:\n```json\n{\"name\": \"Ann\"}\n```\nDone.";
    assertThat(RewardYaml.scorer(PERSON).score(RewardYaml.sample(fenced))).isEqualTo(Score.of(1));
    Scorer tagged = RewardYaml.scorer(PERSON + ", pattern: '(?s)<answer>(.*)</answer>'");
    assertThat(tagged.score(RewardYaml.sample("<answer>{\"name\": \"Bo\"}</answer>")))
        .isEqualTo(Score.of(1));
    assertThat(tagged.score(RewardYaml.sample("{\"name\": \"Bo\"}"))).isEqualTo(Score.noAnswer());
  }

  @Test
  void eachRowMayHaveASchema() {
    Scorer scorer = RewardYaml.scorer("type: json-schema, schema-column: form");
    assertThat(scorer.score(RewardYaml.sample("[1]", Map.of("form", Map.of("type", "array")))))
        .isEqualTo(Score.of(1));
    assertThat(scorer.score(RewardYaml.sample("[1]", Map.of("form", "{\"type\": \"object\"}"))))
        .isEqualTo(Score.of(0));
    assertThat(
            scorer.score(
                RewardYaml.sample(
                    "[1, 2]", Map.of("form", Map.of("prefixItems", List.of(true, false))))))
        .isEqualTo(Score.of(0));
    for (Object none :
        List.of(
            "no schema",
            7,
            Map.of("type", "nothing"),
            Map.of("pattern", "(a"),
            Map.of("$schema", "http://127.0.0.1/x"))) {
      assertThat(scorer.score(RewardYaml.sample("[1]", Map.of("form", none))).reason())
          .startsWith("column 'form' holds no JSON schema: ");
    }
    assertThat(scorer.score(RewardYaml.sample("[1]")).valid()).isFalse();
  }

  @Test
  void anOlderDraftIsReadAsWhatItSays() {
    Scorer scorer = RewardYaml.scorer("type: json-schema, schema-column: form");
    Map<String, Object> old =
        Map.of("$schema", "http://json-schema.org/draft-07/schema#", "items", List.of(true, false));
    assertThat(scorer.score(RewardYaml.sample("[1, 2]", Map.of("form", old))))
        .isEqualTo(Score.of(0));
  }

  @Test
  void badSchemasAreRefusedAtOnce() {
    assertThatThrownBy(() -> RewardYaml.scorer("type: json-schema, schema: '{'"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("components[0].schema: is no JSON schema: not JSON");
    assertThatThrownBy(
            () -> RewardYaml.scorer("type: json-schema, schema: '{\"pattern\": \"(?=a)\"}'"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is no JSON schema");
    assertThatThrownBy(() -> RewardYaml.scorer("type: json-schema"))
        .hasMessageContaining("set either this or schema-column");
  }

  @Test
  void nothingIsLoaded() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
          exchange.close();
        });
    server.start();
    try {
      Path file = Files.writeString(directory.resolve("schema.json"), "{}");
      Scorer scorer = RewardYaml.scorer("type: json-schema, schema-column: form");
      for (String address :
          List.of(
              "http://127.0.0.1:" + server.getAddress().getPort() + "/schema",
              file.toUri().toString(),
              "classpath:log4j2-test.properties")) {
        Score score =
            scorer.score(RewardYaml.sample("[1]", Map.of("form", Map.of("$ref", address))));
        assertThat(score.valid()).as(address).isFalse();
      }
      assertThat(requests).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  /** A schema that only refers to itself has no end, deep data no floor. */
  @Test
  void depthIsBounded() {
    Scorer scorer = RewardYaml.scorer("type: json-schema, schema-column: form");
    Score endless = scorer.score(RewardYaml.sample("[1]", Map.of("form", Map.of("$ref", "#"))));
    assertThat(endless.valid()).isFalse();
    Map<String, Object> tree = Map.of("type", "array", "items", Map.of("$ref", "#"));
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(scorer.score(RewardYaml.sample(deep, Map.of("form", tree))))
        .isEqualTo(Score.noAnswer());
  }

  /** A completion does not get rid of its reward by a number that is none. */
  @Test
  void numbersThatNobodyCanHoldAreNoJson() {
    for (String answer :
        java.util.List.of("1e400", "[1e999999999,1e400]", "1e99999999999", "9".repeat(990))) {
      assertThat(
              RewardYaml.scorer("type: json-schema, schema: '{\"multipleOf\": 3}'")
                  .score(RewardYaml.sample(answer)))
          .isEqualTo(Score.noAnswer());
    }
  }

  @Test
  void theLastBlockThatSaysWhatItIsCounts() {
    assertThat(Fence.last("```json\n1\n```\nwhich prints\n```\n2\n```")).contains("1\n");
    assertThat(Fence.last("```\n1\n```\n```\n2\n```")).contains("2\n");
    assertThat(Fence.last("```json\n1\n```\nand\n```json\n2")).contains("1\n");
    assertThat(Fence.last("```json")).isEmpty();
    assertThat(Fence.last("none")).isEmpty();
  }
}
