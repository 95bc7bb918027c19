package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import io.hone.executor.reward.answer.Items;
import io.hone.executor.reward.metric.Ranking;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How good the order is in which a completion puts documents. */
final class RankingScorer implements Scorer {
  /** Beyond it, 2 to the power of a grade says nothing any more. */
  private static final double MOST_GRADE = 100;

  private final AnswerPattern pattern;
  private final Options options;

  RankingScorer(Options options) {
    this.pattern = AnswerPattern.compile(options.pattern());
    this.options = options;
  }

  @Override
  public Score score(Sample sample) {
    Map<String, Double> grades = grades(sample);
    Optional<List<String>> candidates = options.candidates().map(name -> texts(sample, name));
    double[] all = values(grades.values());
    if (grades.values().stream().noneMatch(grade -> grade > 0)) {
      throw new UnscorableException(
          "column '" + options.reference() + "' has no relevant document to rank");
    }
    Optional<List<String>> answer =
        pattern.find(sample).map(text -> Items.of(text, options.separator()));
    if (answer.isEmpty() || answer.get().isEmpty()) {
      return Score.noAnswer();
    }
    List<String> ranked = answer.get().stream().map(RankingScorer::bare).toList();
    Set<String> seen = new HashSet<>(ranked);
    if (seen.size() < ranked.size()
        || candidates.isPresent() && !new HashSet<>(candidates.get()).containsAll(ranked)) {
      return Score.of(0);
    }
    List<String> order = new ArrayList<>(ranked);
    candidates.ifPresent(ids -> ids.stream().filter(id -> !seen.contains(id)).forEach(order::add));
    double missing = (double) (order.size() - ranked.size()) / order.size();
    double[] found = order.stream().mapToDouble(id -> grades.getOrDefault(id, 0.0)).toArray();
    int k = options.k().orElse(Integer.MAX_VALUE);
    double value = options.measure().of(found, all, k);
    return Score.of(value * (1 - options.missingPenalty() * missing));
  }

  /** [3] is the document 3. */
  private static String bare(String item) {
    return item.length() > 2 && item.startsWith("[") && item.endsWith("]")
        ? item.substring(1, item.length() - 1).strip()
        : item;
  }

  private Map<String, Double> grades(Sample sample) {
    String column = options.reference();
    if (!(sample.columns().get(column) instanceof Map<?, ?> map)) {
      Map<String, Double> relevant = new LinkedHashMap<>();
      texts(sample, column).forEach(id -> relevant.put(id, 1.0));
      return relevant;
    }
    Map<String, Double> grades = new LinkedHashMap<>();
    map.forEach(
        (id, grade) -> {
          if (!(grade instanceof Number number)
              || !(number.doubleValue() >= 0 && number.doubleValue() <= MOST_GRADE)) {
            throw new UnscorableException(
                "column '%s' grades document '%s' with %s (expected a number from 0 to 100)"
                    .formatted(column, id, grade));
          }
          grades.put(String.valueOf(id), number.doubleValue());
        });
    return grades;
  }

  private static List<String> texts(Sample sample, String column) {
    return new ReferenceColumn(column).texts(sample);
  }

  private static double[] values(Collection<Double> grades) {
    return grades.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Doc(
      "How good the order is in which the completion puts documents, from 0 to 1. Documents are separated,"
          + " with or without brackets, such as `[2] > [1]`, or a JSON array. One that is there twice, or is"
          + " no candidate, makes the value 0; no answer found is 0 with confidence 0; a row without a"
          + " relevant document has no score.")
  record Options(
      @Doc(
              "Column with the relevant documents: a list, or a map from document to grade, of which the gain"
                  + " of nDCG is 2^grade - 1.")
          @Default("relevant")
          String reference,
      @Doc(
              "Column with the list of documents to rank. Those that the completion leaves out follow in the"
                  + " order of this list.")
          Optional<String> candidates,
      @Doc(AnswerPattern.DOC) Optional<String> pattern,
      @Doc("What stands between documents.") @Default(">") String separator,
      @Doc("What the value is.") @Default("ndcg") Measure measure,
      @Doc("How many of the first documents count; without it, all.") @Range(min = 1)
          Optional<Integer> k,
      @Doc(
              "Share of the value that leaving out all candidates costs; fewer cost less, in proportion.")
          @Default("0")
          @Range(min = 0, max = 1)
          double missingPenalty)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
      if (separator.isEmpty()) {
        problems.add("separator", "is empty (expected what stands between documents, such as '>')");
      }
      if (candidates.isEmpty() && missingPenalty > 0) {
        problems.add("missing-penalty", "has no effect without candidates");
      }
    }
  }

  /** What an order is worth. */
  enum Measure {
    @Doc("normalised discounted cumulative gain")
    NDCG,
    @Doc("one over the rank of the first relevant document")
    MRR,
    @Doc("the share of the documents there that is relevant")
    PRECISION,
    @Doc("the share of the relevant documents that is there")
    RECALL,
    @Doc("average precision, whose mean over prompts is MAP")
    MAP;

    /**
     * From 0 to 1.
     *
     * @param ranked grades in the order to judge
     * @param all grades of all documents
     */
    double of(double[] ranked, double[] all, int k) {
      return switch (this) {
        case NDCG -> Ranking.ndcg(ranked, all, k);
        case MRR -> Ranking.reciprocalRank(ranked, k);
        case PRECISION -> Ranking.precision(ranked, k);
        case RECALL -> Ranking.recall(ranked, all, k);
        case MAP -> Ranking.averagePrecision(ranked, all, k);
      };
    }
  }
}
