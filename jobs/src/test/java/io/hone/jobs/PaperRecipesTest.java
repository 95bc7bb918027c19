package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.ResolvedConfig;
import io.hone.conf.RunConfig;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.RewardFunction;
import io.hone.executor.reward.Sample;
import io.hone.executor.reward.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rewards of papers, against values worked out by hand from their formulas. */
class PaperRecipesTest {
  private static final Path DIRECTORY =
      Path.of(System.getProperty("hone.root", ".."), "jobs", "recipes", "papers");

  static Stream<String> recipes() {
    return Recipes.NAMES.stream().filter(name -> name.startsWith("papers/"));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void isAConfigurationWithALineInTheTable(String recipe) throws IOException {
    assertThat(load(recipe).config().reward().components()).isNotEmpty();
    assertThat(Files.readString(DIRECTORY.resolve("README.md")))
        .contains("\n| `" + recipe.substring("papers/".length()) + "` | ");
  }

  @Test
  void everyFileIsARecipe() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(file -> file.endsWith(".yaml"))
                  .map(file -> "papers/" + file.substring(0, file.length() - ".yaml".length())))
          .containsExactlyInAnyOrderElementsOf(recipes().toList());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, true, 1",
    "0.25, true, 0.324652",
    "0.875, true, 0.079560",
    "1, true, 0",
    "0, true, 0",
    "0.5, false, -0.5"
  })
  void spellRewardsQuestionsThatHalfOfTheAnswersGetRight(
      double rate, boolean grounded, double value) {
    Map<String, Object> row = Map.of("pass_rate", rate, "grounded", grounded);
    String question = "<question>Who?</question><answer>Me</answer>";
    assertThat(value("04-spell", row, question)).isCloseTo(value, within(1e-6));
    assertThat(value("04-spell", row, "Who?")).isEqualTo(-1);
  }

  @Test
  void pageLlmPlacesItemRewardsOnTheirLines() {
    Map<String, Object> row = Map.of("relevant", List.of("shoes"));
    assertThat(value("05-pagellm", row, "shoes\nhats\nbags")).isCloseTo(0.55, within(1e-12));
    assertThat(value("05-pagellm", row, "hats\nbags\nshoes")).isCloseTo(0.3, within(1e-12));
    Sample tokens = new Sample("row", "", "hats\nshoes", 2, false, 8, row, () -> new int[] {5, 10});
    Reward reward = rewards("05-pagellm", List.of(tokens)).get(0);
    assertThat(reward.perToken()[0]).isZero();
    assertThat(reward.perToken()[1]).isCloseTo(0.05f, within(1e-6f));
  }

  @Test
  void mmR5RewardsOrderAndTemplate() {
    Map<String, Object> row = Map.of("relevant", List.of(2));
    String best = "<think>Hm</think><answer>[2] > [1]</answer>";
    assertThat(value("06-mm-r5", row, best)).isCloseTo(1, within(1e-12));
    assertThat(value("06-mm-r5", row, best.replace("[2] > [1]", "[1] > [2]")))
        .isCloseTo(0.2 + 0.8 / (Math.log(3) / Math.log(2)), within(1e-12));
    assertThat(value("06-mm-r5", row, best.replace("[1]", "[2]"))).isCloseTo(0.2, within(1e-12));
    assertThat(value("06-mm-r5", row, "[2] > [1]")).isZero();
  }

  @Test
  void logicsParsingRewardsTextAndOrder() {
    Map<String, Object> row = Map.of("answer", "a\n\nb\n\nc");
    assertThat(value("12-logics-parsing", row, "a\n\nb\n\nc")).isEqualTo(1);
    // Two of seven characters differ, and every pair of paragraphs is the wrong way round.
    assertThat(value("12-logics-parsing", row, "c\n\nb\n\na"))
        .isCloseTo(0.5 * 5 / 7, within(1e-12));
    assertThat(value("12-logics-parsing", row, "")).isZero();
  }

  @Test
  void mixedR1AsksTheTaskType() {
    assertThat(value("14-mixed-r1", Map.of("task_type", "choice", "answer", "B"), "(B)"))
        .isEqualTo(1);
    Map<String, Object> chart = Map.of("task_type", "chart", "answer", 100);
    assertThat(value("14-mixed-r1", chart, "104")).isEqualTo(1);
    assertThat(value("14-mixed-r1", chart, "106")).isZero();
    assertThat(value("14-mixed-r1", Map.of("task_type", "open", "answer", "a dog"), "a dog"))
        .isCloseTo(1, within(1e-6));
    assertThat(reward("14-mixed-r1", Map.of("task_type", "box", "answer", "x"), "x").valid())
        .isFalse();
  }

  @Test
  void searchRecipesRewardTheWordsOfTheAnswer() {
    Map<String, Object> row = Map.of("answer", "red house");
    String half = "<think>Hm</think><answer>red barn</answer>";
    assertThat(value("15-zerosearch", row, half)).isEqualTo(0.5);
    assertThat(value("30-masksearch", row, half)).isCloseTo(0.6, within(1e-12));
    assertThat(value("34-reseek", row, "<answer>The red house.</answer>")).isEqualTo(1);
    String many = "<answer>no</answer>".repeat(11) + "<answer>red house</answer>";
    assertThat(value("34-reseek", row, many)).isEqualTo(0.25);
  }

  /** The golden table of the specification, and 1 for the format. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\": \"f\", \"parameters\": {\"a\": 1, \"b\": 2}} | 4",
        "{\"name\": \"f\", \"parameters\": {\"a\": 1, \"b\": 3}} | 2.5",
        "{\"name\": \"f\", \"parameters\": {\"a\": 1}} | 1.75",
        "{\"name\": \"h\", \"parameters\": {\"a\": 1, \"b\": 2}} | -2",
      })
  void toolRlRewardsCalls(String call, double value) {
    Map<String, Object> row =
        Map.of("tool_calls", List.of(Map.of("name", "f", "parameters", Map.of("a", 1, "b", 2))));
    assertThat(value("18-toolrl", row, "<think>Hm</think><tool_call>" + call + "</tool_call>"))
        .isCloseTo(value, within(1e-12));
    assertThat(value("18-toolrl", row, call)).isEqualTo(-3);
  }

  @Test
  void renormCostsWhereTheOutcomeIsWrongAndPaysWhereItIsRight() {
    String turns = "Found it [1].\n\nNot sure.\n\n<answer>%s</answer>";
    Map<String, Object> row = Map.of("answer", "yes");
    assertThat(value("19-ppr-renorm", row, turns.formatted("yes"))).isEqualTo(1 + 0 + 1);
    assertThat(value("19-ppr-renorm", row, turns.formatted("no"))).isEqualTo(0 - 1 + 0);
  }

  /** However often a good step is said, it is worth the same; the plain sum is not. */
  @Test
  void clipDeltaIsNotHackedByRepetition() {
    Map<String, Object> row = Map.of("answer", 4);
    String once = "2 + 2 = 4\n#### 4";
    double value = value("22-clip-delta", row, once);
    assertThat(value).isLessThanOrEqualTo(1);
    assertThat(value("22-clip-delta", row, "2 + 2 = 4\n".repeat(50) + once)).isEqualTo(value);
    assertThat(value("22-clip-delta", row, "2 + 2 = 4\n".repeat(50))).isLessThanOrEqualTo(0);
  }

  @Test
  void regularizedRelevanceIsNotHackedByCopying() {
    Map<String, Object> row = Map.of("query_type", "open");
    String prompt = "how do birds sing";
    String honest = "birds sing with an organ of their own how others do has many answers";
    List<Sample> samples =
        Stream.of(honest, prompt).map(text -> Sample.ofText("row", prompt, text, row)).toList();
    List<Reward> rewards = rewards("25-r3", samples);
    assertThat(rewards.get(0).value()).isGreaterThan(rewards.get(1).value());
    // A copy is as relevant as can be: 4 of 100 words, no trigram twice.
    assertThat(rewards.get(1).value()).isCloseTo(0.04, within(1e-6));
  }

  @Test
  void fineGrainedRewardsAddUpOnTheTokensThatEndParts() {
    Map<String, Object> row = Map.of("topic", "dogs", "answer", "dogs bark");
    String text = "dogs bark [1].\nCats sleep.";
    Sample sample =
        new Sample("row", "", text, 2, false, 8, row, () -> new int[] {15, text.length()});
    Reward reward = rewards("28-fine-grained", List.of(sample)).get(0);
    assertThat(reward.value()).isCloseTo(0.3 - 0.3 + 0.5 - 0.5 + 0.3, within(1e-9));
    assertThat(reward.perToken()[0]).isCloseTo(0.8f, within(1e-6f));
    assertThat(reward.perToken()[1]).isCloseTo(-0.8f, within(1e-6f));
  }

  @Test
  void proRankRewardsLabelAndForm() {
    Map<String, Object> row = Map.of("answer", "1");
    assertThat(value("31-prorank", row, " 1")).isEqualTo(2);
    assertThat(value("31-prorank", row, "0")).isEqualTo(1);
    assertThat(value("31-prorank", row, "yes")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "<think>So 2</think><answer>2</answer>, 2",
    "<think>So 1</think><answer>2</answer>, 1",
    "<think>So 2</think><answer>1</answer>, 0.5",
    "So 2</think><answer>2</answer>, 1.5",
    "So 1, 0",
  })
  void r1RewardPaysForConsistency(String completion, double value) {
    assertThat(value("39-r1-reward", Map.of("answer", "2"), completion)).isEqualTo(value);
  }

  @Test
  void harmoMixesRulesAndLikenessAndPenalisesShortWrongAnswers() {
    Map<String, Object> math = Map.of("answer", "7");
    List<Reward> group =
        rewards(
            "48-harmo",
            List.of(
                sample(math, "<think>3 + 4</think><answer>7</answer>", 20),
                sample(math, "<think>Hm</think><answer>8</answer>", 5),
                sample(math, "<think>3 + 4 + 1</think><answer>8</answer>", 30)));
    assertThat(group.stream().map(Reward::value).toList())
        .containsExactly(1.5, 0.5 - 0.5 * 0.75, 0.5);
    Map<String, Object> open = Map.of("answer", "the dog barks");
    double like = rewards("48-harmo", List.of(sample(open, "the dog barks", 3))).get(0).value();
    assertThat(like).isCloseTo(1, within(1e-6));
  }

  /** Three pets, of which two are dogs, and the query for their names. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT name FROM pets WHERE kind = 'dog' | 1 | 1 | 1 | 1 | 1",
        "SELECT name FROM pets WHERE id <> 2 | 1 | 1 | 2/4 | 4/10 | 10/15",
        "select NAME from PETS where KIND = 'dog' order by id | 1 | 1 | 3/4 | 7/10 | 4/19",
        "SELECT name FROM pets | 0 | 1 | 2/3 | 3/7 | 8/12",
        "SELECT name FROM pets WHERE kind = 'cow' | 0 | 1 | 1 | 6/8 | 14/16",
        "SELECT name, id FROM pets WHERE kind = 'dog' | 0 | 1 | 3/4 | 6/10 | 14/17",
        "SELECT name FROM pets WHERE sort = 'dog' | 0 | 0 | 2/4 | 5/9 | 14/16",
        "SELECT nam FROM pets WHERE kind = 'dog' | 0 | 0 | 2/4 | 5/9 | 14/16",
        "SELECT FROM | 0 | 0 | 0 | 0 | 4/10",
        "DROP TABLE pets | 0 | 0 | 0 | 0 | 2/11",
        "WITH RECURSIVE pets(n) AS (SELECT 1 UNION ALL SELECT n FROM pets) SELECT n FROM pets | 0 | 1 | 1/4 | 1/23 | 6/24",
      })
  void reasoningSqlPaysForPartsOfAQuery(
      String query, double execution, double syntax, String schema, String ngrams, String judge) {
    Map<String, Object> row =
        Map.of(
            "answer",
            "SELECT name FROM pets WHERE kind = 'dog'",
            "tables",
            Map.of(
                "pets", List.of(pet(1, "Rex", "dog"), pet(2, "Tom", "cat"), pet(3, "Bo", "dog"))));
    Reward reward =
        reward("51-reasoning-sql", row, "<think>Hm</think><answer>" + query + "</answer>");
    Map<String, Score> scores = reward.components();
    assertThat(scores.get("execution").value()).isEqualTo(execution);
    assertThat(scores.get("syntax").value()).isEqualTo(syntax);
    assertThat(scores.get("schema").value()).isEqualTo(fraction(schema));
    assertThat(scores.get("ngrams").value()).isEqualTo(fraction(ngrams));
    double judged = execution == 1 ? 0 : fraction(judge);
    assertThat(scores.get("judge").value()).as("only of wrong queries").isEqualTo(judged);
    assertThat(reward.value())
        .isEqualTo(
            3 * execution + syntax + fraction(schema) + fraction(ngrams) + 1 + 2 * judged,
            within(1e-12));
  }

  private static Map<String, Object> pet(int id, String name, String kind) {
    return Map.of("id", id, "name", name, "kind", kind);
  }

  private static double fraction(String text) {
    String[] parts = text.split("/");
    return Double.parseDouble(parts[0]) / (parts.length == 1 ? 1 : Double.parseDouble(parts[1]));
  }

  @Test
  void bleuberiIsSentenceBleu() {
    Map<String, Object> row = Map.of("answer", List.of("the cat sat on the mat", "a dog"));
    assertThat(value("54-bleuberi", row, "the cat sat on the mat")).isCloseTo(1, within(1e-12));
    assertThat(value("54-bleuberi", row, "")).isZero();
    assertThat(value("54-bleuberi", row, "the cat on the mat")).isBetween(0.4, 0.8);
  }

  @Test
  void retrievalMetricsLeaveOutRowsWithoutARelevantDocument() {
    assertThat(value("58-complex-retrieval", Map.of("relevant", List.of("a")), "b > a"))
        .isCloseTo(Math.log(2) / Math.log(3), within(1e-12));
    assertThat(reward("58-complex-retrieval", Map.of("relevant", List.of()), "a").valid())
        .isFalse();
  }

  @Test
  void centredRewardsPayMostForThePoorest() {
    Map<String, Object> row =
        Map.of("answer", "a b", "helpful_reference", -1.0, "brief_reference", 1.0);
    double both = -Math.log1p(Math.exp(-2)) - Math.log(2);
    assertThat(value("62-log-sigmoid-centered", row, "a b")).isCloseTo(both, within(1e-9));
    assertThat(
            reward("62-log-sigmoid-centered", Map.of("answer", "a", "brief_reference", 1), "a")
                .valid())
        .isFalse();
  }

  @Test
  void weightsOfResearchIdeasAreThoseOfThePrompt() {
    String text = "a b c d a b";
    double novelty = 4.0 / 5;
    for (double weight : new double[] {0, 0.5, 2}) {
      Map<String, Object> row =
          Map.of(
              "answer",
              "a b",
              "novelty_weight",
              weight,
              "feasibility_weight",
              1,
              "effectiveness_weight",
              0);
      assertThat(value("66-research-idea", row, text))
          .isCloseTo(weight * novelty + 1, within(1e-9));
    }
  }

  @Test
  void rewritingNeitherCopiesNorDeletes() {
    Map<String, Object> row = Map.of("answer", "you idiot, taxes should fall");
    double edited = value("72-rewriting", row, "my friend, taxes should fall");
    assertThat(edited)
        .isGreaterThan(value("72-rewriting", row, "you idiot, taxes should fall"))
        .isGreaterThan(value("72-rewriting", row, ""));
  }

  /** Truth table of the paper's code. */
  @ParameterizedTest
  @CsvSource({
    "Yes, the red house, red house, 1.1",
    "Yes, a boat, red house, 1.1",
    "yes, the red house, boat, -0.025",
    "Yes, a boat, tree, -0.05",
    "No, the red house, red house, 0.95",
    "No, a boat, red house, 1.02",
    "no, a boat, tree, 0.02",
    "Perhaps, a boat, red house, 1",
  })
  void reSeekRewardsJudgements(String verdict, String found, String answer, double value) {
    String trace =
        "<information>%s</information><judge>%s</judge><answer>%s</answer>"
            .formatted(found, verdict, answer);
    assertThat(value("34-reseek", Map.of("answer", "red house"), trace))
        .isEqualTo(value, within(1e-9));
  }

  @Test
  void reSeekJudgementsAreAboutWhatWasFoundSinceTheLastOneIfAnything() {
    String trace =
        "<information>red house</information><judge>No</judge><judge>No</judge><answer>red house</answer>";
    assertThat(value("34-reseek", Map.of("answer", "red house"), trace))
        .isEqualTo(1 - 0.05, within(1e-9));
  }

  @Test
  void retroStarAndErankRewardScoresByTheirQuery() {
    List<List<Sample>> query =
        List.of(
            List.of(document(true, "80"), document(true, "60"), document(true, "none")),
            List.of(document(false, "50"), document(false, "75"), document(false, "40")));
    List<List<Reward>> retro = queryRewards("24-retro-star", query);
    // Of the relevant documents no score is 20 from its mean; of the others the second is, and the
    // first is closest.
    assertThat(retro.get(0).get(0).value()).isEqualTo(0.25);
    assertThat(retro.get(0).get(1).value()).isEqualTo(0.25 * 2 / 3, within(1e-12));
    assertThat(retro.get(0).get(2).value()).isEqualTo(-0.75);
    assertThat(retro.get(1).get(0).value()).isEqualTo(1);
    assertThat(retro.get(1).get(1).value()).isEqualTo(-0.75 + 0.25 / 2);
    assertThat(retro.get(0).get(0).components().get("ndcg").value()).isEqualTo(1);
    List<List<Sample>> ten =
        List.of(
            List.of(document(true, "8"), document(true, "3")),
            List.of(document(false, "5"), document(false, "2")));
    List<List<Reward>> rank = queryRewards("44-erank", ten);
    assertThat(rank.get(0).get(0).value()).isEqualTo(1);
    assertThat(rank.get(0).get(1).value()).isEqualTo(1.0 / 3, within(1e-12));
    assertThat(rank.get(1).get(0).value()).as("before a relevant one").isEqualTo(-1);
    assertThat(rank.get(1).get(1).value()).as("the target is 1").isEqualTo(-0.005, within(1e-12));
  }

  private static Sample document(boolean relevant, String score) {
    return sample(Map.of("relevance", relevant, "target", 1), "<score>" + score + "</score>", 10);
  }

  private static List<List<Reward>> queryRewards(String recipe, List<List<Sample>> query) {
    return RewardFunction.of(load("papers/" + recipe).config().reward()).scoreQuery(query);
  }

  @Test
  void constrainedReinforcementLearningBoundsAComponent() {
    RunConfig config = load("papers/41-constrained").config();
    assertThat(config.reward().constraints())
        .extracting(constraint -> constraint.component())
        .containsExactly("length");
    Reward reward = reward("41-constrained", Map.of("answer", "a b"), "a b " + "c ".repeat(88));
    assertThat(reward.components().get("length").value()).isEqualTo(0.5);
    assertThat(reward.value()).isEqualTo(reward.components().get("likeness").value());
  }

  private static double value(String recipe, Map<String, Object> row, String completion) {
    Reward reward = reward(recipe, row, completion);
    assertThat(reward.valid()).as(reward.reason()).isTrue();
    return reward.value();
  }

  private static Reward reward(String recipe, Map<String, Object> row, String completion) {
    return rewards(recipe, List.of(sample(row, completion, 10))).get(0);
  }

  private static Sample sample(Map<String, Object> row, String completion, int tokens) {
    int[] ends = new int[tokens];
    Arrays.fill(ends, completion.length());
    return new Sample("row", "", completion, tokens, false, 1000, row, () -> ends.clone());
  }

  private static List<Reward> rewards(String recipe, List<Sample> group) {
    return RewardFunction.of(load("papers/" + recipe).config().reward()).score(group);
  }

  private static ResolvedConfig<RunConfig> load(String recipe) {
    return Recipes.load(recipe, List.of("model.path=model", "data.path=rows.jsonl", "run-dir=run"));
  }
}
