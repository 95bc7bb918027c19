package io.hone.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static final int LIMIT = 100_000;

  @Test
  void linesEndWithLineFeedsWithOrWithoutCarriageReturns() throws Exception {
    assertThat(lines("a\nb\r\n\r\nc\rd\n\n e ")).containsExactly("a", "b", "", "c\rd", "", " e ");
    assertThat(lines("a\n")).containsExactly("a");
    assertThat(lines("")).isEmpty();
    assertThat(lines("\n")).containsExactly("");
  }

  @Test
  void aByteOrderMarkIsPassedOverAtTheStartOnly() throws Exception {
    assertThat(lines("\uFEFFa\n\uFEFFb")).containsExactly("a", "\uFEFFb");
    assertThat(lines("\uFEFF")).containsExactly("");
  }

  @Test
  void longLinesAndLinesAcrossReadsComeThroughWhole() throws Exception {
    Random random = new Random(1);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      expected.add("\u00e9\ud83d\ude00x".repeat(random.nextInt(i % 10 == 0 ? 12_000 : 50)));
    }
    byte[] bytes = String.join("\r\n", expected).getBytes(StandardCharsets.UTF_8);
    InputStream trickling =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int count) {
            return super.read(buffer, offset, Math.min(count, 1 + random.nextInt(9_000)));
          }
        };

    assertThat(read(new LineReader(trickling, LIMIT))).isEqualTo(expected);
  }

  @Test
  void aLineOfTheLimitIsReadAndOneLongerIsNot() throws Exception {
    for (String end : List.of("", "\n", "\r\n")) {
      LineReader fits = reader("x".repeat(LIMIT) + end);
      assertThat(fits.next()).isTrue();
      assertThat(fits.text()).hasSize(LIMIT);

      LineReader exceeds = reader("x".repeat(LIMIT + 1) + end + "next");
      assertThat(exceeds.next()).isTrue();
      assertThatThrownBy(exceeds::text)
          .isInstanceOf(BadRowException.class)
          .hasMessageContaining("longer than 100000 bytes");
    }
  }

  @Test
  void linesBehindOneThatIsTooLongAreRead() throws Exception {
    LineReader reader = reader("a\n" + "x".repeat(3 * LIMIT) + "\nb\n");

    assertThat(reader.next()).isTrue();
    assertThat(reader.next()).isTrue();
    assertThatThrownBy(reader::text).isInstanceOf(BadRowException.class);
    assertThat(reader.next()).isTrue();
    assertThat(reader.text()).isEqualTo("b");
    assertThat(reader.number()).isEqualTo(3);
    assertThat(reader.next()).isFalse();
  }

  @Test
  void memoryIsBoundedByTheLimitNotByTheLine() throws Exception {
    long bytes = 100L << 20;
    InputStream endless =
        new InputStream() {
          private long left = bytes;

          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] buffer, int offset, int count) {
            if (left == 0) {
              return -1;
            }
            int read = (int) Math.min(count, left);
            left -= read;
            java.util.Arrays.fill(buffer, offset, offset + read, (byte) 'x');
            return read;
          }
        };
    LineReader reader = new LineReader(endless, 1_000);

    assertThat(reader.next()).isTrue();
    assertThatThrownBy(reader::text).hasMessageContaining("longer than 1000 bytes");
    assertThat(reader.next()).isFalse();
  }

  @Test
  void whatIsNotUtf8IsReported() throws IOException {
    for (byte[] bytes :
        List.of(
            new byte[] {'a', (byte) 0xFF},
            new byte[] {(byte) 0xC3},
            new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            new byte[] {0x1F, (byte) 0x8B, 8, 0})) {
      LineReader reader = new LineReader(new ByteArrayInputStream(bytes), LIMIT);
      assertThat(reader.next()).isTrue();
      assertThatThrownBy(reader::text)
          .isInstanceOf(BadRowException.class)
          .hasMessageContaining("not UTF-8");
    }
  }

  @Test
  void blankLinesAreToldApart() throws Exception {
    LineReader reader = reader(" \t\r\r\n.\n\uFEFF\n");

    assertThat(reader.next() && reader.isBlank()).isTrue();
    assertThat(reader.next() && !reader.isBlank()).isTrue();
  }

  private static LineReader reader(String text) {
    return new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), LIMIT);
  }

  private static List<String> lines(String text) throws Exception {
    return read(reader(text));
  }

  private static List<String> read(LineReader reader) throws Exception {
    List<String> lines = new ArrayList<>();
    while (reader.next()) {
      lines.add(reader.text());
      assertThat(reader.number()).isEqualTo(lines.size());
    }
    return lines;
  }
}
