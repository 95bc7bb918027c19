package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Rewards scores of single documents by the place that each takes among all scores of its query:
 * ERank, "Fusing supervised fine-tuning and reinforcement learning for effective and efficient text
 * reranking", 2025, whose text gives the structure. Its constants were not found; the defaults are
 * ours.
 */
final class ErankReward implements Combination {
  private final Options options;
  private final RelevanceColumn relevance;

  ErankReward(Options options) {
    this.options = options;
    this.relevance = new RelevanceColumn(options.relevance());
  }

  @Override
  public List<List<Score>> scoreQuery(List<List<Scored>> query) {
    if (Combination.members(query).noneMatch(this::isRelevant)) {
      Score none =
          Score.invalid("column '" + options.relevance() + "': the query has no relevant document");
      return query.stream().map(group -> group.stream().map(member -> none).toList()).toList();
    }
    double[] scores =
        Combination.members(query).filter(this::isReadable).mapToDouble(this::value).toArray();
    OptionalInt lastRelevant =
        Combination.members(query)
            .filter(member -> isReadable(member) && isRelevant(member))
            .mapToInt(member -> rank(value(member), scores))
            .max();
    return query.stream()
        .map(group -> group.stream().map(member -> score(member, scores, lastRelevant)).toList())
        .toList();
  }

  private Score score(Scored member, double[] scores, OptionalInt lastRelevant) {
    Score given = member.score(options.of());
    if (!given.valid()) {
      return Combination.missing(options.of(), given);
    }
    if (!isReadable(member)) {
      return Score.of(-options.unreadablePenalty());
    }
    int rank = rank(given.value(), scores);
    if (isRelevant(member)) {
      return Score.of(1.0 / rank);
    }
    if (lastRelevant.isPresent() && rank < lastRelevant.getAsInt()) {
      return Score.of(-options.inversionPenalty());
    }
    return options.target().isEmpty()
        ? distant(given.value())
        : distant(given.value(), member.sample().columns().get(options.target().get()));
  }

  /** Of equal scores, all have the least rank. */
  private static int rank(double value, double[] scores) {
    return 1 + (int) Arrays.stream(scores).filter(other -> other > value).count();
  }

  /** That of one document alone is missing where its target is. */
  private Score distant(double value, Object target) {
    return target instanceof Number number
        ? distant(value - number.doubleValue())
        : Score.invalid(
            "column '%s' is %s (expected a number)"
                .formatted(options.target().orElseThrow(), target));
  }

  private Score distant(double difference) {
    double distance = difference / options.scoreRange();
    return Score.of(0 - options.distanceWeight() * distance * distance);
  }

  private boolean isReadable(Scored member) {
    return member.score(options.of()).hasAnswer();
  }

  private boolean isRelevant(Scored member) {
    return relevance.isRelevant(member.sample());
  }

  private double value(Scored member) {
    return member.score(options.of()).value();
  }

  @Doc(
      "What a completion that scores one document is worth, by the rank of its score among those of all completions for"
          + " all documents of the query (ERank). A relevant document: 1/rank. One that is not, ranked before a relevant"
          + " one: `-inversion-penalty`; else minus its squared distance from a target. A score that cannot be read, which"
          + " has no confidence: `-unreadable-penalty`. Without a relevant document the query has no reward. The paper's"
          + " constants are not known; these defaults are ours.")
  record Options(
      @Doc("Name of a component before this one: the score, such as a `number`.") String of,
      @Doc(RelevanceColumn.DOC) @Default("relevance") String relevance,
      @Doc(
              "Column with the score that a document which is not relevant should have, such as a teacher's; without it, 0.")
          Optional<String> target,
      @Doc("Distance between the least and the greatest score.") @Default("10") @Range(above = 0)
          double scoreRange,
      @Doc("Factor of the squared distance, as a share of the range.")
          @Default("0.5")
          @Range(min = 0)
          double distanceWeight,
      @Doc("What ranking an irrelevant document before a relevant one costs.")
          @Default("1")
          @Range(min = 0)
          double inversionPenalty,
      @Doc("What a score that cannot be read costs.") @Default("2") @Range(min = 0)
          double unreadablePenalty)
      implements Combination.QueryOptions {
    @Override
    public List<String> inputs() {
      return List.of(of);
    }
  }
}
