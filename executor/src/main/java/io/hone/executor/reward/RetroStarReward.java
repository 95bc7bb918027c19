package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import java.util.Arrays;
import java.util.List;

/**
 * Rewards scores of single documents by their agreement with the other completions for the document
 * and by their order among relevant and irrelevant documents: Retro*, "Optimizing LLMs for
 * reasoning-intensive document retrieval", 2025.
 */
final class RetroStarReward implements Combination {
  private final Options options;
  private final RelevanceColumn relevance;

  RetroStarReward(Options options) {
    this.options = options;
    this.relevance = new RelevanceColumn(options.relevance());
  }

  @Override
  public List<List<Score>> scoreQuery(List<List<Scored>> query) {
    double[] relevant = scores(query, true);
    double[] others = scores(query, false);
    return query.stream().map(group -> score(group, relevant, others)).toList();
  }

  private List<Score> score(List<Scored> group, double[] relevant, double[] others) {
    double[] agreement = agreement(group);
    Score[] rewards = new Score[group.size()];
    for (int member = 0; member < rewards.length; member++) {
      Score given = group.get(member).score(options.of());
      boolean isRelevant = relevance.isRelevant(group.get(member).sample());
      double[] opposite = isRelevant ? others : relevant;
      if (!given.valid()) {
        rewards[member] = Combination.missing(options.of(), given);
      } else if (opposite.length == 0) {
        rewards[member] =
            Score.invalid(
                "the query has no %s document with a score to compare with"
                    .formatted(isRelevant ? "irrelevant" : "relevant"));
      } else {
        double order =
            isReadable(group.get(member)) ? order(given.value(), isRelevant, opposite) : 0;
        rewards[member] =
            Score.of(options.alpha() * agreement[member] + (1 - options.alpha()) * order);
      }
    }
    return List.of(rewards);
  }

  /** The share of the opposite documents' scores that lie on the right side of this one. */
  private static double order(double value, boolean isRelevant, double[] opposite) {
    long right =
        Arrays.stream(opposite).filter(other -> isRelevant ? value > other : value < other).count();
    return (double) right / opposite.length;
  }

  /** 1 for the score closest to the mean, -1 for the furthest and for what has none, else 0. */
  private double[] agreement(List<Scored> group) {
    double[] agreement = new double[group.size()];
    double mean =
        group.stream()
            .filter(this::isReadable)
            .mapToDouble(member -> member.score(options.of()).value())
            .average()
            .orElse(0);
    int closest = -1;
    int furthest = -1;
    for (int member = 0; member < agreement.length; member++) {
      if (!isReadable(group.get(member))) {
        agreement[member] = -1;
        continue;
      }
      double distance = distance(group, member, mean);
      closest = closest < 0 || distance < distance(group, closest, mean) ? member : closest;
      furthest = furthest < 0 || distance > distance(group, furthest, mean) ? member : furthest;
    }
    if (furthest >= 0
        && distance(group, furthest, mean) >= options.leastSpread()
        && distance(group, furthest, mean) > distance(group, closest, mean)) {
      agreement[closest] = 1;
      agreement[furthest] = -1;
    }
    return agreement;
  }

  private double distance(List<Scored> group, int member, double mean) {
    return Math.abs(group.get(member).score(options.of()).value() - mean);
  }

  private double[] scores(List<List<Scored>> query, boolean relevant) {
    return Combination.members(query)
        .filter(member -> isReadable(member) && relevance.isRelevant(member.sample()) == relevant)
        .mapToDouble(member -> member.score(options.of()).value())
        .toArray();
  }

  private boolean isReadable(Scored member) {
    return member.score(options.of()).hasAnswer();
  }

  @Doc(
      "What a completion that scores one document is worth (Retro*): alpha times its agreement with the other completions"
          + " for the document, plus (1 - alpha) times the share of the scores of the query's documents of the other kind"
          + " that lie on the right side of it, below those of a relevant document and above those of another. Agreement"
          + " is 1 for the score closest to the mean, -1 for the furthest, the first of equal ones each time, else 0; and 0"
          + " for all where the furthest is nearer than `least-spread` or all are equally far. A score that cannot be read, which has no"
          + " confidence, is compared with nothing and worth the least: agreement -1 and no share.")
  record Options(
      @Doc("Name of a component before this one: the score, such as a `number`.") String of,
      @Doc(RelevanceColumn.DOC) @Default("relevance") String relevance,
      @Doc("Weight of agreement.") @Default("0.75") @Range(min = 0, max = 1) double alpha,
      @Doc("Distance from the mean that the furthest score must have, on the scale of scores.")
          @Default("20")
          @Range(min = 0)
          double leastSpread)
      implements Combination.QueryOptions {
    @Override
    public List<String> inputs() {
      return List.of(of);
    }
  }
}
