package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoreCommandTest {
  private static final String COMPONENTS =
      """
      components:
        - {name: number, type: number-match, reference: answer}
        - {name: dog, type: contains, text: dog, weight: 0.5}
      """;

  @TempDir private Path directory;
  private Path input;
  private Path output;
  private Path reward;

  @BeforeEach
  void writeFiles() throws IOException {
    output = directory.resolve("out.jsonl");
    reward = Files.writeString(directory.resolve("reward.yaml"), COMPONENTS);
    input =
        Files.writeString(
            directory.resolve("in.jsonl"),
            """
            {"prompt":"1+2","completion":"a dog says 3","answer":"3","kept":[1.25,{"a":null}]}

            {"prompt":"2+2","completion":"5","answer":"4"}
            {"prompt":"?","completion":"a dog","answer":"unknown"}
            """);
  }

  @Test
  void addsRewardAndComponentsToTheRows() throws IOException {
    CommandRun run = score();
    assertThat(run.status()).as(run.err()).isZero();
    List<JsonNode> rows = JsonFiles.rows(output);
    assertThat(rows).hasSize(3);
    JsonNode first = rows.get(0);
    assertThat(first.fieldNames())
        .toIterable()
        .containsExactly("prompt", "completion", "answer", "kept", "reward", "components");
    assertThat(first.get("kept").toString()).isEqualTo("[1.25,{\"a\":null}]");
    assertThat(first.get("reward").doubleValue()).isEqualTo(1.5);
    assertThat(first.get("components").toString())
        .isEqualTo(
            "{\"number\":{\"value\":1.0,\"confidence\":1.0,\"valid\":true,\"reason\":\"\"},"
                + "\"dog\":{\"value\":1.0,\"confidence\":1.0,\"valid\":true,\"reason\":\"\"}}");
    assertThat(rows.get(1).get("reward").doubleValue()).isZero();
  }

  /** One task or eight, on either of Spark's serializers: the same bytes. */
  @Test
  void doesNotDependOnTasksAndSerializers() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 1000; row++) {
      rows.add(
          "{\"prompt\":\"?\",\"completion\":\"dog %d\",\"answer\":\"%d\"}".formatted(row, row % 7));
    }
    Files.write(input, rows);
    byte[] first = null;
    for (String master : List.of("local[1]", "local[8]")) {
      for (String serializer : List.of("JavaSerializer", "KryoSerializer")) {
        System.setProperty("spark.master", master);
        System.setProperty("spark.serializer", "org.apache.spark.serializer." + serializer);
        try {
          CommandRun run = score();
          assertThat(run.status()).as(run.err()).isZero();
        } finally {
          System.clearProperty("spark.master");
          System.clearProperty("spark.serializer");
        }
        first = first == null ? Files.readAllBytes(output) : first;
        assertThat(output).hasBinaryContent(first);
        Files.delete(output);
      }
    }
  }

  @Test
  void scoresTheDocumentsOfAQueryTogether() throws IOException {
    Files.writeString(
        reward,
        """
        components:
          - {name: score, type: number, weight: 0}
          - {name: rank, type: erank, of: score}
          - {name: relative, type: batch-normalization, of: score}
        """);
    Files.writeString(
        input,
        """
        {"prompt":"a","completion":"9","document":1,"question":"x","relevance":true}
        {"prompt":"b","completion":"1","document":2,"question":"y","relevance":true}
        {"prompt":"c","completion":"5","document":3,"question":"x","relevance":false}
        {"prompt":"a","completion":"3","document":1,"question":"x","relevance":true}
        """);
    CommandRun run = score("--group", "document", "--query", "question");
    assertThat(run.status()).as(run.err()).isZero();
    List<JsonNode> rows = JsonFiles.rows(output);
    assertThat(rows)
        .extracting(row -> row.get("completion").textValue())
        .containsExactly("9", "3", "5", "1");
    assertThat(rows)
        .extracting(row -> row.at("/components/rank/value").doubleValue())
        .containsExactly(1.0, 1.0 / 3, -1.0, 1.0);
    double deviation = Math.sqrt(35.0 / 3);
    assertThat(rows.get(0).at("/components/relative/value").doubleValue())
        .isEqualTo(4.5 / deviation, within(1e-12));
    assertThat(rows.get(0).get("reward").doubleValue())
        .isEqualTo(1 + 4.5 / deviation, within(1e-12));
  }

  @Test
  void aRewardOfQueriesNeedsAColumn() throws IOException {
    Files.writeString(
        reward,
        "components: [{name: s, type: number, weight: 0}, {name: r, type: retro-star, of: s}]");
    CommandRun run = score();
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("expected --query COLUMN");
    assertThat(output).doesNotExist();
  }

  @Test
  void readsParquetInTheOrderOfItsFiles() throws IOException {
    Path table = directory.resolve("table.parquet");
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .getOrCreate()) {
      spark
          .read()
          .schema("prompt string, completion string, answer string, kept array<string>")
          .json(input.toString())
          .coalesce(1)
          .write()
          .parquet(table.toString());
    }
    input = table;

    CommandRun run = score();

    assertThat(run.status()).as(run.err()).isZero();
    List<JsonNode> rows = JsonFiles.rows(output);
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0).get("completion").textValue()).isEqualTo("a dog says 3");
    assertThat(rows.get(0).get("reward").doubleValue()).isEqualTo(1.5);
    assertThat(rows.get(1).get("kept").isNull()).isTrue();
    assertThat(rows.get(2).get("reward").isNull()).isTrue();
  }

  @Test
  void parquetThatIsNotThereIsTheUsersFault() {
    input = directory.resolve("absent.parquet");
    CommandRun run = score();
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("absent.parquet").doesNotContain("\tat ");
    assertThat(output).doesNotExist();
  }

  @Test
  void whatCouldNotBeComputedIsNullAndNeverZero() throws IOException {
    score();
    JsonNode third = JsonFiles.rows(output).get(2);
    assertThat(third.get("reward").isNull()).isTrue();
    JsonNode number = third.get("components").get("number");
    assertThat(number.get("value").isNull()).isTrue();
    assertThat(number.get("valid").booleanValue()).isFalse();
    assertThat(number.get("reason").textValue()).contains("answer");
    assertThat(third.get("components").get("dog").get("value").doubleValue()).isEqualTo(1);
  }

  @Test
  void takesTheRewardOfARunsConfiguration() throws IOException {
    score();
    byte[] alone = Files.readAllBytes(output);
    Files.delete(output);
    Files.writeString(
        reward, "algorithm: grpo\nmodel: {path: absent}\nreward:\n" + COMPONENTS.indent(2));
    CommandRun run = score();
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(output).hasBinaryContent(alone);
  }

  @Test
  void keepsTheOrderOfManyRows() throws IOException {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < 500; row++) {
      rows.add(
          "{\"prompt\":\"\",\"completion\":\"%d\",\"answer\":\"%d\"}"
              .formatted(row, row % 2 * row));
    }
    Files.write(input, rows);
    score();
    List<JsonNode> scored = JsonFiles.rows(output);
    assertThat(scored).hasSize(500);
    for (int row = 0; row < 500; row++) {
      assertThat(scored.get(row).get("completion").textValue()).isEqualTo(Integer.toString(row));
      assertThat(scored.get(row).get("reward").doubleValue())
          .isEqualTo(row % 2 == 1 || row == 0 ? 1.0 : 0.0);
    }
  }

  @Test
  void componentsOverGroupsSeeTheRowsOfAPrompt() throws IOException {
    Files.writeString(
        reward,
        """
        components:
          - {name: dogs, type: count, text: dog, cap: 4, weight: 0}
          - {name: rank, type: group-normalization, of: dogs, statistic: rank}
        """);
    Files.writeString(
        input,
        """
        {"id":1,"prompt":"","completion":"dog"}
        {"id":2,"prompt":"","completion":"dog dog"}
        {"id":1,"prompt":"","completion":"cat"}
        """);
    CommandRun run =
        CommandRun.of(
            "score", "--reward", reward, "--input", input, "--output", output, "--group", "id");
    assertThat(run.status()).as(run.err()).isZero();
    List<JsonNode> rows = JsonFiles.rows(output);
    assertThat(rows)
        .extracting(row -> row.get("completion").textValue())
        .containsExactly("dog", "cat", "dog dog");
    assertThat(rows)
        .extracting(row -> row.get("reward").doubleValue())
        .containsExactly(1.0, -1.0, 0.0);
    assertThat(run.out()).contains("correlation", "rank");
  }

  @Test
  void aRowWithoutItsGroupIsAnError() {
    CommandRun run =
        CommandRun.of(
            "score", "--reward", reward, "--input", input, "--output", output, "--group", "id");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(input + " row 1: column 'id' is missing or null");
    assertThat(output).doesNotExist();
  }

  @Test
  void aScoreThatMustNotFailEndsTheCommandWithItsRow() throws IOException {
    Files.writeString(
        reward,
        """
        components:
          - {name: number, type: number-match, reference: answer, on-invalid: fail}
        """);
    CommandRun run = score();
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines().filter(line -> line.startsWith("hone score: ")).toList())
        .singleElement()
        .asString()
        .contains("number", input + " row 3", "answer");
    assertThat(output).doesNotExist();
  }

  @Test
  void suggestsATypeForOneThatDoesNotExist() throws IOException {
    Files.writeString(reward, "components:\n  - {name: dog, type: contans, text: dog}\n");
    CommandRun run = score();
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(reward + ":2", "contans", "did you mean 'contains'?");
  }

  @Test
  void suggestsAKeyForOneThatDoesNotExist() throws IOException {
    Files.writeString(reward, "component: []\n");
    CommandRun run = score();
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(reward + ":1", "component", "did you mean 'components'?");
  }

  private CommandRun score(String... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("score", "--reward", reward, "--input", input, "--output", output));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }
}
