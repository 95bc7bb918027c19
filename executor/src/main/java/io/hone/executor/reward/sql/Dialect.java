package io.hone.executor.reward.sql;

import java.util.function.Supplier;
import org.apache.spark.sql.internal.SQLConf;

/** Which SQL is meant: Spark's, not ANSI, with times in UTC, whatever the job around has set. */
final class Dialect {
  static final SQLConf CONFIGURATION = configuration();

  private Dialect() {}

  static <T> T within(Supplier<T> work) {
    return DeepStack.call(() -> SQLConf.withExistingConf(CONFIGURATION, work::get));
  }

  private static SQLConf configuration() {
    SQLConf configuration = new SQLConf();
    configuration.setConfString("spark.sql.ansi.enabled", "false");
    configuration.setConfString("spark.sql.session.timeZone", "UTC");
    configuration.setConfString("spark.sql.legacy.timeParserPolicy", "CORRECTED");
    // What is not permitted must not be evaluated by the parser.
    configuration.setConfString("spark.sql.parser.eagerEvalOfUnresolvedInlineTable", "false");
    return configuration;
  }
}
