package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rewards of scores of documents, whose completions are those scores. */
class QueryCombinationTest {
  private static final String SCORE = "{name: score, type: number, weight: 0}";

  private static List<List<Reward>> rewards(String combination, List<List<Sample>> query) {
    return RewardFunction.of(
            RewardYaml.rewards(
                "components:\n  - %s\n  - {name: it, of: score, %s}".formatted(SCORE, combination)))
        .scoreQuery(query);
  }

  private static List<Sample> document(Object relevance, String... completions) {
    return document(Map.of("relevance", relevance), completions);
  }

  private static List<Sample> document(Map<String, Object> row, String... completions) {
    List<Sample> group = new ArrayList<>();
    for (String completion : completions) {
      group.add(RewardYaml.sample(completion, row));
    }
    return group;
  }

  private static void assertValues(List<Reward> group, double... expected) {
    assertThat(group.stream().mapToDouble(Reward::value).toArray())
        .containsExactly(expected, within(1e-12));
  }

  @Test
  void retroStarComparesWithTheOtherKind() {
    List<List<Reward>> rewards =
        rewards(
            "type: retro-star, alpha: 0",
            List.of(
                document(true, "80", "60", "70", "90"), document(false, "50", "75", "40", "65")));
    assertValues(rewards.get(0), 1, 0.5, 0.75, 1);
    assertValues(rewards.get(1), 1, 0.5, 1, 0.75);
  }

  @Test
  void retroStarAgreesWithTheMeanWhereScoresAreFarApart() {
    List<List<Sample>> query =
        List.of(document(1, "80", "60", "70", "90"), document(0, "50", "75", "40", "65"));
    assertValues(rewards("type: retro-star", query).get(0), 0.25, 0.125, 0.1875, 0.25);
    // The mean is 75: the first is closest, the second furthest, both before their likes.
    assertValues(
        rewards("type: retro-star, least-spread: 15", query).get(0), 1, -0.625, 0.1875, 0.25);
  }

  @Test
  void retroStarGivesTheLeastToWhatCannotBeRead() {
    List<List<Reward>> rewards =
        rewards("type: retro-star", List.of(document(true, "?", "80", "80"), document(false, "9")));
    assertValues(rewards.get(0), -0.75, 0.25, 0.25);
    assertValues(rewards.get(1), 0.25);
  }

  /** Nobody is closer to the mean than another, so that nobody agrees more or less. */
  @Test
  void retroStarOfEqualDistancesIsNoAgreement() {
    for (String[] scores :
        List.of(
            new String[] {"10", "60"},
            new String[] {"20", "80", "20", "80"},
            new String[] {"50", "50", "50"})) {
      List<List<Reward>> rewards =
          rewards(
              "type: retro-star, alpha: 1, least-spread: 0",
              List.of(document(true, scores), document(false, "1", "5", "2")));
      assertValues(rewards.get(0), new double[scores.length]);
    }
  }

  @Test
  void aFixedValueForAnInvalidScoreIsOneThatCanBeRead() {
    String column =
        """
        components:
          - {name: score, type: column, column: score, weight: 0, on-invalid: value, invalid-value: 5}
          - {name: it, of: score, type: erank}
        """;
    List<List<Reward>> rewards =
        RewardFunction.of(RewardYaml.rewards(column))
            .scoreQuery(
                List.of(
                    document(Map.of("relevance", true), "x"),
                    document(Map.of("relevance", true, "score", 9), "x")));
    assertValues(rewards.get(0), 0.5);
    assertValues(rewards.get(1), 1);
  }

  @Test
  void retroStarNeedsBothKinds() {
    List<List<Reward>> rewards = rewards("type: retro-star", List.of(document(true, "80", "70")));
    assertThat(rewards.get(0))
        .allSatisfy(
            reward -> assertThat(reward.reason()).contains("no irrelevant document with a score"));
  }

  /** Ranks: 9 is first, 7 second, both 4 third, 3 fifth. */
  @Test
  void erankRewardsRanks() {
    List<List<Reward>> rewards =
        rewards(
            "type: erank",
            List.of(document(2, "9", "4"), document(0, "7", "3"), document(0, "4", "none")));
    assertValues(rewards.get(0), 1, 1.0 / 3);
    assertValues(rewards.get(1), -1, -0.5 * 0.09);
    assertValues(rewards.get(2), -0.5 * 0.16, -2);
  }

