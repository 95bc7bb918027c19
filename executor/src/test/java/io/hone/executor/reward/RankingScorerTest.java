package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RankingScorerTest {
  private static final Map<String, Object> DOCUMENTS =
      Map.of("relevant", Map.of("a", 3, "b", 2, "c", 0), "ids", List.of("a", "b", "c", "d"));

  /** By hand: gains 7 and 3, discounts 1, log2(3) = 1.584963, 2, log2(5) = 2.321928. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ndcg | a > b > c > d | 1",
        "ndcg | [a] > [b] | 1",
        "ndcg | b > a | 0.833991",
        "ndcg | c > d > a > b | 0.538867",
        "ndcg, k: 1 | b > a | 0.428571",
        "mrr | c > b > a | 0.5",
        "mrr, k: 1 | c > b > a | 0",
        "precision | c > b > a | 0.666667",
        "precision, k: 2 | c > b > a | 0.5",
        "recall | b | 0.5",
        "recall, k: 2 | c > b > a | 0.5",
        "map | c > b > a | 0.583333",
        "map | a | 0.5",
      })
  void isWhatHandsGive(String measure, String completion, double value) {
    Score score = scorer("type: ranking, measure: " + measure).score(sample(completion));
    assertThat(score.value()).isCloseTo(value, within(1e-6));
    assertThat(score.confidence()).isEqualTo(1);
  }

  @Test
  void whatIsLeftOutFollowsInTheOrderOfTheCandidates() {
    String options = "type: ranking, candidates: ids";
    assertThat(scorer(options).score(sample("d > c")).value())
        .isEqualTo(scorer(options).score(sample("d > c > a > b")).value());
    assertThat(scorer(options + ", missing-penalty: 1").score(sample("a > b")).value())
        .isEqualTo(0.5);
  }

  @Test
  void documentsTwiceOrOutsideAreNoRanking() {
    assertThat(scorer("type: ranking").score(sample("a > a"))).isEqualTo(Score.of(0));
    assertThat(scorer("type: ranking, candidates: ids").score(sample("a > x")))
        .isEqualTo(Score.of(0));
    assertThat(scorer("type: ranking").score(sample("")).confidence()).isZero();
  }

  /** The better the place of the relevant document, the higher each measure. */
  @ParameterizedTest
  @CsvSource({"ndcg", "mrr", "map"})
  void risesWithTheRankOfTheRelevantDocument(String measure) {
    Scorer scorer = scorer("type: ranking, measure: " + measure);
    List<String> orders = List.of("1 > 2 > 3 > g", "1 > 2 > g > 3", "1 > g > 2", "g > 1 > 2");
    double last = -1;
    for (String order : orders) {
      double value =
          scorer.score(RewardYaml.sample(order, Map.of("relevant", List.of("g")))).value();
      assertThat(value).isGreaterThan(last);
      last = value;
    }
    assertThat(last).isEqualTo(1);
  }

  @Test
  void withoutARelevantDocumentThereIsNoScore() {
    Score score =
        scorer("type: ranking").score(RewardYaml.sample("a", Map.of("relevant", Map.of("a", 0))));
    assertThat(score.reason()).isEqualTo("column 'relevant' has no relevant document to rank");
    assertThat(
            scorer("type: ranking")
                .score(RewardYaml.sample("a", Map.of("relevant", Map.of("a", "high"))))
                .valid())
        .isFalse();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> scorer("type: ranking, missing-penalty: 0.5"))
        .hasMessageContaining("has no effect without candidates");
    assertThatThrownBy(() -> scorer("type: ranking, separator: ''"))
        .hasMessageContaining("is empty");
  }

  private static Sample sample(String completion) {
    return RewardYaml.sample(completion, DOCUMENTS);
  }
}
