package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlScorerTest {
  private static final String PETS =
      "{\"pets\": [{\"id\": 1, \"name\": \"Rex\", \"kind\": \"dog\"}, {\"id\": 2, \"name\": \"Tom\", \"kind\": \"cat\"},"
          + " {\"id\": 3, \"name\": \"Bo\", \"kind\": \"dog\"}]}";
  private static final String DOGS = "SELECT name FROM pets WHERE kind = 'dog'";

  private static Score score(String measure, String query, Object reference) {
    return RewardYaml.scorer("type: sql, measure: " + measure)
        .score(RewardYaml.sample(query, Map.of("tables", PETS, "answer", reference)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        DOGS + " | 1 | 1",
        "SELECT name FROM pets WHERE id <> 2 ORDER BY id DESC | 1 | 1",
        "SELECT name FROM pets | 0 | 1",
        "SELECT name FROM pets WHERE kind = 'cow' | 0 | 1",
        "SELECT name FROM pets WHERE sort = 'dog' | 0 | 0",
        "SELECT name FROM animals | 0 | 0",
        "SELECT FROM | 0 | 0",
        "DROP TABLE pets | 0 | 0",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT * FROM r | 0 | 1",
      })
  void rightRowsAreAllOrNothing(String query, double execution, double syntax) {
    assertThat(score("execution", query, DOGS)).isEqualTo(Score.of(execution));
    assertThat(score("syntax", query, DOGS)).isEqualTo(Score.of(syntax));
  }

  @Test
  void noRowsAreNeverRight() {
    String none = "SELECT name FROM pets WHERE kind = 'cow'";
    assertThat(score("execution", none, none)).isEqualTo(Score.of(0));
    assertThat(score("syntax", none, none)).isEqualTo(Score.of(1));
  }

  @Test
  void partsOfAWrongQueryCount() {
    // Of {pets, name, kind} and {pets, name, sort} two of four are common.
    String wrong = "SELECT name FROM pets WHERE sort = 'dog'";
    assertThat(score("schema", wrong, DOGS)).isEqualTo(Score.of(0.5));
    // Seven pairs each, two of which hold the other column.
    assertThat(score("ngrams", wrong, DOGS)).isEqualTo(Score.of(5.0 / 9));
    assertThat(score("schema", DOGS, DOGS)).isEqualTo(Score.of(1));
    assertThat(score("ngrams", DOGS, DOGS)).isEqualTo(Score.of(1));
    assertThat(score("schema", "SELECT FROM", DOGS)).isEqualTo(Score.of(0));
    assertThat(score("ngrams", "no idea", DOGS)).isEqualTo(Score.of(0));
  }

  @Test
  void theBestReferenceCounts() {
    List<String> references = List.of("SELECT 1", DOGS);
    for (String measure : List.of("execution", "schema", "ngrams")) {
      assertThat(score(measure, DOGS, references)).isEqualTo(Score.of(1));
    }
  }

  @Test
  void whatCannotBeComputedIsNoZero() {
    assertThat(score("execution", "SELECT rand()", DOGS).reason())
        .isEqualTo("the function 'rand' is not run here");
    assertThat(score("execution", DOGS, "SELECT x FROM pets").reason())
        .startsWith("the query in column 'answer' has no result: [UNRESOLVED_COLUMN");
    assertThat(score("execution", "", "SELECT x FROM pets").valid())
        .as("whatever the completion says")
        .isFalse();
    Score none =
        RewardYaml.scorer("type: sql")
            .score(RewardYaml.sample(DOGS, Map.of("tables", 3, "answer", DOGS)));
    assertThat(none.reason()).isEqualTo("column 'tables' holds no tables: not an object of tables");
  }

  @Test
  void theQueryIsFoundInTheCompletion() {
    assertThat(score("execution", "So:\n```sql\n" + DOGS + "\n```\nDone.", DOGS))
        .isEqualTo(Score.of(1));
    assertThat(score("execution", " \n", DOGS)).isEqualTo(Score.noAnswer());
    Scorer tagged = RewardYaml.scorer("type: sql, pattern: '(?s)<answer>(.*?)</answer>'");
    Map<String, Object> row = Map.of("tables", PETS, "answer", DOGS);
    assertThat(tagged.score(RewardYaml.sample("<answer>" + DOGS + "</answer>", row)))
        .isEqualTo(Score.of(1));
    assertThat(tagged.score(RewardYaml.sample(DOGS, row))).isEqualTo(Score.noAnswer());
  }

  /** Texts that look like statements: some are queries, most are not, none does anything. */
  @Test
  void randomStatementsAreScoredAndWriteNothing() throws IOException {
    String[] words =
        ("SELECT SELECT SELECT FROM FROM FROM pets pets name kind id * * , , ( ) ( ) WHERE GROUP BY ORDER HAVING LIMIT 1 2"
                + " = < 'dog' 'x' AND OR NOT IN LIKE JOIN ON LEFT AS a b UNION ALL WITH count( max( sum( OVER ( PARTITION BY"
                + " CASE WHEN THEN ELSE END CAST( INSERT INTO DROP TABLE CREATE VALUES DELETE SET NULL IS EXISTS DISTINCT"
                + " CUBE( . ; -- /* */ ` \" ' + - || :: -> => [ ] { } $ @ ? reflect( repeat( sequence( explode( range(")
            .split(" ");
    Scorer[] scorers =
        Stream.of("execution", "syntax", "schema", "ngrams")
            .map(measure -> RewardYaml.scorer("type: sql, measure: " + measure))
            .toArray(Scorer[]::new);
    Random random = new Random(3);
    List<Path> before = files();
    for (int input = 0; input < 10_000; input++) {
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "" : "SELECT * FROM pets ");
      for (int word = random.nextInt(14); word > 0; word--) {
        text.append(words[random.nextInt(words.length)]).append(' ');
      }
      Score score =
          scorers[input % scorers.length].score(
              RewardYaml.sample(text.toString(), Map.of("tables", PETS, "answer", DOGS)));
      if (score.valid()) {
        assertThat(score.value()).isBetween(0.0, 1.0);
      } else {
        assertThat(score.reason()).as(text.toString()).endsWith(" is not run here");
      }
    }
    assertThat(files()).isEqualTo(before);
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(""))) {
      return files.sorted().toList();
    }
  }
}
