package io.hone.executor.advantage;

import io.hone.executor.statistics.Moments;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The rewards of the completions of one prompt at one step, in the order of their samples.
 *
 * @param completions of the group
 * @param greedyReward reward of the prompt's greedy completion; empty where there is none
 */
public record GroupRewards(List<ScoredCompletion> completions, OptionalDouble greedyReward) {
  public GroupRewards {
    completions = List.copyOf(completions);
  }

  /** How many completions the group has, with a reward or without. */
  public int size() {
    return completions.size();
  }

  /** How many of them have a reward. */
  public int validCount() {
    return (int) valid().count();
  }

  /** Whether a completion has a reward. */
  public boolean isValid(int member) {
    return completions.get(member).reward().valid();
  }

  /**
   * The reward of a completion, summed over its tokens.
   *
   * @throws IllegalStateException if it has none
   */
  public double value(int member) {
    if (!isValid(member)) {
      throw new IllegalStateException("member " + member + " has no valid reward");
    }
    return completions.get(member).total();
  }

  /**
   * Whether two completions that can teach something, since they are not masked, have rewards that
   * differ by more than rounding; what a KL penalty takes from them is none of these.
   */
  public boolean differs() {
    DoubleStream rewards =
        completions.stream()
            .filter(completion -> completion.reward().valid() && !completion.masked())
            .mapToDouble(completion -> completion.reward().value());
    return Moments.of(rewards).vary();
  }

  /** The completions that have a reward, in their order. */
  IntStream valid() {
    return IntStream.range(0, size()).filter(this::isValid);
  }

  /** The rewards of the completions that have one, in their order. */
  double[] values() {
    return valid().mapToDouble(this::value).toArray();
  }

  /** Mean and spread of the rewards of the completions that have one. */
  Moments moments() {
    return Moments.of(values());
  }
}
