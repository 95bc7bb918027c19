package io.hone.executor.advantage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.AdvantageConfig.Estimator;
import io.hone.conf.AdvantageConfig.Scale;
import io.hone.conf.AdvantageConfig.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AdvantagePropertiesTest {
  @Provide
  Arbitrary<List<GroupRewards>> groups() {
    return Arbitraries.doubles()
        .between(-10, 10)
        .ofScale(3)
        .injectNull(0.2)
        .list()
        .ofMaxSize(6)
        .map(AdvantagePropertiesTest::group)
        .list()
        .ofMaxSize(6);
  }

  private static GroupRewards group(List<Double> rewards) {
    double[] values = new double[rewards.size()];
    for (int member = 0; member < values.length; member++) {
      values[member] = rewards.get(member) == null ? Double.NaN : rewards.get(member);
    }
    return Groups.of(values);
  }

  private static List<GroupAdvantages> advantages(List<GroupRewards> groups, Scale scale) {
    return Groups.compute(
            Groups.config(Estimator.GRPO, scale, 1e-4, Singleton.ZERO),
            groups.toArray(GroupRewards[]::new))
        .groups();
  }

  @Property
  void areFiniteAndSumToZeroInEachGroup(
      @ForAll("groups") List<GroupRewards> groups, @ForAll Scale scale) {
    for (GroupAdvantages group : advantages(groups, scale)) {
      double sum = 0;
      for (int member = 0; member < group.size(); member++) {
        assertThat(group.value(member)).isFinite();
        sum += group.value(member);
      }
      assertThat(sum).isCloseTo(0, within(1e-9));
    }
  }

  @Property
  void anyConstantMayBeAddedToTheRewardsOfAGroup(
      @ForAll("groups") List<GroupRewards> groups, @ForAll("constants") double constant) {
    List<GroupRewards> shifted = new ArrayList<>();
    for (GroupRewards group : groups) {
      List<Double> rewards = new ArrayList<>();
      for (int member = 0; member < group.size(); member++) {
        rewards.add(group.isValid(member) ? (Double) (group.value(member) + constant) : null);
      }
      shifted.add(group(rewards));
    }

    assertClose(advantages(shifted, Scale.GROUP), advantages(groups, Scale.GROUP));
  }

  @Provide
  Arbitrary<Double> constants() {
    return Arbitraries.doubles().between(-5, 5).ofScale(2);
  }

  @Property
  void theOrderOfGroupsMovesNoMoreThanTheLastBits(
      @ForAll("groups") List<GroupRewards> groups, @ForAll Scale scale, @ForAll Random random) {
    List<Integer> order = new ArrayList<>();
    for (int index = 0; index < groups.size(); index++) {
      order.add(index);
    }
    Collections.shuffle(order, random);

    List<GroupAdvantages> expected = advantages(groups, scale);
    assertClose(
        advantages(order.stream().map(groups::get).toList(), scale),
        order.stream().map(expected::get).toList());
  }

  private static void assertClose(List<GroupAdvantages> actual, List<GroupAdvantages> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int group = 0; group < actual.size(); group++) {
      for (int member = 0; member < actual.get(group).size(); member++) {
        assertThat(actual.get(group).value(member))
            .isCloseTo(expected.get(group).value(member), within(1e-6));
        assertThat(actual.get(group).isIncluded(member))
            .isEqualTo(expected.get(group).isIncluded(member));
      }
    }
  }
}
