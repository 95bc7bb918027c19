package io.hone.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.DataConfig.OnError;
import io.hone.conf.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
  private static final String ROWS =
      """
      {"prompt": "one", "n": 1}
      {"prompt": "two", "n": 2}

      {"prompt": "three", "n": 3}
      """;

  @TempDir Path directory;
  private final Configuration hadoop = new Configuration();

  @Test
  void readsRowsInOrderWithTheirColumnsInOrder() {
    DataSet<Map<String, Object>> rows =
        read(
            "\uFEFF{\"b\": \"x\", \"a\": [1, {\"c\": null}], \"t\": true, \"f\": 0.10, \"l\": 9007199254740993}\r\n"
                + "\r\n  {\"b\": \"caf\u00e9 \ud83d\ude00\"}");

    assertThat(rows.items()).hasSize(2);
    Map<String, Object> first = rows.items().get(0);
    assertThat(first.keySet()).containsExactly("b", "a", "t", "f", "l");
    assertThat(first.get("f")).isEqualTo(new BigDecimal("0.10"));
    assertThat(first.get("l")).isEqualTo(9007199254740993L);
    assertThat(first.get("t")).isEqualTo(true);
    assertThat(JsonLines.json(first))
        .isEqualTo(
            "{\"b\":\"x\",\"a\":[1,{\"c\":null}],\"t\":true,\"f\":0.10,\"l\":9007199254740993}");
    assertThat(rows.items().get(1)).containsEntry("b", "caf\u00e9 \ud83d\ude00");
    assertThat(rows.skipped()).isZero();
  }

  @Test
  void readsCompressedFiles() throws IOException {
    byte[] gzip = gzip(ROWS);
    byte[] members = Arrays.copyOf(gzip, 2 * gzip.length);
    System.arraycopy(gzip, 0, members, gzip.length, gzip.length);
    Files.write(directory.resolve("rows.jsonl.gz"), members);

    assertThat(prompts("rows.jsonl.gz", OnError.FAIL, 100).items())
        .containsExactly("one", "two", "three", "one", "two", "three");
  }

  @Test
  void aCutOffArchiveIsNamed() throws IOException {
    byte[] gzip = gzip(ROWS.repeat(10_000));
    Files.write(directory.resolve("cut.jsonl.gz"), Arrays.copyOf(gzip, gzip.length - 20));

    assertThatThrownBy(() -> prompts("cut.jsonl.gz", OnError.SKIP, Long.MAX_VALUE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cut.jsonl.gz")
        .hasMessageContaining("expected a complete file");
  }

  @Test
  void aFormatThatCannotBeDecompressedIsNamed() throws IOException {
    Files.writeString(directory.resolve("rows.jsonl.zst"), ROWS);
    Files.writeString(directory.resolve("rows.jsonl.bz2"), ROWS);

    for (String file : List.of("rows.jsonl.zst", "rows.jsonl.bz2")) {
      assertThatThrownBy(() -> prompts(file, OnError.FAIL, 100))
          .isInstanceOf(UserException.class)
          .hasMessageContaining(file);
    }
  }

  @Test
  void stopsAtTheLimit() {
    write("rows.jsonl", ROWS + "not JSON");

    assertThat(prompts("rows.jsonl", OnError.FAIL, 2).items()).containsExactly("one", "two");
    assertThat(prompts("rows.jsonl", OnError.FAIL, 3).items()).hasSize(3);
  }

  @Test
  void badLinesAreNamedWithFileAndLine() {
    Map<String, String> reasons =
        Map.of(
            "nonsense",
            "'nonsense' is not a JSON object",
            "[1]",
            "'[1]' is not a JSON object",
            "{\"prompt\": ",
            "is not JSON",
            "{\"prompt\": \"a\"} {}",
            "is not JSON",
            "{\"prompt\": NaN}",
            "is not JSON",
            "{\"prompt\": \"a\", \"prompt\": \"b\"}",
            "Duplicate field 'prompt'",
            "{\"other\": 1}",
            "has no prompt",
            "{\"prompt\": " + "[".repeat(2_000),
            "is not JSON");
    reasons.forEach(
        (line, reason) -> {
          write("bad.jsonl", ROWS + line + "\n");
          assertThatThrownBy(() -> prompts("bad.jsonl", OnError.FAIL, Long.MAX_VALUE))
              .as(line)
              .isInstanceOf(UserException.class)
              .hasMessageContaining("bad.jsonl:5: ")
              .hasMessageContaining(reason)
              .hasMessageContaining("data.on-error: skip");
        });
  }

  @Test
  void badLinesAreSkippedAndCountedWhereAskedFor() throws IOException {
    byte[] good = ROWS.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("nonsense\n{\"other\": 1}\n".getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(new byte[] {(byte) 0xFF, '\n'});
    bytes.writeBytes(good);
    Files.write(directory.resolve("rows.jsonl"), bytes.toByteArray());

    DataSet<String> rows = prompts("rows.jsonl", OnError.SKIP, Long.MAX_VALUE);

    assertThat(rows.items()).containsExactly("one", "two", "three");
    assertThat(rows.skipped()).isEqualTo(3);
    write("good.jsonl", ROWS);
    assertThat(rows.fingerprint())
        .as("made of the rows used")
        .isEqualTo(prompts("good.jsonl", OnError.FAIL, 100).fingerprint());
  }

  @Test
  void aLineThatIsTooLongIsABadLine() {
    String tooLong = "{\"prompt\": \"" + "x".repeat(JsonLines.MAXIMUM_LINE_BYTES) + "\"}";
    write("rows.jsonl", tooLong + "\n" + ROWS);

    assertThat(prompts("rows.jsonl", OnError.SKIP, 100).skipped()).isEqualTo(1);
    assertThatThrownBy(() -> prompts("rows.jsonl", OnError.FAIL, 100))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("rows.jsonl:1: the line is longer than");
  }

  @Test
  void aFileWithoutRowsIsNamed() {
    for (String empty : List.of("", "\n\r\n  \n", "\uFEFF")) {
      write("empty.jsonl", empty);
      assertThatThrownBy(() -> prompts("empty.jsonl", OnError.FAIL, 100))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("empty.jsonl: has no usable row");
    }
    write("bad.jsonl", "x\ny\n");
    assertThatThrownBy(() -> prompts("bad.jsonl", OnError.SKIP, 100))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("2 bad ones were skipped, the first: ")
        .hasMessageContaining("bad.jsonl:1: 'x' is not a JSON object");
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    Files.createDirectories(directory.resolve("folder"));

    assertThatThrownBy(() -> prompts("folder", OnError.FAIL, 100))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("folder: is a directory");
    assertThatThrownBy(() -> prompts("absent.jsonl", OnError.FAIL, 100))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("absent.jsonl: there is no such file");
    for (String path : List.of("", "a:b/c", "nowhere://host/rows.jsonl")) {
      assertThatThrownBy(
              () -> new JsonLines(path, OnError.FAIL, 1).read(hadoop, JsonLinesTest::prompt))
          .as(path)
          .isInstanceOf(UserException.class);
    }
  }

  @Test
  void theFingerprintIsOfTheRowsInOrder() {
    String fingerprint = read("{\"a\": 1}\n{\"b\": 2}").fingerprint();

    assertThat(fingerprint).matches("[0-9a-f]{32}");
    assertThat(read("{ \"a\" :1}\r\n\r\n{\"b\": 2}\n").fingerprint())
        .as("spaces and blank lines do not count")
        .isEqualTo(fingerprint);
    assertThat(read("{\"b\": 2}\n{\"a\": 1}").fingerprint()).isNotEqualTo(fingerprint);
    assertThat(read("{\"a\": 1}").fingerprint()).isNotEqualTo(fingerprint);
    assertThat(read("{\"a\": 1}\n{\"b\": 3}").fingerprint()).isNotEqualTo(fingerprint);
  }

  private DataSet<Map<String, Object>> read(String text) {
    write("text.jsonl", text);
    return new JsonLines(directory.resolve("text.jsonl").toString(), OnError.FAIL, Long.MAX_VALUE)
        .read(hadoop, columns -> columns);
  }

  private DataSet<String> prompts(String file, OnError onError, long limit) {
    return new JsonLines(directory.resolve(file).toString(), onError, limit)
        .read(hadoop, JsonLinesTest::prompt);
  }

  private static String prompt(Map<String, Object> columns) throws BadRowException {
    if (!(columns.get("prompt") instanceof String prompt)) {
      throw new BadRowException("has no prompt");
    }
    return prompt;
  }

  private void write(String file, String text) {
    try {
      Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
