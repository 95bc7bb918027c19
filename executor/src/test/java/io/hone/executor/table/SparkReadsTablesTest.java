package io.hone.executor.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts are rows that anyone can query. */
class SparkReadsTablesTest {
  private static final List<RolloutRow> ROWS = TableRows.rollouts(40, 20, 1);

  @TempDir static java.nio.file.Path directory;
  private static SparkSession spark;

  @BeforeAll
  static void writeAndOpen() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.warehouse.dir", directory.resolve("warehouse").toString())
            .getOrCreate();
    TableFile file =
        Tables.ROLLOUTS.write(
            new Path(directory.toUri()), new TaskOutput(1, 0, 0), ROWS, new Configuration(false));
    spark.read().parquet(file.path()).createOrReplaceTempView("rollouts");
  }

  @AfterAll
  static void close() {
    spark.stop();
  }

  @Test
  void columnsHaveTheTypesOfTheirComponents() {
    assertThat(spark.table("rollouts").schema().toDDL())
        .contains("step INT")
        .contains("prompt_id STRING")
        .contains("weights_fingerprint BIGINT")
        .contains("token_ids ARRAY<INT>")
        .contains("logprobs ARRAY<FLOAT>")
        .contains("reward DOUBLE")
        .contains("status STRING")
        .contains(
            "components MAP<STRING, STRUCT<value: DOUBLE, confidence: DOUBLE, valid: BOOLEAN, reason:"
                + " STRING, weight: DOUBLE, variance_share: DOUBLE>>")
        .contains("timings STRUCT<executor: STRING");
  }

  @Test
  void componentsCanBeQueried() {
    Dataset<Row> valid =
        spark.sql(
            "select sum(components['zeta'].value) as total, count(*) as scored from rollouts"
                + " where components['zeta'].valid");

    double total =
        ROWS.stream()
            .filter(row -> row.components().containsKey("zeta"))
            .filter(row -> row.components().get("zeta").valid())
            .mapToDouble(row -> row.components().get("zeta").value())
            // One after the other, as Spark adds them up; sum() would compensate for rounding.
            .reduce(0, Double::sum);
    assertThat(valid.first().getDouble(0)).isEqualTo(total);
    assertThat(
            spark
                .sql("select components['alpha'].reason from rollouts where sample_index = 1")
                .first()
                .getString(0))
        .isEqualTo("no number found: \u00e9");
  }

  @Test
  void tokensAndAbsentValuesComeThrough() {
    List<Row> rows =
        spark
            .sql("select token_ids, old_logprobs, reward, status, seed from rollouts")
            .collectAsList();

    for (int i = 0; i < ROWS.size(); i++) {
      RolloutRow expected = ROWS.get(i);
      Row row = rows.get(i);
      int[] ids = row.<Integer>getList(0).stream().mapToInt(id -> id).toArray();
      assertThat(ids).isEqualTo(expected.tokenIds());
      assertThat(row.isNullAt(1)).isEqualTo(expected.oldLogprobs() == null);
      assertThat(row.isNullAt(2) ? null : row.getDouble(2)).isEqualTo(expected.reward());
      assertThat(row.getString(3)).isEqualToIgnoringCase(expected.status().name());
      assertThat(row.getLong(4)).isEqualTo(expected.seed());
    }
  }
}
