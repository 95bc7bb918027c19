package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How good the order is into which the scores of single documents put those of a query. */
final class QueryRanking implements Combination {
  private final Options options;
  private final RelevanceColumn relevance;

  QueryRanking(Options options) {
    this.options = options;
    this.relevance = new RelevanceColumn(options.relevance());
  }

  @Override
  public List<List<Score>> scoreQuery(List<List<Scored>> query) {
    int orders = query.stream().mapToInt(List::size).max().orElse(0);
    List<Score> values = new ArrayList<>();
    for (int sample = 0; sample < orders; sample++) {
      values.add(order(query, sample));
    }
    return query.stream().map(group -> values.subList(0, group.size())).toList();
  }

  /** The order that the completions with this place in their groups make. */
  private Score order(List<List<Scored>> query, int sample) {
    record Document(double grade, Optional<Double> score) {}
    List<Document> documents = new ArrayList<>();
    for (List<Scored> group : query) {
      if (sample >= group.size()) {
        return Score.invalid("completion " + sample + " of another document is missing");
      }
      Scored member = group.get(sample);
      Score score = member.score(options.of());
      if (!score.valid()) {
        return Combination.missing(options.of(), score);
      }
      documents.add(
          new Document(
              relevance.grade(member.sample()),
              score.hasAnswer() ? Optional.of(score.value()) : Optional.empty()));
    }
    double[] all = documents.stream().mapToDouble(Document::grade).toArray();
    if (documents.stream().noneMatch(document -> document.grade() > 0)) {
      return Score.invalid(
          "column '" + options.relevance() + "': the query has no relevant document");
    }
    Comparator<Document> byScore =
        Comparator.comparingDouble(document -> -document.score().orElse(Double.NEGATIVE_INFINITY));
    double[] ranked =
        documents.stream()
            .sorted(byScore.thenComparingDouble(Document::grade))
            .mapToDouble(Document::grade)
            .toArray();
    return Score.of(options.measure().of(ranked, all, options.k().orElse(Integer.MAX_VALUE)));
  }

  @Doc(
      "How good the order is, from 0 to 1, into which the scores of single documents put those of a query. The first"
          + " completions for each document make one order, the second ones another, and each is worth what its order is."
          + " Of equal scores the least relevant document comes first, so that a scorer that says the same of all has no"
          + " advantage; documents whose score cannot be read come last. An order that lacks a document's score, because it"
          + " is invalid, has none.")
  record Options(
      @Doc("Name of a component before this one: the score, such as a `number`.") String of,
      @Doc(RelevanceColumn.DOC) @Default("relevance") String relevance,
      @Doc("What the value is.") @Default("ndcg") RankingScorer.Measure measure,
      @Doc("How many of the first documents count; without it, all.") @Range(min = 1)
          Optional<Integer> k)
      implements Combination.QueryOptions {
    @Override
    public List<String> inputs() {
      return List.of(of);
    }
  }
}
