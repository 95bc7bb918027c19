package io.hone.executor.advantage;

import static io.hone.executor.advantage.Groups.completion;
import static io.hone.executor.advantage.Groups.compute;
import static io.hone.executor.advantage.Groups.config;
import static io.hone.executor.advantage.Groups.group;
import static io.hone.executor.advantage.Groups.masked;
import static io.hone.executor.advantage.Groups.returnToGo;
import static io.hone.executor.advantage.Groups.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.AdvantageConfig;
import io.hone.conf.AdvantageConfig.Estimator;
import io.hone.conf.AdvantageConfig.Scale;
import io.hone.conf.AdvantageConfig.Singleton;
import io.hone.conf.ComponentConfig;
import io.hone.conf.ComponentConfig.OnInvalid;
import io.hone.conf.NumberSchedule;
import io.hone.conf.RewardConfig;
import io.hone.executor.reward.Score;
import io.hone.executor.statistics.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** What every estimator keeps to, and the corner cases of each. */
class EstimatorsTest {
  private static final double NONE = Double.NaN;
  private static final Score LOST = Score.invalid("lost");

  /** Every estimator, and each way of GRPO. */
  static Stream<AdvantageConfig> all() {
    List<AdvantageConfig> configs = new ArrayList<>();
    for (Estimator estimator : Estimator.values()) {
      configs.add(config(estimator));
    }
    configs.add(config(Estimator.GRPO, Scale.BATCH, 1e-4, Singleton.ZERO));
    configs.add(config(Estimator.GRPO, Scale.NONE, 1e-4, Singleton.ZERO));
    configs.add(returnToGo(Scale.GROUP, Singleton.ZERO));
    configs.add(returnToGo(Scale.BATCH, Singleton.ZERO));
    return configs.stream();
  }

  static Stream<AdvantageConfig> comparing() {
    return all().filter(config -> config.estimator().comparesInGroup());
  }

  /** A group with a greedy reward and, for GDPO, the reward as its only component. */
  private static GroupRewards rewarded(double... rewards) {
    List<ScoredCompletion> completions =
        Arrays.stream(rewards)
            .mapToObj(
                reward ->
                    scored(Map.of("only", Double.isNaN(reward) ? LOST : Score.of(reward)), reward))
            .toList();
    return new GroupRewards(completions, OptionalDouble.of(0.5));
  }

  private static ScoredCompletion scored(Map<String, Score> components, double... rewards) {
    return Groups.completion(components, false, rewards);
  }

