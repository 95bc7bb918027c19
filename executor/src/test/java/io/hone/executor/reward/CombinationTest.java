package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Combinations of scores that are letters counted in the completion. */
class CombinationTest {
  private static final double[] NOTHING = {};

  /** Rewards of a group for whose members components a, b and c find these values. */
  private static List<Reward> rewards(String combination, double[]... members) {
    StringBuilder yaml = new StringBuilder("components:\n");
    for (String name : List.of("a", "b", "c")) {
      yaml.append(
          """
            - {name: count-%1$s, type: count, text: %1$s, cap: 32, weight: 0}
            - {name: %1$s, type: transform, of: count-%1$s, scale: 32, weight: 0}
          """
              .formatted(name));
    }
    RewardFunction function = RewardFunction.of(RewardYaml.rewards(yaml + combination));
    List<Sample> group = new ArrayList<>();
    for (double[] member : members) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < member.length; i++) {
        text.append("abc".substring(i, i + 1).repeat((int) member[i]));
      }
      group.add(RewardYaml.sample(text.toString(), Map.of("task_type", "math", "level", 2)));
    }
    return function.score(group);
  }

  private static List<Double> values(List<Reward> rewards) {
    return rewards.stream().map(reward -> reward.components().get("it").value()).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "sum, 5",
    "mean, 2.5",
    "product, 6",
    "minimum, 2",
    "maximum, 3",
    "harmonic-mean, 2.4",
  })
  void aggregates(String operator, double expected) {
    List<Reward> rewards =
        rewards(
            "  - {name: it, type: aggregate, of: [a, b], operator: " + operator + "}",
            new double[] {2, 3});
    assertThat(values(rewards).get(0)).isCloseTo(expected, within(1e-12));
    assertThat(rewards.get(0).value()).isEqualTo(values(rewards).get(0));
  }

  /** REWARDS.md: .5 format + accuracy (1 + .5 c); here a is format, b accuracy, c consistency. */
  @ParameterizedTest
  @CsvSource({"1,1,1,2", "1,1,0,1.5", "1,0,1,0.5", "0,1,1,1.5"})
  void makesTheRewardOfR1Reward(
      double format, double accuracy, double consistent, double expected) {
    List<Reward> rewards =
        rewards(
            """
              - {name: both, type: aggregate, of: [b, c], operator: product, weight: 0}
              - {name: it, type: aggregate, of: [a, b, both], weights: [0.5, 1, 0.5]}
            """,
            new double[] {format, accuracy, consistent});
    assertThat(values(rewards)).containsExactly(expected);
  }

  /** REWARDS.md, LSC: r - r_ref of 2, 0, -2, -50. */
  @ParameterizedTest
  @CsvSource({"4, -0.126928", "2, -0.693147", "0, -2.126928"})
  void centresAndBendsByTheLogSigmoid(double value, double expected) {
    String fixed = "  - {name: it, type: transform, of: a, function: log-sigmoid, center: 2}";
    String column =
        "  - {name: it, type: transform, of: a, function: log-sigmoid, center-column: level}";
    assertThat(values(rewards(fixed, new double[] {value})).get(0))
        .isCloseTo(expected, within(1e-6));
    assertThat(values(rewards(column, new double[] {value})).get(0))
        .isCloseTo(expected, within(1e-6));
    assertThat(Transform.Function.LOG_SIGMOID.apply(-50)).isCloseTo(-50, within(1e-6));
    assertThat(Transform.Function.LOG_SIGMOID.apply(-1e6)).isEqualTo(-1e6);
  }

  /** REWARDS.md, SPELL's questioner: mean .5, deviation .5/3. */
  @Test
  void bendsByAGaussian() {
    double[] expected = {1, 0.324652, 0.07956};
    double[] means = {0.5, 0.25, 0.875};
    for (int i = 0; i < means.length; i++) {
      assertThat(Transform.Function.GAUSSIAN.apply(6 * (means[i] - 0.5)))
          .isCloseTo(expected[i], within(1e-6));
    }
  }

  @Test
  void cutsToBounds() {
    String yaml = "  - {name: it, type: transform, of: a, scale: 2, shift: -1, maximum: 4}";
    assertThat(values(rewards(yaml, new double[] {1}, new double[] {9}))).containsExactly(1.0, 4.0);
  }

  @Test
  void aGateOpensAtItsThreshold() {
    String yaml = "  - {name: it, type: gate, when: a, at-least: 2, then: b, otherwise: c}";
    assertThat(values(rewards(yaml, new double[] {2, 5, 7}, new double[] {1, 5, 7})))
        .containsExactly(5.0, 7.0);
    String closed = "  - {name: it, type: gate, when: a, then: b, otherwise-value: -3}";
    assertThat(values(rewards(closed, new double[] {0, 5}))).containsExactly(-3.0);
  }

  @Test
  void routesByTaskTypeAndRefusesAnUnknownOne() {
    String yaml = "  - {name: it, type: route, routes: {math: b, code: c}}";
    assertThat(values(rewards(yaml, new double[] {0, 5, 7}))).containsExactly(5.0);
    String other = "  - {name: it, type: route, routes: {code: c}}";
    Reward reward = rewards(other, new double[] {0, 5, 7}).get(0);
    assertThat(reward.valid()).isFalse();
    assertThat(reward.reason())
        .isEqualTo("it: column 'task_type' is 'math' (expected one of [code])");
    String rest = "  - {name: it, type: route, routes: {code: c}, otherwise: a}";
    assertThat(values(rewards(rest, new double[] {4}))).containsExactly(4.0);
  }

  private static final String HYBRID =
      """
      components:
        - {name: rule, type: number-match, weight: 0}
        - {name: likeness, type: count, text: about, cap: 4, weight: 0}
        - {name: it, type: fallback, of: [rule, likeness]}
      """;

  @Test
  void fallsBackWhereTheRuleFoundNoAnswer() {
    RewardFunction function = RewardFunction.of(RewardYaml.rewards(HYBRID));
    List<Reward> rewards =
        function.score(
            List.of(
                RewardYaml.answered("it is 18", 18),
                RewardYaml.answered("it is 17, about", 18),
                RewardYaml.answered("about that", 18),
                RewardYaml.answered("about 18", "no number")));
    assertThat(values(rewards)).containsExactly(1.0, 0.0, 0.25, 0.25);
    assertThat(rewards).allMatch(Reward::valid);
  }

  @Test
  void whereBothAreInvalidSoIsTheReward() {
    RewardFunction function =
        RewardFunction.of(
            RewardYaml.rewards(
                """
                components:
                  - {name: one, type: number-match, reference: x, weight: 0}
                  - {name: two, type: exact-match, reference: y, weight: 0}
                  - {name: it, type: fallback, of: [one, two]}
                """));
    Reward reward = function.score(List.of(RewardYaml.sample("18"))).get(0);
    assertThat(reward.valid()).isFalse();
    assertThat(reward.reason()).startsWith("it: one: column 'x' is missing").contains("; two: ");
  }

  /** a tells right (1) from wrong (0); lengths are those of the texts. */
  @Test
  void penalisesWrongCompletionsThatAreShorterThanTheRightOnes() {
    String yaml = "  - {name: it, type: length-penalty, of: a, unit: characters, direction: ";
    double[][] group = {{1, 3}, {1, 7}, {0, 3}, {0, 9}, {0, 20}};
    assertThat(values(rewards(yaml + "shorter}", group)))
        .containsExactly(0.0, 0.0, -0.25, 0.0, 0.0);
    assertThat(values(rewards(yaml + "longer}", group)))
        .containsExactly(0.0, 0.0, 0.0, -0.25, -0.5);
    assertThat(values(rewards(yaml + "both}", group)))
        .containsExactly(0.0, 0.0, -0.25, -0.25, -0.5);
    assertThat(values(rewards(yaml + "both}", new double[][] {{0, 3}, {0, 9}})))
        .containsExactly(0.0, 0.0);
    assertThat(values(rewards(yaml + "both}", new double[][] {{1, 3}, {1, 9}})))
        .containsExactly(0.0, 0.0);
  }

  @Test
  void lengthsThatAreNotKnownAreNoZero() {
    List<Reward> rewards =
        rewards(
            "  - {name: it, type: length-penalty, of: a}", new double[] {1}, new double[] {0, 2});
    assertThat(rewards).noneMatch(Reward::valid);
    assertThat(rewards.get(0).reason()).contains("the completion's tokens are not known here");
  }

  @Test
  void normalisesOverTheGroup() {
    double[][] group = {{1}, {3}, {5}};
    String score = "  - {name: it, type: group-normalization, of: a, epsilon: 0}";
    assertThat(values(rewards(score, group))).containsExactly(-1.0, 0.0, 1.0);
    assertThat(values(rewards(score, new double[] {4}))).containsExactly(0.0);
    assertThat(values(rewards(score, new double[] {4}, new double[] {4})))
        .containsExactly(0.0, 0.0);
    String rank = "  - {name: it, type: group-normalization, of: a, statistic: rank}";
    assertThat(values(rewards(rank, new double[][] {{1}, {9}, {9}, {2}, {0}})))
        .containsExactly(-0.5, 0.75, 0.75, 0.0, -1.0);
  }

  /** A member without a score neither counts as a zero nor moves the others. */
  @Test
  void aMemberWithoutAScoreIsLeftOut() {
    RewardFunction function =
        RewardFunction.of(
            RewardYaml.rewards(
                """
                components:
                  - {name: rule, type: number-match, weight: 0}
                  - {name: it, type: group-normalization, of: rule, epsilon: 0}
                """));
    List<Reward> rewards =
        function.score(
            List.of(
                RewardYaml.answered("18", 18),
                RewardYaml.answered("17", 18),
                RewardYaml.answered("18", "none")));
    double half = Math.sqrt(0.5);
    assertThat(rewards.get(0).value()).isCloseTo(half, within(1e-12));
    assertThat(rewards.get(1).value()).isCloseTo(-half, within(1e-12));
    assertThat(rewards.get(2).valid()).isFalse();
    assertThat(rewards.get(2).reason()).startsWith("it: rule: expected one number");
  }

  @Test
  void seesTheValueThatStandsForAnInvalidScore() {
    RewardFunction function =
        RewardFunction.of(
            RewardYaml.rewards(
                """
                components:
                  - {name: rule, type: number-match, weight: 0, on-invalid: value, invalid-value: -1}
                  - {name: it, type: transform, of: rule, scale: 2}
                """));
    Reward reward = function.score(List.of(RewardYaml.answered("18", "none"))).get(0);
    assertThat(reward.value()).isEqualTo(-2);
    assertThat(reward.components().get("rule").valid()).isFalse();
  }

  /** What one member lacks is no fault of the others, and stands for nothing in their place. */
  @Test
  void whatFailsForOneMemberFailsForNoOther() {
    List<Sample> group =
        List.of(
            RewardYaml.sample("1", Map.of("center", 0)),
            RewardYaml.sample("x"),
            RewardYaml.sample("3", Map.of("center", 1)));
    for (String it :
        List.of(
            "type: expression, expression: 'double(completion)'",
            "type: transform, of: length, center-column: center")) {
      for (String onInvalid : List.of("drop-sample", "value", "skip")) {
        List<Reward> rewards =
            RewardFunction.of(
                    RewardYaml.rewards(
                        """
                        components:
                          - {name: length, type: count, text: a}
                          - {name: it, %s, on-invalid: %s%s}
                        """
                            .formatted(
                                it,
                                onInvalid,
                                onInvalid.equals("value") ? ", invalid-value: -7" : "")))
                .score(group);
        assertThat(rewards.stream().map(reward -> reward.components().get("it").valid()))
            .as(it)
            .containsExactly(true, false, true);
        assertThat(rewards.get(1).valid()).as(onInvalid).isEqualTo(onInvalid.equals("value"));
        assertThat(rewards.get(0).value()).isNotEqualTo(-7);
      }
    }
  }

  /** Two lines, each of which is a token: what falls on them is scaled as the whole is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: transform, of: lines, scale: 0.5, shift: 3 | 0.5 | 0.5",
        "type: aggregate, of: [lines, sure], weights: [2, 1] | 2 | 2",
        "type: aggregate, of: [lines, sure], operator: mean | 0.5 | 0.5",
        "type: aggregate, of: [lines, lines-too] | 1 | 2",
        "type: fallback, of: [sure, lines], mode: soft | 0 | 0",
        "type: fallback, of: [lines, sure], mode: soft | 1 | 1",
      })
  void whatIsLinearKeepsTheSharesOfTokens(String it, float first, float second) {
    Sample sample =
        new Sample("p", "", "good\ngood b", 2, false, 9, Map.of(), () -> new int[] {5, 11});
    assertThat(linear(it, sample).perToken()).containsExactly(first, second);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "type: transform, of: lines, function: tanh",
        "type: transform, of: lines, maximum: 1",
        "type: aggregate, of: [lines, sure], operator: product",
      })
  void whatIsNotLinearHasNone(String it) {
    Sample sample =
        new Sample("p", "", "good\ngood b", 2, false, 9, Map.of(), () -> new int[] {5, 11});
    assertThat(linear(it, sample).valid()).isTrue();
    assertThat(linear(it, sample).perToken()).isNull();
  }

  private static Reward linear(String it, Sample sample) {
    return RewardFunction.of(
            RewardYaml.rewards(
                """
                components:
                  - {name: lines, type: process, shaping: none, scorer: {type: contains, text: good}, weight: 0}
                  - {name: lines-too, type: process, shaping: none, scorer: {type: contains, text: b}, weight: 0}
                  - {name: sure, type: contains, text: good, weight: 0}
                  - {name: it, %s}
                """
                    .formatted(it)))
        .score(List.of(sample))
        .get(0);
  }

  @Test
  void readsOnlyWhatComesBefore() {
    assertThatThrownBy(() -> rewards("  - {name: it, type: transform, of: d}", NOTHING))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'d' is no component before 'it'");
    assertThatThrownBy(() -> rewards("  - {name: it, type: aggregate, of: [a, it]}", NOTHING))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'it' is no component before 'it'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{name: it, type: aggregate, of: []} | is empty",
        "{name: it, type: aggregate, of: [a, a]} | names a component twice",
        "{name: it, type: aggregate, of: [a, b], weights: [1]} | 1 of them for 2 components",
        "{name: it, type: fallback, of: [a]} | expected two different components",
        "{name: it, type: fallback, of: [a, b], mode: soft, confidence: 0.9} | has no effect",
        "{name: it, type: gate, when: a, then: b, otherwise: c, otherwise-value: 5} | has no effect",
        "{name: it, type: transform, of: a, center-deviations: 1} | has no effect",
        "{name: it, type: route, routes: {}} | is empty",
        "{name: it, type: transform, of: a, minimum: 2, maximum: 1} | is less than minimum",
        "{name: it, type: agregate, of: [a]} | 'agregate' is no type of component (did you mean 'aggregate'?)",
      })
  void refusesWhatMakesNoSense(String component, String message) {
    assertThatThrownBy(() -> rewards("  - " + component, NOTHING))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aListOfReferencesIsItsPercentile() {
    RewardFunction function =
        RewardFunction.of(
            RewardYaml.rewards(
                """
                components:
                  - {name: v, type: column, column: v, weight: 0}
                  - {name: it, type: transform, of: v, center-column: seen}
                  - {name: median, type: transform, of: v, center-column: seen, center-percentile: 50}
                  - {name: normal, type: transform, of: v, center-column: seen, center-deviations: 2}
                """));
    Reward reward =
        function
            .score(List.of(RewardYaml.sample("", Map.of("v", 10, "seen", List.of(4, 0, 1, 2, 3)))))
            .get(0);
    // 85 % of the way through 0, 1, 2, 3, 4.
    assertThat(reward.components().get("it").value()).isCloseTo(10 - 3.4, within(1e-12));
    assertThat(reward.components().get("median").value()).isEqualTo(8);
    // Mean 2, deviation the root of 10/4.
    assertThat(reward.components().get("normal").value())
        .isCloseTo(10 - 2 - 2 * Math.sqrt(2.5), within(1e-12));
    Reward single =
        function.score(List.of(RewardYaml.sample("", Map.of("v", 10, "seen", List.of(4))))).get(0);
    assertThat(single.components().get("it").value()).as("one reference").isEqualTo(6);
    Reward none =
        function.score(List.of(RewardYaml.sample("", Map.of("v", 10, "seen", List.of())))).get(0);
    assertThat(none.valid()).isFalse();
    assertThat(none.reason()).contains("column 'seen' is []");
  }
}
