package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RewardFunctionTest {
  private static final RewardFunction REWARD =
      RewardFunction.of(
          RewardYaml.rewards(
              """
              components:
                - {name: correct, type: number-match, weight: 2}
                - {name: polite, type: contains, text: please, weight: 0.5}
                - {name: brief, type: length, unit: words, maximum: 3, weight: 0}
              """));

  @Test
  void addsWeightedScoresAndKeepsThem() {
    List<Reward> rewards =
        REWARD.score(
            List.of(
                RewardYaml.answered("18 please", 18),
                RewardYaml.answered("I say it is 18", 18),
                RewardYaml.answered("please", 18)));

    assertThat(rewards).extracting(Reward::value).containsExactly(2.5, 2.0, 0.5);
    assertThat(rewards).allMatch(Reward::valid);
    assertThat(rewards.get(1).components())
        .containsExactly(
            Map.entry("correct", Score.of(1)),
            Map.entry("polite", Score.of(0)),
            Map.entry("brief", Score.of(0)));
    assertThat(rewards.get(2).components()).containsEntry("correct", Score.noAnswer());
  }

  @Test
  void aSampleThatCannotBeScoredIsDroppedAndSaysWhy() {
    List<Reward> rewards =
        REWARD.score(List.of(RewardYaml.answered("18", 18), RewardYaml.sample("18")));

    assertThat(rewards.get(0).value()).isEqualTo(2);
    assertThat(rewards.get(1).valid()).isFalse();
    assertThat(rewards.get(1).value()).isNaN();
    assertThat(rewards.get(1).reason()).startsWith("correct: column 'answer' is missing");
    assertThat(rewards.get(1).components()).containsEntry("polite", Score.of(0));
  }

  @Test
  void noSamplesHaveNoRewards() {
    assertThat(REWARD.score(List.of())).isEmpty();
  }

  @Test
  void failStopsWithTheComponentThePromptAndTheReason() {
    RewardFunction reward =
        RewardFunction.of(
            RewardYaml.rewards(
                "components: [{name: correct, type: number-match, on-invalid: fail}]"));

    assertThatThrownBy(() -> reward.score(List.of(RewardYaml.answered("18", "eighteen"))))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            "reward component 'correct' cannot score a completion of prompt 'prompt-1': expected"
                + " one number in column 'answer'");
  }

  @Test
  void aRewardNeedsAWeight() {
    assertThatThrownBy(() -> RewardFunction.of(RewardYaml.rewards("components: []")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("reward.components is empty (expected");
    assertThatThrownBy(
            () ->
                RewardFunction.of(
                    RewardYaml.rewards(
                        "components: [{name: a, type: length, maximum: 1, weight: 0}]")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("every weight is 0");
  }

  /** Whose mean says nothing, whatever is made of it. */
  @Test
  void knowsWhatIsRelativeToOthers() {
    String count = "{name: count, type: count, text: a, weight: 0}";
    String group = "{name: group, type: group-normalization, of: count, weight: 0}";
    assertThat(relative(count, "{name: it, type: transform, of: count}")).isFalse();
    assertThat(relative(count, group, "{name: it, type: transform, of: count}")).isFalse();
    assertThat(relative(count, group, "{name: it, type: transform, of: group}")).isTrue();
    assertThat(relative(count, group, "{name: it, type: aggregate, of: [count, group]}")).isFalse();
    String batch = "{name: it, type: batch-normalization, of: count}";
    assertThat(relative(count, batch)).isTrue();
    assertThat(relative(count, batch, "{name: more, type: contains, text: a}")).isFalse();
  }

  private static boolean relative(String... components) {
    return RewardFunction.of(
            RewardYaml.rewards("components:\n  - " + String.join("\n  - ", components)))
        .isRelative();
  }
}