  private static StepAdvantages step(AdvantageConfig config, GroupRewards... groups) {
    return Advantages.compute(
        List.of(groups),
        config,
        new RewardConfig(
            List.of(
                new ComponentConfig(
                    "only", "any", NumberSchedule.constant(1), OnInvalid.DROP_SAMPLE, 0, null))));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aMemberWithoutRewardCountsNowhere(AdvantageConfig config) {
    StepAdvantages with = step(config, rewarded(5, NONE, 7, 6.5), rewarded(1, 2));
    StepAdvantages without = step(config, rewarded(5, 7, 6.5), rewarded(1, 2));

    GroupAdvantages first = with.groups().get(0);
    assertThat(first.exclusion(1)).contains(Exclusion.NO_REWARD);
    assertThat(new double[] {first.value(0), first.value(2), first.value(3)})
        .containsExactly(values(without.groups().get(0)));
    assertThat(values(with.groups().get(1))).containsExactly(values(without.groups().get(1)));
    assertThat(with.statistics().includedSamples()).isEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingIsIncludedWhereNothingHasAReward(AdvantageConfig config) {
    StepAdvantages step = step(config, rewarded(NONE, NONE), rewarded(NONE), rewarded());

    assertThat(step.statistics())
        .isEqualTo(new AdvantageStatistics(3, 3, 0, 3, 0, 0, Moments.NONE));
    assertThat(values(step.groups().get(0))).containsOnly(0);
  }

  @ParameterizedTest
  @MethodSource("comparing")
  void aLoneRewardOfALargerGroupIsDropped(AdvantageConfig config) {
    StepAdvantages step = step(config, rewarded(9, NONE, NONE), rewarded(1, 3));

    assertThat(step.groups().get(0).exclusion(0)).contains(Exclusion.NO_BASELINE);
    assertThat(values(step.groups().get(1)))
        .containsExactly(values(step(config, rewarded(1, 3)).groups().get(0)));
    assertThat(step.statistics().droppedGroups()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("comparing")
  void equalRewardsTeachNothingAndCount(AdvantageConfig config) {
    StepAdvantages step = step(config, rewarded(0.3, 0.1 + 0.2, 0.3));

    for (double value : values(step.groups().get(0))) {
      assertThat(value).isCloseTo(0, within(1e-12));
    }
    assertThat(step.statistics().includedSamples()).isEqualTo(3);
    assertThat(step.statistics().degenerateGroups()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.INCLUDE,
      names = {"GRPO", "RLOO", "OPO", "GPG"})
  void aGroupOfOneGetsZeroOrItsReward(Estimator estimator) {
    GroupRewards one = rewarded(0.7);

    assertThat(values(step(config(estimator), one).groups().get(0))).containsExactly(0);
    AdvantageConfig score = config(estimator, Scale.GROUP, 1e-4, Singleton.SCORE);
    assertThat(values(step(score, one).groups().get(0))).containsExactly(0.7);
  }

  @Test
  void aGroupOfOneWithABaselineIsWhitenedBesideTheOthers() {
    AdvantageConfig score =
        config(Estimator.REINFORCE_PLUS_PLUS_BASELINE, Scale.GROUP, 1e-4, Singleton.SCORE);

    List<GroupAdvantages> groups = step(score, rewarded(3), rewarded(0, 2)).groups();

    // 3, -1 and 1: mean 1, variance 4.
    double deviation = Math.sqrt(4 + 1e-8);
    assertThat(values(groups.get(0))).containsExactly(2 / deviation);
    assertThat(values(groups.get(1))).containsExactly(-2 / deviation, 0);
  }

  @Test
  void aMaskedCompletionCountsInBaselinesOnly() {
    GroupRewards group = group(List.of(completion(1), completion(2), masked(6)));

    StepAdvantages rloo = compute(config(Estimator.RLOO), group);
    assertThat(values(rloo.groups().get(0))).containsExactly(-3, -1.5, 0);
    assertThat(rloo.groups().get(0).exclusion(2)).contains(Exclusion.TRUNCATED);
    assertThat(rloo.statistics().includedSamples()).isEqualTo(2);
    assertThat(rloo.statistics().droppedGroups()).isZero();

    StepAdvantages whitened = compute(config(Estimator.REINFORCE_PLUS_PLUS), group);
    assertThat(whitened.statistics().advantages().count()).isEqualTo(2);
    assertThat(whitened.statistics().advantages().mean()).isCloseTo(0, within(1e-12));
  }

  @Test
  void whiteningIsOverTokens() {
    GroupRewards group = group(List.of(completion(0, 0, 0, 1), completion(0, 3)));

    StepAdvantages step = compute(config(Estimator.REINFORCE_PLUS_PLUS), group);

    // Returns 1, 1, 1, 1, 3, 3: mean 5/3, sample variance 16/15.
    double scale = 1 / Math.sqrt(16 / 15.0 + 1e-8);
    assertThat(step.groups().get(0).value(0)).isCloseTo(-2 / 3.0 * scale, within(1e-12));
    assertThat(step.groups().get(0).value(1)).isCloseTo(4 / 3.0 * scale, within(1e-12));
    assertThat(step.statistics().advantages().deviation()).isCloseTo(1, within(1e-7));
  }

  @Test
  void ofASingleTokenWhiteningLeavesNothing() {
    assertThat(values(compute(config(Estimator.REINFORCE_PLUS_PLUS), Groups.of(5)).groups().get(0)))
        .containsExactly(0);
  }

  @Test
  void remaxComparesWithTheGreedyCompletion() {
    StepAdvantages step =
        compute(config(Estimator.REMAX), Groups.withGreedy(0.25, 1, 0.25), Groups.of(3, NONE));

    assertThat(values(step.groups().get(0))).containsExactly(0.75, 0);
    assertThat(step.groups().get(1).exclusion(0)).contains(Exclusion.NO_GREEDY_REWARD);
    assertThat(step.groups().get(1).exclusion(1)).contains(Exclusion.NO_REWARD);
    assertThat(step.statistics().droppedGroups()).isEqualTo(1);
  }

  @Test
  void remaxGivesTokensTheirRewardToGo() {
    GroupRewards group = new GroupRewards(List.of(completion(1, 2, 3)), OptionalDouble.of(4));

    TokenAdvantage advantage = compute(config(Estimator.REMAX), group).groups().get(0).advantage(0);

    assertThat(advantage.dependsOnReturns()).isTrue();
    assertThat(advantage.of(6)).isEqualTo(2);
    assertThat(advantage.of(3)).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource
  void returnToGoIsGrpoWhereAllRewardStandsAtTheLastToken(Scale scale) {
    GroupRewards[] groups = {
      group(List.of(completion(0, 0, 0, 1), completion(0, 3), completion(NONE), completion(2))),
      group(List.of(completion(0, 0.5), completion(0, 0, 0.5))),
      group(List.of(completion(0, 4), completion(0, 0, 0.5)))
    };

    StepAdvantages sums = compute(config(Estimator.GRPO, scale, 1e-4, Singleton.ZERO), groups);
    StepAdvantages tokens = compute(returnToGo(scale, Singleton.ZERO), groups);

    for (int group = 0; group < groups.length; group++) {
      double[] expected = values(sums.groups().get(group));
      double[] actual = values(tokens.groups().get(group));
      for (int member = 0; member < expected.length; member++) {
        assertThat(actual[member]).isCloseTo(expected[member], within(1e-12));
      }
    }
  }

  @Test
  void returnToGoNormalisesReturnsWithTheGroupsStatistics() {
    // Returns 3, 2 and 1; the completions' means are 2.5 and 1.
    GroupRewards group = group(List.of(completion(1, 2), completion(1)));

    TokenAdvantage advantage =
        compute(returnToGo(Scale.GROUP, Singleton.ZERO), group).groups().get(0).advantage(0);

    double mean = 1.75;
    double deviation = Math.sqrt((1.25 * 1.25 + 0.25 * 0.25) / 2 + 0.75 * 0.75);
    assertThat(advantage.of(3)).isCloseTo((3 - mean) / (deviation + 1e-4), within(1e-12));
    assertThat(advantage.of(2)).isCloseTo((2 - mean) / (deviation + 1e-4), within(1e-12));
    // By default every token is worth the sum.
    TokenAdvantage sum = compute(config(Estimator.GRPO), group).groups().get(0).advantage(0);
    assertThat(sum.dependsOnReturns()).isFalse();
    assertThat(sum.offset()).isCloseTo(1 / (Math.sqrt(2) + 1e-4), within(1e-12));
  }

  @Test
  void returnToGoOfOneCompletionIsZeroOrItself() {
    GroupRewards one = group(List.of(completion(1, 2)));

    assertThat(values(compute(returnToGo(Scale.GROUP, Singleton.ZERO), one).groups().get(0)))
        .containsExactly(0);
    assertThat(compute(returnToGo(Scale.GROUP, Singleton.SCORE), one).groups().get(0).advantage(0))
        .isEqualTo(TokenAdvantage.ofReturns(0, 1));
  }

  @Test
  void passAtKTeachesTheBestOnly() {
    double[] values =
        values(
            compute(
                    config(Estimator.GRPO_PASS_AT_K, Scale.NONE, 1e-4, Singleton.ZERO),
                    Groups.of(1, NONE, 4, 2.5))
                .groups()
                .get(0));
    assertThat(values).containsExactly(0, 0, 1.5, 0);
    assertThat(
            values(compute(config(Estimator.GRPO_PASS_AT_K), Groups.of(4, 4, 1)).groups().get(0)))
        .containsOnly(0);
  }

  @Test
  void gpgMakesUpForCompletionsWorthNothing() {
    StepAdvantages step =
        compute(config(Estimator.GPG), Groups.of(1, 0), Groups.of(0, 0), Groups.of(NONE, 5));

    // Four rewards are compared, one of them is not zero.
    assertThat(values(step.groups().get(0))).containsExactly(4 * 0.5, -4 * 0.5);
    assertThat(values(compute(config(Estimator.GPG), Groups.of(0, 0)).groups().get(0)))
        .containsOnly(0);
  }

  @Test
  void opoWeighsByLength() {
    GroupRewards group = group(List.of(completion(0, 0, 3), completion(1)));

    assertThat(values(compute(config(Estimator.OPO), group).groups().get(0)))
        .containsExactly(0.5, -1.5);
  }

  @Test
  void gdpoScalesComponentsOneByOne() {
    RewardConfig reward =
        reward(component("large", 1, OnInvalid.DROP_SAMPLE), component("small", 1, OnInvalid.SKIP));
    GroupRewards group =
        group(List.of(scores(100.0, 0.0), scores(0.0, 0.1), scores(0.0, 0.0), scores(100.0, 0.1)));

    double[] values =
        values(Advantages.compute(List.of(group), config(Estimator.GDPO), reward).groups().get(0));

    // Both components have the same say, whatever their size: the first two are worth the same.
    assertThat(values[0]).isCloseTo(0, within(2e-3));
    assertThat(values[1]).isCloseTo(0, within(2e-3));
    assertThat(values[3]).isCloseTo(-values[2], within(1e-12)).isGreaterThan(1);
  }

  @Test
  void gdpoCountsWhatCouldNotBeScoredAsConfigured() {
    GroupRewards group = group(List.of(scores(1.0, 4.0), scores(0.0, LOST)));
    double[] asValue = gdpo(OnInvalid.VALUE, group);
    double[] same = gdpo(OnInvalid.VALUE, group(List.of(scores(1.0, 4.0), scores(0.0, -3.0))));
    assertThat(asValue).containsExactly(same);

    GroupRewards lacking = group(List.of(scores(1.0, LOST), scores(0.0, LOST)));
    double[] skipped = gdpo(OnInvalid.SKIP, lacking);
    double[] alone = gdpo(OnInvalid.SKIP, group(List.of(scores(1.0, 7.0), scores(0.0, 7.0))));
    assertThat(skipped[0]).isCloseTo(alone[0], within(1e-3)).isGreaterThan(0.5);
  }

  /** What one group skips is made up for by the others' weights, as in the reward itself. */
  @Test
  void gdpoScalesUpWhatIsLeftOfASkippedComponent() {
    GroupRewards both = group(List.of(scores(1.0, 4.0), scores(0.0, 3.0)));
    GroupRewards lacking = group(List.of(scores(1.0, LOST), scores(0.0, LOST)));
    RewardConfig reward =
        reward(component("large", 1, OnInvalid.DROP_SAMPLE), component("small", 1, OnInvalid.SKIP));
    List<GroupAdvantages> groups =
        Advantages.compute(List.of(both, lacking), config(Estimator.GDPO), reward).groups();
    assertThat(values(groups.get(1))[0]).isCloseTo(values(groups.get(0))[0], within(1e-12));
  }

  private static double[] gdpo(OnInvalid onInvalid, GroupRewards group) {
    RewardConfig reward =
        reward(
            component("large", 1, OnInvalid.DROP_SAMPLE),
            component("small", 1, onInvalid),
            component("recorded", 0, OnInvalid.DROP_SAMPLE));
    return values(
        Advantages.compute(List.of(group), config(Estimator.GDPO), reward).groups().get(0));
  }

  private static RewardConfig reward(ComponentConfig... components) {
    return new RewardConfig(Arrays.asList(components));
  }

  private static ComponentConfig component(String name, double weight, OnInvalid onInvalid) {
    return new ComponentConfig(
        name,
        "any",
        NumberSchedule.constant(weight),
        onInvalid,
        onInvalid == OnInvalid.VALUE ? -3 : 0,
        null);
  }

  private static ScoredCompletion scores(double large, Object small) {
    Map<String, Score> components = new LinkedHashMap<>();
    components.put("large", Score.of(large));
    components.put("small", small instanceof Score score ? score : Score.of((double) small));
    components.put("recorded", LOST);
    return scored(components, 1);
  }

  @Test
  void outliersAreLeftOut() {
    double[] rewards = new double[12];
    rewards[7] = 1;
    AdvantageConfig filtering =
        new AdvantageConfig(Estimator.GRPO, Scale.GROUP, 1e-4, Singleton.ZERO, false, 1, 3);

    StepAdvantages step = compute(filtering, Groups.of(rewards));

    // One of twelve is 11 / sqrt(12) = 3.2 deviations away, as far as one can be.
    assertThat(step.groups().get(0).exclusion(7)).contains(Exclusion.OUTLIER);
    assertThat(step.groups().get(0).value(7)).isZero();
    assertThat(step.statistics().outliers()).isEqualTo(1);
    assertThat(step.statistics().includedSamples()).isEqualTo(11);
    assertThat(step.statistics().droppedGroups()).isZero();
    // One of ten cannot be further than 2.85.
    assertThat(compute(filtering, Groups.of(Arrays.copyOfRange(rewards, 2, 12))).statistics())
        .extracting(AdvantageStatistics::outliers)
        .isEqualTo(0);
    assertThat(compute(filtering, Groups.of(1, 1, 1)).statistics().outliers()).isZero();
  }
}
