package io.hone.executor.reward.sql;

import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import org.apache.spark.sql.catalyst.analysis.Analyzer;
import org.apache.spark.sql.catalyst.analysis.EmptyTableFunctionRegistry$;
import org.apache.spark.sql.catalyst.analysis.RelationCache$;
import org.apache.spark.sql.catalyst.catalog.InMemoryCatalog;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connector.catalog.CatalogManager;
import scala.Option;

/**
 * What someone wrote in place of a query in Spark SQL (not ANSI, times in UTC). Of any text one can
 * be made.
 */
public final class SqlStatement {
  private static final int MOST_CHARACTERS = 10_000;
  private static final int MOST_COMMENTS = 20;
  private static final int MOST_TOKENS = 1_500;
  private static final int MOST_DEPTH = 40;

  private final String text;
  private final SqlTokens tokens;
  private final boolean tooLong;

  /** The statement of a text. */
  public SqlStatement(String text) {
    this.text = text;
    boolean readable =
        text.length() <= MOST_CHARACTERS
            && text.split("/\\*", MOST_COMMENTS + 2).length <= MOST_COMMENTS;
    this.tokens = SqlTokens.of(readable ? text : "");
    this.tooLong = !readable || tokens.texts().size() > MOST_TOKENS || tokens.depth() > MOST_DEPTH;
  }

  /** Runs it. */
  public QueryOutcome run(SqlTables tables, long maximumSteps) {
    return Dialect.within(() -> outcome(tables, maximumSteps));
  }

  /**
   * The tables and columns it names, whether they are there or not; empty if it is no statement of
   * Spark SQL.
   *
   * @param tables whose names count even where the statement gives the same to something else
   */
  public Set<String> schemaItems(SqlTables tables) {
    return Dialect.within(
        () -> {
          try {
            return SchemaItems.of(parsed(), tables);
          } catch (QueryEnd end) {
            return Set.of();
          }
        });
  }

  /** Pairs of words and signs that follow each other, without comments, each as often as it is. */
  public List<String> bigrams() {
    return tooLong ? List.of() : tokens.bigrams();
  }

  private QueryOutcome outcome(SqlTables tables, long maximumSteps) {
    try {
      Steps steps = Steps.begin(maximumSteps); // analysis evaluates some constants
      LogicalPlan analysed = analysed(Permitted.of(parsed()), tables);
      Relation relation = Interpreter.run(analysed, steps);
      return new QueryOutcome.Rows(ResultRows.counts(relation));
    } catch (QueryEnd end) {
      return end.outcome();
    } catch (Exception e) { // Spark's are checked, and declared nowhere
      if (isMistake(e)) {
        return new QueryOutcome.Wrong(firstLine(e.getMessage()));
      }
      throw unexpected(e);
    }
  }

  private LogicalPlan parsed() {
    if (tooLong) {
      throw QueryEnd.stopped(
          "the query has more than %d characters, %d tokens, %d comments or %d levels"
              .formatted(MOST_CHARACTERS, MOST_TOKENS, MOST_COMMENTS, MOST_DEPTH));
    }
    if (tokens.readsClock()) {
      throw QueryEnd.unsupported("a literal that depends on the date");
    }
    try {
      return CatalystSqlParser$.MODULE$.parsePlan(text);
    } catch (Exception e) { // Spark's are checked, and declared nowhere
      if (e instanceof SparkThrowable) {
        throw QueryEnd.wrong(firstLine(e.getMessage()));
      }
      throw unexpected(e);
    }
  }

  private static LogicalPlan analysed(LogicalPlan plan, SqlTables tables) {
    SessionCatalog session =
        new SessionCatalog(
            new InMemoryCatalog(new SparkConf(false), new Configuration(false)),
            Functions.REGISTRY,
            EmptyTableFunctionRegistry$.MODULE$,
            Dialect.CONFIGURATION);
    Analyzer analyzer =
        new Analyzer(
            new CatalogManager(new RowCatalog(tables.byName()), session),
            RelationCache$.MODULE$.empty());
    return analyzer.executeAndCheck(plan, new QueryPlanningTracker(Option.empty()));
  }

  private static boolean isMistake(Exception thrown) {
    return thrown instanceof SparkThrowable fault
        && fault.getCondition() != null
        && !fault.isInternalError();
  }

  private static RuntimeException unexpected(Exception thrown) {
    return thrown instanceof RuntimeException failure ? failure : new IllegalStateException(thrown);
  }

  private static String firstLine(String message) {
    return message
        .lines()
        .filter(line -> !line.isBlank())
        .findFirst()
        .orElse("it cannot be analysed");
  }
}
