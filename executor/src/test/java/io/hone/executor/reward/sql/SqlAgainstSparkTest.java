package io.hone.executor.reward.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Queries give what Spark itself gives for them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlAgainstSparkTest {
  private static final int RANDOM_QUERIES = 100;
  private static final long STEPS = 2_000_000;

  private final SqlTables tables = SqlTables.of(Company.tables());
  private SparkSession spark;

  @BeforeAll
  void start() {
    spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.sql.ansi.enabled", false)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", 1)
            .config("spark.sql.codegen.wholeStage", false)
            .config("spark.sql.adaptive.enabled", false)
            .getOrCreate();
    StructType people =
        StructType.fromDDL("id BIGINT, name STRING, dept BIGINT, pay DOUBLE, boss BIGINT");
    List<Row> rows = new ArrayList<>();
    for (Map<String, Object> person : Company.people()) {
      Object[] values =
          person.values().stream()
              .map(value -> value instanceof Integer number ? (Object) number.longValue() : value)
              .toArray();
      rows.add(RowFactory.create(values));
    }
    spark.createDataFrame(rows, people).createOrReplaceTempView("emp");
    List<Row> departments =
        Company.departments().stream().map(row -> RowFactory.create(row.toArray())).toList();
    spark
        .createDataFrame(departments, StructType.fromDDL("id INT, title STRING, day STRING"))
        .selectExpr("id", "title", "to_date(day) AS since")
        .createOrReplaceTempView("dept");
  }

  @AfterAll
  void stop() {
    spark.stop();
  }

  @ParameterizedTest
  @MethodSource({"queries", "randomQueries"})
  void givesTheRowsThatSparkGives(String query) {
    assertThat(new SqlStatement(query).run(tables, STEPS)).isEqualTo(ofSpark(query));
  }

  private QueryOutcome ofSpark(String query) {
    Dataset<Row> result = spark.sql(query);
    SparkPlan plan = result.queryExecution().executedPlan();
    List<InternalRow> rows = new ArrayList<>();
    for (InternalRow row : plan.executeCollect()) {
      Object[] values =
          IntStream.range(0, row.numFields())
              .mapToObj(column -> row.get(column, plan.schema().fields()[column].dataType()))
              .toArray();
      rows.add(new GenericInternalRow(values));
    }
    Relation relation = new Relation(new ArrayList<>(ScalaLists.java(plan.output())), rows);
    return Dialect.within(() -> new QueryOutcome.Rows(ResultRows.counts(relation)));
  }

  static Stream<String> queries() {
    return Stream.of(
        "SELECT name FROM emp WHERE pay > 15",
        "SELECT d.title, count(*) c, avg(pay) FROM emp e JOIN dept d ON e.dept = d.id GROUP BY d.title"
            + " HAVING count(*) > 1 ORDER BY c DESC",
        "SELECT d.title, count(e.id) FROM dept d LEFT JOIN emp e ON e.dept = d.id GROUP BY d.title",
        "SELECT name FROM emp WHERE dept IN (SELECT id FROM dept WHERE title = 'Ops')",
        "SELECT name FROM emp WHERE dept NOT IN (SELECT id FROM dept WHERE title = 'Ops')",
        "SELECT name FROM emp WHERE id NOT IN (SELECT boss FROM emp)",
        "SELECT name FROM emp WHERE id NOT IN (SELECT boss FROM emp WHERE boss IS NOT NULL)",
        "SELECT name FROM emp WHERE boss NOT IN (SELECT id FROM emp WHERE 1 = 0)",
        "SELECT name, dept IN (SELECT id FROM dept WHERE id > 1) FROM emp WHERE dept IS NOT NULL",
        "SELECT name FROM emp e WHERE EXISTS (SELECT 1 FROM emp b WHERE b.boss = e.id)",
        "SELECT name FROM emp e WHERE NOT EXISTS (SELECT 1 FROM emp b WHERE b.boss = e.id AND b.pay > 20)",
        "SELECT name FROM emp e WHERE pay = (SELECT max(pay) FROM emp b WHERE b.dept = e.dept)",
        "SELECT name, (SELECT count(*) FROM emp b WHERE b.boss = e.id) n FROM emp e",
        "SELECT name FROM emp WHERE (dept, boss) IN (SELECT dept, boss FROM emp WHERE id < 3)",
        "SELECT max(pay) FROM emp WHERE pay > (SELECT avg(pay) FROM emp)",
        "SELECT dept FROM emp GROUP BY dept HAVING sum(pay) > (SELECT avg(pay) FROM emp)",
        "SELECT count(DISTINCT dept), count(DISTINCT dept, pay), sum(DISTINCT pay), min(name), stddev(pay) FROM emp",
        "SELECT count(*) FILTER (WHERE pay > 15), bool_or(pay > 15), every(pay > 5), count_if(pay > 15),"
            + " max_by(name, pay), var_pop(pay), mean(id) FROM emp",
        "SELECT sum(pay), count(*), max(name) FROM emp WHERE 1 = 0",
        "SELECT dept, sum(pay) FROM emp WHERE 1 = 0 GROUP BY dept",
        "SELECT DISTINCT dept, pay FROM emp",
        "SELECT id FROM emp UNION SELECT id FROM dept",
        "SELECT id FROM emp UNION ALL SELECT id FROM dept",
        "SELECT dept FROM emp INTERSECT SELECT id FROM dept",
        "SELECT dept FROM emp INTERSECT ALL SELECT id FROM dept",
        "SELECT dept FROM emp EXCEPT SELECT id FROM dept",
        "SELECT dept FROM emp EXCEPT ALL SELECT id FROM dept",
        "WITH x AS (SELECT dept, sum(pay) s FROM emp GROUP BY dept) SELECT * FROM x a JOIN x b ON a.s < b.s",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r",
        "WITH RECURSIVE r AS (SELECT id, name, 0 AS level FROM emp WHERE boss IS NULL UNION ALL"
            + " SELECT e.id, e.name, level + 1 FROM emp e JOIN r ON e.boss = r.id) SELECT * FROM r",
        "SELECT name, rank() OVER (PARTITION BY dept ORDER BY pay DESC), dense_rank() OVER (ORDER BY pay) FROM emp",
        "SELECT name, lag(name) OVER (ORDER BY id), lead(pay, 2, 0.0) OVER (ORDER BY id DESC) FROM emp",
        "SELECT id, sum(pay) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW),"
            + " avg(pay) OVER (ORDER BY id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) FROM emp",
        "SELECT id, sum(id) OVER (ORDER BY pay), count(*) OVER (ORDER BY pay DESC), min(name) OVER () FROM emp",
        "SELECT id, ntile(2) OVER (ORDER BY id), percent_rank() OVER (ORDER BY pay), cume_dist() OVER (ORDER BY pay),"
            + " row_number() OVER (PARTITION BY dept ORDER BY id) FROM emp",
        "SELECT id, sum(id) OVER (ORDER BY id ROWS BETWEEN 2147483647 FOLLOWING AND UNBOUNDED FOLLOWING),"
            + " count(*) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND 2 PRECEDING) FROM emp",
        "SELECT name, pay / sum(pay) OVER (PARTITION BY dept) FROM emp",
        "SELECT name FROM (SELECT name, row_number() OVER (ORDER BY pay DESC NULLS LAST, id) r FROM emp) WHERE r = 2",
        "SELECT name FROM emp WHERE name LIKE '%n%' AND pay BETWEEN 1 AND 100",
        "SELECT name, name LIKE '_i', name LIKE 'E%e', name NOT LIKE '%', name ILIKE 'a%', 'a%c' LIKE 'a\\%c' FROM emp",
        "SELECT CASE WHEN pay > 15 THEN 'rich' ELSE 'poor' END k, count(*) FROM emp GROUP BY k",
        "SELECT CASE dept WHEN 1 THEN 'one' WHEN 2 THEN 'two' END FROM emp",
        "SELECT title, year(since), month(since), since FROM dept WHERE since >= '2020-06-01' OR since IS NULL",
        "SELECT extract(year FROM since), date_add(since, 1), datediff(since, '2020-01-01'),"
            + " date_format(since, 'yyyy-MM'), add_months(since, 1), dayofweek(since) FROM dept",
        "SELECT e.name, b.name FROM emp e LEFT JOIN emp b ON e.boss = b.id ORDER BY e.name LIMIT 2 OFFSET 1",
        "SELECT * FROM emp a FULL OUTER JOIN dept b ON a.dept = b.id AND a.pay > 15",
        "SELECT * FROM emp a RIGHT JOIN dept b ON a.dept = b.id",
        "SELECT a.id FROM emp a LEFT SEMI JOIN dept b ON a.dept = b.id",
        "SELECT a.id FROM emp a LEFT ANTI JOIN dept b ON a.dept = b.id AND b.id = 1",
        "SELECT * FROM emp, dept WHERE emp.dept = dept.id AND title = 'Ops'",
        "SELECT * FROM emp CROSS JOIN dept WHERE emp.id > dept.id",
        "SELECT name FROM emp NATURAL JOIN dept",
        "SELECT a.name, d.title FROM emp a JOIN dept d USING (id)",
        "SELECT a.id, b.id FROM emp a JOIN emp b ON a.pay <=> b.pay AND a.id < b.id",
        "SELECT upper(name) || '!', replace(name, 'n', 'xx'), substr(name, 2, 1), coalesce(pay, 0), nullif(pay, 20),"
            + " round(pay / 3, 2), length(name), instr(name, 'n'), trim('  a '), left(name, 2) FROM emp",
        "SELECT position('n' IN name), position('y', name), instr(name, ''), contains(name, 'i'), trim(name) FROM emp",
        "SELECT if(pay > 15, 1, 0), pay IS NOT NULL, NOT pay > 15, dept IN (1, 3), dept <=> NULL, -pay, abs(-id) FROM emp",
        "SELECT 1 / 0, CAST('x' AS INT), CAST('12' AS INT), 5 % 3, 7 DIV 2, 0.1 + 0.2, 1e3, 2 * 3.50, true AND NULL",
        "SELECT dept, count(*) FROM emp GROUP BY ROLLUP(dept)",
        "SELECT dept, pay, grouping_id(), count(*) FROM emp GROUP BY CUBE(dept, pay)",
        "SELECT dept, pay, sum(id) FROM emp GROUP BY GROUPING SETS ((dept), (pay), ())",
        "SELECT x, y FROM (VALUES (1, 'a'), (2, 'b')) t(x, y)",
        "SELECT avg(x.c) FROM (SELECT count(*) c FROM emp GROUP BY dept) x",
        "SELECT id, (SELECT b.title FROM dept b WHERE b.id = e.dept AND b.id IN (SELECT dept FROM emp)) FROM emp e",
        "SELECT `name` FROM `emp` WHERE \"Ann\" = name -- who\n;",
        "SELECT 1 AS x, x + 1 AS y",
        "SELECT dept + 1 AS d, count(*) FROM emp GROUP BY 1 ORDER BY 2, 1");
  }

  /** Queries that nobody thought of. */
  static Stream<String> randomQueries() {
    Random random = new Random(11);
    return Stream.generate(() -> query(random)).limit(RANDOM_QUERIES);
  }

  private static String query(Random random) {
    String from =
        pick(
            random,
            "emp e JOIN dept d ON e.dept = d.id",
            "emp e LEFT JOIN dept d ON e.dept = d.id",
            "emp e RIGHT JOIN dept d ON e.dept = d.id",
            "emp e FULL JOIN dept d ON e.dept = d.id AND " + condition(random, 1),
            "emp e, dept d",
            "(SELECT * FROM emp WHERE pay > 10) e CROSS JOIN dept d");
    String where = random.nextBoolean() ? " WHERE " + condition(random, 2) : "";
    if (random.nextBoolean()) {
      String key = pick(random, "d.title", "e.dept", "e.pay > 15", "d.id % 2");
      String having = random.nextBoolean() ? " HAVING count(*) " + comparison(random) + " 2" : "";
      return "SELECT %s, %s, %s FROM %s%s GROUP BY %s%s"
          .formatted(key, aggregate(random), aggregate(random), from, where, key, having);
    }
    return "SELECT %s%s, %s FROM %s%s"
        .formatted(
            pick(random, "", "", "DISTINCT "), value(random, 2), value(random, 1), from, where);
  }

  private static String aggregate(Random random) {
    String function = pick(random, "sum", "count", "avg", "min", "max");
    return "%s(%s%s)".formatted(function, pick(random, "", "DISTINCT "), value(random, 1));
  }

  private static String value(Random random, int depth) {
    if (depth == 0) {
      return pick(random, "e.id", "e.pay", "e.dept", "d.id", "e.boss", "3", "0.5", "NULL");
    }
    return switch (random.nextInt(6)) {
      case 0 -> "coalesce(%s, %s)".formatted(value(random, depth - 1), value(random, depth - 1));
      case 1 ->
          "CASE WHEN %s THEN %s ELSE %s END"
              .formatted(condition(random, depth - 1), value(random, depth - 1), value(random, 0));
      case 2 -> "(SELECT max(x.pay) FROM emp x WHERE x.dept = e.dept)";
      default ->
          "(%s %s %s)"
              .formatted(
                  value(random, depth - 1),
                  pick(random, "+", "-", "*", "/", "%"),
                  value(random, 0));
    };
  }

  private static String condition(Random random, int depth) {
    if (depth == 0) {
      return pick(
          random,
          "e.pay " + comparison(random) + " 20",
          "d.title LIKE '%e%'",
          "e.name IN ('Ann', 'Eve')",
          "e.boss IS NULL",
          "d.since < '2021-01-01'",
          "e.id " + comparison(random) + " d.id");
    }
    return switch (random.nextInt(5)) {
      case 0 -> "NOT (" + condition(random, depth - 1) + ")";
      case 1 -> "%s BETWEEN 1 AND %s".formatted(value(random, 0), value(random, 0));
      default ->
          "(%s %s %s)"
              .formatted(
                  condition(random, depth - 1),
                  pick(random, "AND", "OR"),
                  condition(random, depth - 1));
    };
  }

  private static String comparison(Random random) {
    return pick(random, "=", "<", ">=", "<>", "<=>");
  }

  private static String pick(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
