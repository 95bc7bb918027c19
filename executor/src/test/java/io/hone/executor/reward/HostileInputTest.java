package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a model or a data set says, every scorer gives a score. */
class HostileInputTest {
  private static final int RANDOM_INPUTS = 10_000;

  private static final Path TINY = tinyCheckpoint();

  private static final String[] PIECES = {
    "",
    " ",
    "\n",
    "\u0000",
    "\uD800",
    "\uDC00",
    "\uD83D\uDE00",
    "\u202E",
    "a",
    "the ",
    "dog",
    "A:",
    "#### ",
    "-",
    "$",
    "1",
    "9",
    ",",
    ".",
    "e",
    "/",
    "1e999999999",
    "<think>",
    "</think>",
    "<answer>",
    "</answer>",
    "<",
    "[[",
    "{\"a\":",
    "(a+)+$",
    "\\",
    "\u00DF",
    "\u0130",
    "٣",
    "NaN",
    "Infinity",
    "\\boxed{",
    "}",
    "{",
    "\\frac{1}",
    "\\sqrt",
    "^",
    "x",
    "=",
    "(B)",
    "The answer is ",
    "[1]",
    "[2, ",
    "%",
    " km/h",
    "\u6211"
  };

  private static final String SCHEMA =
      "{\"$ref\": \"#/$defs/tree\", \"$defs\": {\"tree\": {\"anyOf\": [{\"type\": \"array\", \"uniqueItems\": true,"
          + " \"items\": {\"$ref\": \"#/$defs/tree\"}}, {\"type\": \"string\", \"pattern\": \"(x+x+)+y\"}, {\"type\": \"number\"}]}}}";

  @BeforeAll
  static void allowCode() {
    System.setProperty(CodeTestsScorer.PERMISSION, "true");
  }

  @AfterAll
  static void forbidCode() {
    System.clearProperty(CodeTestsScorer.PERMISSION);
  }

  static Stream<String> options() {
    String embeddings = ", embeddings: '" + TINY + "'";
    return Stream.of(
        "type: bleu",
        "type: bleu, smoothing: exp, max-over-references: true",
        "type: bmas" + embeddings,
        "type: chrf, word-order: 2",
        "type: citation",
        "type: citation, documents: answer, partial: true",
        "type: code-tests, tests: answer, command: [\"true\"], isolation: none, pattern: '^never$'",
        "type: column, column: answer",
        "type: contains, text: dog, normalization: squad",
        "type: contains, reference: answer, pattern: '<answer>(.*)', answer-tag-limit: 3",
        "type: count, text: aa, cap: 4, ignore-case: true",
        "type: distinct, order: 3",
        "type: edit-similarity",
        "type: edit-similarity, unit: words",
        "type: embedding-similarity",
        "type: embedding-similarity" + embeddings,
        "type: exact-match, normalization: squad, pattern: '(?s)<answer>(.*?)</answer>'",
        "type: exact-match, answer-tag-limit: 3",
        "type: format",
        "type: format, outside: nothing",
        "type: json-schema, schema-column: answer",
        "type: json-schema, schema: '" + SCHEMA + "'",
        "type: length, maximum: 10",
        "type: length, unit: words, maximum: 10, margin: 3, penalty: true",
        "type: length, unit: characters, maximum: 10, margin: 3, pattern: '<think>(.*)'",
        "type: list-match",
        "type: list-match, separator: ' ', ordered: true, measure: f1, normalization: squad",
        "type: math-answer",
        "type: math-answer, pattern: '(?s)(.*)', tolerance: 0.01, percent: hundredths",
        "type: multiple-choice",
        "type: multiple-choice, choices: answer",
        "type: number",
        "type: number, pattern: '<answer>(.*)', minimum: -5, maximum: 5, percent: hundredths",
        "type: number-match",
        "type: number-match, pattern: 'A:(.*)', tolerance: 0.01",
        "type: order",
        "type: order, unit: words, normalization: squad",
        "type: number-match, percent: hundredths, units: convert",
        "type: prefix-match, reference: answer",
        "type: ranking, reference: answer",
        "type: ranking, reference: answer, candidates: answer, separator: ',', measure: map, k: 3",
        "type: relevance-r3, maximum-words: 100",
        "type: relevance-r3, maximum-words: 100, query-type: answer" + embeddings,
        "type: rouge",
        "type: rouge, variant: rouge-2, measure: recall",
        "type: regex, pattern: '(x+x+)+y|(a|aa)+$|(.*a){12}'",
        "type: regex, pattern: '(?i)((a?){30}a{30})+', match: full",
        "type: repetition",
        "type: repetition, n: 20, penalty: 3",
        "type: script, scripts: [latin]",
        "type: script, reference: answer",
        "type: sql",
        "type: sql, measure: schema, tables: answer",
        "type: token-f1",
        "type: token-f1, pattern: '<answer>(.*)', normalization: none",
        "type: tool-call, reference: answer",
        "type: tool-call, reference: answer, tag: answer, granularity: calls");
  }

