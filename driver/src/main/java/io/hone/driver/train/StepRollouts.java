package io.hone.driver.train;

import io.hone.driver.run.RunFailedException;
import io.hone.executor.advantage.GroupRewards;
import io.hone.executor.advantage.ScoredCompletion;
import io.hone.executor.gradient.SampleAdvantage;
import io.hone.executor.rollout.RolloutCache;
import io.hone.executor.rollout.RolloutReturns;
import io.hone.executor.rollout.SampleOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rollouts of a step as the driver knows them: numbers for each completion, and where the rows
 * are.
 *
 * @param run identity of the run
 * @param step the step
 * @param returns what the step takes for the returns of tokens
 * @param groupSize completions of a group
 * @param partitions the partition of each group, whose file has its rows
 * @param outcomes of all completions, by group and sample
 * @param files the file of each partition's rows
 */
record StepRollouts(
    String run,
    long step,
    RolloutReturns returns,
    int groupSize,
    List<Integer> partitions,
    List<SampleOutcome> outcomes,
    List<String> files) {

  StepRollouts {
    for (int i = 0; i < outcomes.size(); i++) {
      SampleOutcome outcome = outcomes.get(i);
      if (outcome.group() != i / groupSize || outcome.sample() != i % groupSize) {
        throw new RunFailedException(
            "step "
                + step
                + ": completion "
                + i % groupSize
                + " of group "
                + i / groupSize
                + " is missing or doubled");
      }
    }
    partitions = List.copyOf(partitions);
    if (outcomes.size() % groupSize != 0) {
      throw new RunFailedException("step " + step + ": the last group lacks completions");
    }
  }

  /** The partition of each group, from the outcomes that each partition has. */
  static List<Integer> partitions(List<List<SampleOutcome>> byPartition) {
    SortedMap<Integer, Integer> partitions = new TreeMap<>();
    for (int partition = 0; partition < byPartition.size(); partition++) {
      for (SampleOutcome outcome : byPartition.get(partition)) {
        partitions.put(outcome.group(), partition);
      }
    }
    return List.copyOf(partitions.values());
  }

  int groups() {
    return outcomes.size() / groupSize;
  }

  SampleOutcome outcome(int group, int sample) {
    return outcomes.get(group * groupSize + sample);
  }

  /** Tokens of some completions. */
  long completionTokens(List<SampleAdvantage> samples) {
    return samples.stream()
        .mapToLong(sample -> outcome(sample.group(), sample.sample()).completionTokens())
        .sum();
  }

  /** The partition whose file has the rows of a group. */
  int partition(int group) {
    return partitions.get(group);
  }

  RolloutCache.Key cacheKey(int partition) {
    return new RolloutCache.Key(run, step, partition);
  }

  /**
   * What estimators know of the groups.
   *
   * @param maskTruncated whether truncated completions count in baselines only
   */
  List<GroupRewards> rewards(boolean maskTruncated) {
    return rewards(outcomes, groupSize, maskTruncated);
  }

  /** The same of outcomes by group and sample. */
  static List<GroupRewards> rewards(
      List<SampleOutcome> outcomes, int groupSize, boolean maskTruncated) {
    List<GroupRewards> groups = new ArrayList<>();
    for (int first = 0; first < outcomes.size(); first += groupSize) {
      List<ScoredCompletion> completions = new ArrayList<>();
      for (SampleOutcome outcome : outcomes.subList(first, first + groupSize)) {
        completions.add(
            new ScoredCompletion(
                outcome.reward(),
                outcome.total(),
                outcome.returns(),
                maskTruncated && outcome.truncated()));
      }
      Double greedy = outcomes.get(first).greedyReward();
      groups.add(
          new GroupRewards(
              completions, greedy == null ? OptionalDouble.empty() : OptionalDouble.of(greedy)));
    }
    return groups;
  }
}