  @Test
  void erankHasConstantsAndTargets() {
    Map<String, Object> row = Map.of("relevance", false, "teacher", 3);
    List<List<Reward>> rewards =
        rewards(
            "type: erank, target: teacher, inversion-penalty: 5, unreadable-penalty: 7,"
                + " distance-weight: 1, score-range: 2",
            List.of(document(true, "8"), document(row, "9", "3", "1", "-")));
    assertValues(rewards.get(1), -5, 0, -1, -7);
    assertValues(rewards.get(0), 0.5);
  }

  @Test
  void erankOfRelevantDocumentsOnlyIsTheirRank() {
    assertValues(rewards("type: erank", List.of(document(1, "3", "5", "3"))).get(0), 0.5, 1, 0.5);
  }

  @Test
  void erankWithoutARelevantDocumentIsNoReward() {
    assertThat(rewards("type: erank", List.of(document(0, "9"), document(false, "1"))))
        .allSatisfy(
            group ->
                assertThat(group.get(0).reason()).contains("the query has no relevant document"));
  }

  @Test
  void anInvalidScoreIsNoRankOfTheOthers() {
    String column =
        "components:\n  - {name: score, type: column, column: score, weight: 0}\n  - {name: it, of: score, type: erank}";
    Map<String, Object> broken = new HashMap<>();
    broken.put("relevance", false);
    broken.put("score", null);
    List<List<Reward>> rewards =
        RewardFunction.of(RewardYaml.rewards(column))
            .scoreQuery(
                List.of(
                    document(Map.of("relevance", true, "score", 1), "x"), document(broken, "x")));
    assertValues(rewards.get(0), 1);
    assertThat(rewards.get(1).get(0).valid()).isFalse();
  }

  @Test
  void erankWithoutATargetIsNoRewardForThatDocumentOnly() {
    List<List<Reward>> rewards =
        rewards(
            "type: erank, target: teacher",
            List.of(document(true, "9"), document(Map.of("relevance", false), "3")));
    assertValues(rewards.get(0), 1);
    assertThat(rewards.get(1).get(0).reason())
        .isEqualTo("it: column 'teacher' is null (expected a number)");
  }

  /** A document without a score is nowhere in the order, not at its end. */
  @Test
  void anOrderThatLacksAScoreIsNoOrder() {
    String column =
        "components:\n  - {name: score, type: column, column: score, weight: 0}\n  - {name: it, of: score, type: query-ranking}";
    List<List<Reward>> rewards =
        RewardFunction.of(RewardYaml.rewards(column))
            .scoreQuery(
                List.of(
                    document(Map.of("relevance", true), "x"),
                    document(Map.of("relevance", false, "score", 3), "x")));
    assertThat(rewards)
        .allSatisfy(
            group -> assertThat(group.get(0).reason()).startsWith("it: score: column 'score' is"));
  }

  @Test
  void theOrderOfAQueryIsMeasuredForEachPlaceInTheGroups() {
    List<List<Sample>> query =
        List.of(document(1, "5", "9"), document(0, "7", "2"), document(0, "5", "1"));
    // Of equal scores the relevant document comes last.
    assertValues(rewards("type: query-ranking, measure: mrr", query).get(0), 1.0 / 3, 1);
    assertValues(rewards("type: query-ranking, measure: mrr", query).get(2), 1.0 / 3, 1);
    assertValues(rewards("type: query-ranking", query).get(1), 0.5, 1);
    assertValues(rewards("type: query-ranking, measure: recall, k: 2", query).get(1), 0, 1);
  }

  @Test
  void aRowWithoutRelevanceIsNoZero() {
    for (String type : List.of("erank", "retro-star", "query-ranking")) {
      List<List<Reward>> rewards =
          rewards("type: " + type, List.of(document(Map.of(), "5"), document(true, "5")));
      assertThat(rewards)
          .allSatisfy(
              group -> assertThat(group.get(0).reason()).contains("column 'relevance' is null"));
    }
  }

  @Test
  void onlyCombinationsOfQueriesComparePrompts() {
    assertThat(
            RewardFunction.of(
                    RewardYaml.rewards(
                        "components: [" + SCORE + ", {name: it, type: erank, of: score}]"))
                .comparesPrompts())
        .isTrue();
    assertThat(
            RewardFunction.of(RewardYaml.rewards("components: [{name: it, type: number}]"))
                .comparesPrompts())
        .isFalse();
  }
}
