package io.hone.executor.reward.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStatementTest {
  private static final SqlTables TABLES = SqlTables.of(Company.tables());

  private static QueryOutcome run(String query) {
    return new SqlStatement(query).run(TABLES, 200_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELEC name",
        "SELECT name FROM nobody",
        "SELECT nothing FROM emp",
        "SELECT dept, name FROM emp GROUP BY dept",
        "SELECT id FROM emp, dept",
        "SELECT no_such_function(id) FROM emp",
        "SELECT name FROM emp WHERE id = (SELECT id FROM dept)",
        "SELECT id, name FROM emp UNION SELECT id FROM dept",
        "INSERT INTO emp VALUES (9, 'Joe', 1, 1.0, 1)",
        "INSERT OVERWRITE DIRECTORY 'elsewhere' SELECT 1",
        "CREATE TABLE x AS SELECT * FROM emp",
        "CREATE TEMPORARY VIEW x AS SELECT * FROM emp",
        "DROP TABLE emp",
        "DELETE FROM emp",
        "UPDATE emp SET pay = 1",
        "TRUNCATE TABLE emp",
        "MERGE INTO emp USING dept ON emp.id = dept.id WHEN MATCHED THEN DELETE",
        "ALTER TABLE emp ADD COLUMN x INT",
        "CACHE TABLE emp",
        "USE other",
        "SHOW TABLES",
        "EXPLAIN SELECT 1",
        "SET spark.sql.ansi.enabled = true",
        "SELECT 1; DROP TABLE emp",
        "SELECT * FROM parquet.`/etc/passwd`",
      })
  void whatIsNoQueryOverTheTablesIsWrong(String query) {
    assertThat(run(query)).isInstanceOf(QueryOutcome.Wrong.class);
    assertThat(run("SELECT id FROM emp"))
        .isEqualTo(run("SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT count(*) FROM emp a, emp b, emp c, emp d, emp e, emp f, emp g, emp h, emp i",
        "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT * FROM r",
        "WITH RECURSIVE r(n) AS (SELECT 'a' UNION ALL SELECT n || n FROM r) SELECT * FROM r",
        "WITH a AS (SELECT 1 x), b AS (SELECT a.x FROM a, a c), d AS (SELECT b.x FROM b, b c), e AS (SELECT d.x FROM"
            + " d, d c), f AS (SELECT e.x FROM e, e c), g AS (SELECT f.x FROM f, f c), h AS (SELECT g.x FROM g, g c),"
            + " i AS (SELECT h.x FROM h, h c) SELECT * FROM i, i j",
        "SELECT *, *, *, * FROM (SELECT *, *, *, * FROM (SELECT *, *, *, * FROM (SELECT * FROM emp)))",
        "SELECT count(*) FROM emp GROUP BY CUBE(id, name, dept, pay, boss, id + 1, id + 2, id + 3, id + 4)",
        "SELECT replace(replace(replace(replace(replace(replace('aaaaaaaa', 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa'),"
            + " 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa'), 'a', 'aaaaaaaa')",
      })
  void whatTakesTooMuchIsStopped(String query) {
    assertThat(run(query)).isInstanceOf(QueryOutcome.Stopped.class);
  }

  /** Texts of 32 kB, each in each, at every row: seconds for a row if nothing counted it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x LIKE '%' || y",
        "instr(x, y) > 0",
        "position(y IN x) > 0",
        "contains(x, y)",
        "replace(x, y, 'c') = 'c'",
        "lower(upper(x || a.name || b.name || c.name || d.name || e.name)) = y",
      })
  void goingThroughTextCounts(String condition) {
    StringBuilder query = new StringBuilder("WITH c0 AS (SELECT 'a' x)");
    for (int doubling = 1; doubling < 16; doubling++) {
      query.append(", c%d AS (SELECT x || x AS x FROM c%d)".formatted(doubling, doubling - 1));
    }
    query.append(
        " SELECT count(*) FROM (SELECT x, substr(x, 1, 16000) || 'b' AS y FROM c15), emp a, emp b, emp c, emp d, emp e"
            + " WHERE ");
    assertThat(new SqlStatement(query + condition).run(TABLES, 2_000_000))
        .isInstanceOf(QueryOutcome.Stopped.class);
  }

  @Test
  void sortingCounts() {
    String key = "a.id + ".repeat(250) + "1";
    assertThat(run("SELECT a.id FROM emp a, emp b, emp c, emp d ORDER BY a.id"))
        .isInstanceOf(QueryOutcome.Rows.class);
    assertThat(run("SELECT a.id FROM emp a, emp b, emp c, emp d ORDER BY " + key))
        .isInstanceOf(QueryOutcome.Stopped.class);
  }

  @Test
  void textsWithoutBoundsAreNotRead() {
    for (String part : List.of("(", "/*", "NOT ", "- ", "1 + ", "CASE WHEN ", "x.", "a, ", "`")) {
      assertThat(run("SELECT " + part.repeat(9_999 / part.length())))
          .as(part)
          .isInstanceOfAny(QueryOutcome.Stopped.class, QueryOutcome.Wrong.class);
    }
    assertThat(run("SELECT '" + "a".repeat(1 << 20) + "'"))
        .isInstanceOf(QueryOutcome.Stopped.class);
    assertThat(run("SELECT " + "1 + ".repeat(600) + "1"))
        .as("does not depend on the stack of the caller")
        .isEqualTo(run("SELECT 601"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT rand()",
        "SELECT current_date",
        "SELECT current_timestamp()",
        "SELECT now()",
        "SELECT DATE 'today'",
        "SELECT TIMESTAMP \" NOW \"",
        "SELECT current_user",
        "SELECT uuid()",
        "SELECT reflect('java.lang.System', 'exit', '0')",
        "SELECT * FROM VALUES (reflect('java.lang.System', 'exit', '0'))",
        "SELECT id FROM emp LIMIT length(repeat('a', 1000000000))",
        "SELECT name FROM emp WHERE name RLIKE '(a+)+$'",
        "SELECT explode(sequence(1, 1000000000))",
        "SELECT * FROM range(1000000000)",
        "SELECT transform(array(1), x -> x)",
        "SELECT * FROM emp TABLESAMPLE (50 PERCENT)",
        "SELECT name FROM emp ORDER BY (SELECT 1)",
        "SELECT trim(BOTH 'x' FROM name) FROM emp",
        "SELECT ltrim('x', name) FROM emp",
        "SELECT name FROM emp ORDER BY datediff(current_date, '2020-01-01')",
      })
  void whatIsNotRunHereIsNotWrong(String query) {
    assertThat(run(query)).isInstanceOf(QueryOutcome.Unsupported.class);
  }

  @Test
  void resultsAreComparedByValue() {
    assertThat(run("SELECT pay FROM emp WHERE id = 2"))
        .isEqualTo(run("SELECT 20"))
        .isEqualTo(run("SELECT CAST(20.0 AS DECIMAL(10, 3))"))
        .isNotEqualTo(run("SELECT '20'"));
    assertThat(run("SELECT 0.1D + 0.2D")).isEqualTo(run("SELECT 0.3"));
    assertThat(run("SELECT since FROM dept WHERE id = 1")).isEqualTo(run("SELECT '2020-01-31'"));
    assertThat(run("SELECT id, name FROM emp ORDER BY id"))
        .isEqualTo(run("SELECT id AS x, name AS y FROM emp ORDER BY id DESC"))
        .isNotEqualTo(run("SELECT name, id FROM emp"));
    assertThat(run("SELECT dept FROM emp")).isNotEqualTo(run("SELECT DISTINCT dept FROM emp"));
    assertThat(run("SELECT NULL")).isNotEqualTo(run("SELECT ''"));
    assertThat(run("SELECT CAST('NaN' AS DOUBLE)"))
        .isEqualTo(run("SELECT 0D / CAST('NaN' AS DOUBLE)"));
  }

  @Test
  void tablesMayBeTextOrHaveTypes() {
    SqlTables text =
        SqlTables.of(
            "{\"T\": [{\"a\": 1, \"b\": \"x\"}, {\"a\": 2.5}], \"none\": null, \"e\": []}");
    assertThat(new SqlStatement("SELECT A, b FROM t WHERE a > 2").run(text, 1000))
        .isEqualTo(run("SELECT 2.5, NULL"));
    SqlTables typed =
        SqlTables.of(
            Map.of(
                "t",
                Map.of(
                    "columns",
                    "n DECIMAL(5,2), at TIMESTAMP, ok BOOLEAN",
                    "rows",
                    List.of(List.of("1.25", "2024-02-29 12:00:00", true)))));
    assertThat(new SqlStatement("SELECT n * 2, at + INTERVAL 1 DAY, ok FROM t").run(typed, 1000))
        .isEqualTo(run("SELECT 2.5, '2024-03-01 12:00:00', true"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1] | not a JSON object of tables",
        "{\"t\": 1} | table 't' is neither a list of objects nor an object with 'columns' and 'rows'",
        "{\"t\": [1]} | a row of table 't' is no object",
        "{\"t\": [{\"a\": 1}, {\"a\": \"x\"}]} | column 'a' of table 't' mixes",
        "{\"t\": [{\"a\": [1]}]} | column 'a' of table 't' holds ArrayList",
        "{\"t\": [], \"T\": []} | two tables have the name 't'",
        "{\"t\": {\"columns\": \"a NUMBER OF THINGS\", \"rows\": []}} | columns 'a NUMBER OF THINGS' of table 't'",
        "{\"t\": {\"columns\": \"a INT\", \"rows\": [[1, 2]]}} | a row of table 't' is no list of 1 values",
        "{\"t\": {\"columns\": \"a INT\", \"rows\": [[\"x\"]]}} | 'x' in column 'a' of table 't' is no INT",
      })
  void faultsOfTablesAreNamed(String tables, String message) {
    assertThatThrownBy(() -> SqlTables.of(tables))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void schemaItemsAreTablesAndColumns() {
    assertThat(
            new SqlStatement(
                    "WITH best AS (SELECT Dept, max(pay) AS top FROM emp GROUP BY dept) SELECT e.name, top FROM emp e JOIN"
                        + " best b ON e.dept = b.dept WHERE e.id IN (SELECT boss FROM Emp) ORDER BY missing")
                .schemaItems(TABLES))
        .containsExactlyInAnyOrder(
            "table emp",
            "column dept",
            "column pay",
            "column name",
            "column id",
            "column boss",
            "column missing");
    assertThat(new SqlStatement("SELEC name FROM emp").schemaItems(TABLES)).isEmpty();
  }

  @Test
  void bigramsAreOfWordsAndSigns() {
    assertThat(new SqlStatement("SELECT  Name -- comment\nFROM emp WHERE x='A b';").bigrams())
        .containsExactly(
            "select name", "name from", "from emp", "emp where", "where x", "x =", "= 'A b'");
    assertThat(new SqlStatement("/*".repeat(100)).bigrams()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "abc, abc, true",
    "abc, a%, true",
    "abc, %c, true",
    "abc, %b%, true",
    "abc, _b_, true",
    "abc, a_, false",
    "abc, %a, false",
    "'', %, true",
    "'', _, false",
    "a%c, a\\%c, true",
    "abc, a\\%c, false",
    "aXbXc, %X%X%, true",
    "aab, %ab, true",
    "😀, _, true",
  })
  void patternsOfLike(String text, String pattern, boolean matches) {
    Steps.begin(1000);
    assertThat(BoundedText.like(UTF8String.fromString(text), UTF8String.fromString(pattern)))
        .isEqualTo(matches);
  }
}