  @ParameterizedTest
  @MethodSource("options")
  void randomInputsAreScored(String options) {
    Scorer scorer = RewardYaml.scorer(options);
    Random random = new Random(7);
    for (int input = 0; input < RANDOM_INPUTS; input++) {
      Sample sample = sample(text(random), answer(random));
      assertScored(scorer.score(sample), sample);
    }
  }

  @Test
  void expressionsAreScored() {
    RewardFunction function =
        RewardFunction.of(
            RewardYaml.rewards(
                """
                components:
                  - name: it
                    type: expression
                    expression: >-
                      completion.matches('(x+x+)+y|(.*a){12}') || string(row.answer).contains('a')
                      || completion.split(' ').exists(word, word == prompt)
                """));
    Random random = new Random(7);
    for (int input = 0; input < RANDOM_INPUTS; input++) {
      Sample sample = sample(text(random), answer(random));
      assertScored(function.score(List.of(sample)).get(0).components().get("it"), sample);
    }
    Sample megabyte = sample("a x".repeat(350_000), "b");
    Score score =
        assertTimeout(
            Duration.ofSeconds(10),
            () -> function.score(List.of(megabyte)).get(0).components().get("it"));
    assertScored(score, megabyte);
  }

  @ParameterizedTest
  @MethodSource("options")
  void megabytesAreScored(String options) {
    Scorer scorer = RewardYaml.scorer(options);
    for (String piece :
        List.of(
            "a",
            "1",
            "1,",
            "1.",
            "-$",
            " ",
            "\uD800",
            "<think>",
            "A:\n",
            "the ",
            "A: 1\n",
            "ab",
            "a b ",
            "1 1/",
            "\\frac{",
            "\\boxed{1}",
            "[1,",
            "answer is ",
            "(A) ",
            "<answer>",
            "**",
            "\u0130",
            "Σ")) {
      String megabyte = piece.repeat((1 << 20) / piece.length());
      Sample sample = sample(megabyte, megabyte.substring(1) + "b");
      assertScoredInTime(scorer, sample);
    }
  }

  @ParameterizedTest
  @MethodSource("options")
  void deepNestingIsScored(String options) {
    Scorer scorer = RewardYaml.scorer(options);
    for (String piece :
        List.of("{", "[", "(", "\\{", "\\boxed{", "\\text{", "\\frac{", "-", "\"", "|")) {
      String deep = piece.repeat(100_000);
      assertScoredInTime(scorer, sample(deep, "{[(1)]}"));
      assertScoredInTime(scorer, sample(deep + "}".repeat(100_000), deep));
      assertScoredInTime(scorer, sample("\\boxed{" + deep + "1" + "]".repeat(100_000) + "}", "1"));
    }
  }

  /** Far above what any takes on an idle machine, and far below what quadratic work would. */
  private static void assertScoredInTime(Scorer scorer, Sample sample) {
    Score score =
        assertTimeout(
            Duration.ofSeconds(10),
            () -> scorer.score(sample),
            () -> sample.completion().substring(0, 20));
    assertScored(score, sample);
  }

  @Test
  void theOptionsCoverEveryType() {
    for (ScorerType<?> type : Scorers.TYPES) {
      assertThat(options()).anyMatch(options -> options.matches("type: " + type.name() + "(,.*)?"));
    }
  }

  private static void assertScored(Score score, Sample sample) {
    if (score.valid()) {
      assertThat(score.value()).isFinite();
      assertThat(score.confidence()).isBetween(0.0, 1.0);
    } else {
      assertThat(score.reason()).as(sample.completion()).isNotBlank().doesNotContain(" failed: ");
    }
  }

  /** Made here, because the names of tests are made before any of them can have a folder. */
  private static Path tinyCheckpoint() {
    try {
      return TinyCheckpoint.write(Files.createTempDirectory("hone-hostile").resolve("tiny"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sample sample(String completion, Object answer) {
    Map<String, Object> columns = new HashMap<>();
    columns.put("answer", answer);
    columns.put("tables", Map.of("t", List.of(Map.of("a", 1))));
    return RewardYaml.sample(completion, columns);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int piece = random.nextInt(20); piece > 0; piece--) {
      if (random.nextInt(8) == 0) {
        text.append((char) random.nextInt(1 << Character.SIZE));
      } else {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
    }
    return text.toString();
  }

  private static Object answer(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> random.nextDouble() / random.nextInt(2);
      case 2 -> List.of(text(random), random.nextInt());
      case 3 -> Map.of("deep", List.of());
      case 4 -> List.of();
      default -> text(random);
    };
  }
}
