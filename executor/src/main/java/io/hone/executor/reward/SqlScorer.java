package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import io.hone.executor.reward.answer.Overlap;
import io.hone.executor.reward.sql.QueryOutcome;
import io.hone.executor.reward.sql.SqlStatement;
import io.hone.executor.reward.sql.SqlTables;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * How good a query in SQL is, by one of the partial rewards of Reasoning-SQL (Pourreza et al.
 * 2025): what it gives, whether it runs, which tables and columns it names, and how it is written.
 */
final class SqlScorer implements Scorer {
  private final AnswerPattern pattern;
  private final Options options;
  private final ReferenceColumn reference;

  SqlScorer(Options options) {
    this.pattern = AnswerPattern.compile(options.pattern());
    this.options = options;
    this.reference = new ReferenceColumn(options.reference());
  }

  @Override
  public Score score(Sample sample) {
    Optional<SqlStatement> written =
        pattern
            .find(sample)
            .map(text -> Fence.last(text).orElse(text))
            .filter(text -> !text.isBlank())
            .map(SqlStatement::new);
    Measured measured = measured(sample);
    return written.isEmpty() ? Score.noAnswer() : measured.score(written.get());
  }

  /** Everything of the row is looked at first, so that its faults do not depend on the answer. */
  private Measured measured(Sample sample) {
    return switch (options.measure()) {
      case EXECUTION -> {
        SqlTables tables = tables(sample);
        List<QueryOutcome.Rows> expected =
            references(sample).stream().map(query -> rows(query, tables)).toList();
        yield query -> execution(query.run(tables, options.maximumSteps()), expected);
      }
      case SYNTAX -> {
        SqlTables tables = tables(sample);
        yield query -> syntax(query.run(tables, options.maximumSteps()));
      }
      case SCHEMA -> {
        SqlTables tables = tables(sample);
        List<? extends Collection<String>> expected =
            references(sample).stream().map(query -> query.schemaItems(tables)).toList();
        yield query -> closest(query.schemaItems(tables), expected);
      }
      case NGRAMS -> {
        List<? extends Collection<String>> expected =
            references(sample).stream().map(SqlStatement::bigrams).toList();
        yield query -> closest(query.bigrams(), expected);
      }
    };
  }

  /** Scores what a completion says. */
  @FunctionalInterface
  private interface Measured {
    Score score(SqlStatement written);
  }

  private List<SqlStatement> references(Sample sample) {
    return reference.nonBlankTexts(sample).stream().map(SqlStatement::new).toList();
  }

  private SqlTables tables(Sample sample) {
    Object value = sample.columns().get(options.tables());
    try {
      return SqlTables.of(value);
    } catch (IllegalArgumentException e) {
      throw new UnscorableException(
          "column '%s' holds no tables: %s".formatted(options.tables(), e.getMessage()));
    }
  }

  private QueryOutcome.Rows rows(SqlStatement expected, SqlTables tables) {
    QueryOutcome outcome = expected.run(tables, options.maximumSteps());
    if (outcome instanceof QueryOutcome.Rows rows) {
      return rows;
    }
    throw new UnscorableException(
        "the query in column '%s' has no result: %s"
            .formatted(options.reference(), outcome.reason()));
  }

  private static Score execution(QueryOutcome outcome, List<QueryOutcome.Rows> expected) {
    return score(
        outcome,
        outcome instanceof QueryOutcome.Rows rows
            && !rows.counts().isEmpty()
            && expected.contains(rows));
  }

  private static Score syntax(QueryOutcome outcome) {
    return score(outcome, !(outcome instanceof QueryOutcome.Wrong));
  }

  /** What is not run here is neither good nor bad. */
  private static Score score(QueryOutcome outcome, boolean good) {
    return outcome instanceof QueryOutcome.Unsupported unsupported
        ? Score.invalid(unsupported.reason())
        : Score.of(good ? 1 : 0);
  }

  /** The Jaccard index of what was found and the most similar of what is expected. */
  private static Score closest(
      Collection<String> found, List<? extends Collection<String>> expected) {
    List<String> items = found.stream().distinct().toList();
    return Score.of(
        expected.stream()
            .map(wanted -> Overlap.ofMultisets(items, wanted.stream().distinct().toList()))
            .mapToDouble(Overlap::jaccard)
            .max()
            .orElseThrow());
  }

  @Doc(
      "How good the query in the completion is, in Spark SQL over tables that come with the row; of a text with fences"
          + " of three backquotes, what stands between the last two is the query. Queries run in the task, only read, and"
          + " are stopped after their steps, so that a score is the same everywhere; numbers are compared to ten digits."
          + " A query that may be right but uses what is not run here, such as regular expressions, gives no score, and"
          + " neither does a row whose own query fails.")
  record Options(
      @Doc("What is measured.") @Default("execution") Measure measure,
      @Doc(
              "Column with the tables: an object, or its JSON, with a table under each name. A table is a list of objects,"
                  + " or an object of `columns`, such as `id INT, name STRING`, and `rows`, a list of lists.")
          @Default("tables")
          String tables,
      @Doc("Column with the right query, or with a list of them, of which the best counts.")
          @Default("answer")
          String reference,
      @Doc(AnswerPattern.DOC) Optional<String> pattern,
      @Doc("Steps after which a query is stopped; one is about a node of an expression at one row.")
          @Default("2000000")
          @Range(min = 1)
          long maximumSteps)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
    }
  }

  /** What is measured. */
  enum Measure {
    @Doc("1 if it gives the rows of the reference, in any order, and any at all; else 0")
    EXECUTION,
    @Doc("1 if it is a query over these tables that does not fail, even if it is stopped; else 0")
    SYNTAX,
    @Doc("Jaccard index of the tables and columns that it and the reference name")
    SCHEMA,
    @Doc("Jaccard index of the pairs of neighbouring words and signs in it and the reference")
    NGRAMS
  }
}
