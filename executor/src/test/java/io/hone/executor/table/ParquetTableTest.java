package io.hone.executor.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetTableTest {
  private static final TaskOutput OUTPUT = new TaskOutput(3, 2, 41);

  @TempDir java.nio.file.Path directory;
  private final Configuration conf = new Configuration(false);

  @Test
  void readsBackWhatWasWritten() {
    List<RolloutRow> rows = TableRows.rollouts(50, 20, 1);

    TableFile file = Tables.ROLLOUTS.write(table("rollouts"), OUTPUT, rows, conf);

    List<RolloutRow> read = Tables.ROLLOUTS.read(new Path(file.path()), conf);
    assertSame(read, rows);
    assertThat(read.get(1).components().keySet()).containsExactly("zeta", "alpha");
    assertThat(Float.floatToRawIntBits(read.get(0).filteredLogprobs()[0])).isEqualTo(1 << 31);
  }

  @Test
  void readsBackAdvantages() {
    List<AdvantageRow> rows =
        List.of(
            new AdvantageRow(0, "a", 0, 0, 1.0, 0.5, true, null, 17),
            new AdvantageRow(0, "a", 0, 1, null, 0, false, "reward is not valid", 0));

    TableFile file = Tables.ADVANTAGES.write(table("advantages"), OUTPUT, rows, conf);

    assertThat(Tables.ADVANTAGES.read(new Path(file.path()), conf)).isEqualTo(rows);
  }

  @Test
  void reportsNameRowsLengthAndChecksumOfTheBytesOnDisk() throws IOException {
    TableFile file =
        Tables.ROLLOUTS.write(table("rollouts"), OUTPUT, TableRows.rollouts(5, 20, 1), conf);

    java.nio.file.Path written = directory.resolve("rollouts/_tmp/part-00002.3.41");
    assertThat(new Path(file.path()).toUri().getPath()).isEqualTo(written.toString());
    byte[] bytes = Files.readAllBytes(written);
    assertThat(file.partition()).isEqualTo(2);
    assertThat(file.rows()).isEqualTo(5);
    assertThat(file.length()).isEqualTo(bytes.length);
    assertThat(file.crc32c()).isEqualTo(HadoopFiles.crc32c(bytes));
    assertThat(filesBelow(directory)).as("no checksum files beside it").containsExactly(written);
  }

  @Test
  void sameRowsMakeTheSameBytes() throws IOException {
    // Several row groups, so that where they are cut counts, too.
    List<RolloutRow> rows = TableRows.rollouts(2_000, 1_500, 5);
    List<RolloutRow> again = TableRows.rollouts(2_000, 1_500, 5);

    TableFile first = Tables.ROLLOUTS.write(table("rollouts"), OUTPUT, rows, conf);
    TableFile second =
        Tables.ROLLOUTS.write(table("rollouts"), new TaskOutput(4, 2, 0), again, conf);

    assertThat(first.length()).isGreaterThan(20 << 20);
    assertThat(second.crc32c()).isEqualTo(first.crc32c());
    assertThat(Files.mismatch(local(first), local(second))).isEqualTo(-1);
    assertSame(Tables.ROLLOUTS.read(new Path(second.path()), conf), rows);
  }

  @Test
  void readsOnlyTheColumnsAskedFor() {
    List<RolloutRow> rows = TableRows.rollouts(10, 20, 1);
    TableFile file = Tables.ROLLOUTS.write(table("rollouts"), OUTPUT, rows, conf);
    List<RolloutRow> read = new ArrayList<>();

    Tables.ROLLOUTS.scan(
        new Path(file.path()), Set.of("sample_index", "reward", "components"), read::add, conf);

    assertThat(read).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(read.get(i).sampleIndex()).isEqualTo(rows.get(i).sampleIndex());
      assertThat(read.get(i).reward()).isEqualTo(rows.get(i).reward());
      assertThat(read.get(i).components()).isEqualTo(rows.get(i).components());
      assertThat(read.get(i).promptId()).isNull();
      assertThat(read.get(i).tokenIds()).isNull();
      assertThat(read.get(i).step()).isZero();
    }
  }

  @Test
  void anEmptyTableIsAFileWithoutRows() {
    TableFile file = Tables.ROLLOUTS.write(table("rollouts"), OUTPUT, List.of(), conf);

    assertThat(file.rows()).isZero();
    assertThat(Tables.ROLLOUTS.read(new Path(file.path()), conf)).isEmpty();
  }

  @Test
  void leavesNothingOnADiskThatFillsUp() throws IOException {
    List<RolloutRow> rows = TableRows.rollouts(40, 50, 1);
    long length = Tables.ROLLOUTS.write(table("whole"), OUTPUT, rows, conf).length();

    for (long room = 0; room < length; room += length / 23) {
      Configuration full = FaultyFileSystem.withRoomFor(room);
      assertThatThrownBy(() -> Tables.ROLLOUTS.write(table("full"), OUTPUT, rows, full))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("full/_tmp/part-00002.3.41")
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("free space");
      assertThat(filesBelow(directory.resolve("full"))).isEmpty();
    }

    Configuration enough = FaultyFileSystem.withRoomFor(length);
    assertThat(Tables.ROLLOUTS.write(table("full"), OUTPUT, rows, enough).length())
        .isEqualTo(length);
  }

  @Test
  void anotherAttemptNeverOverwrites() throws IOException {
    TableFile file =
        Tables.ROLLOUTS.write(table("rollouts"), OUTPUT, TableRows.rollouts(5, 20, 1), conf);
    byte[] before = Files.readAllBytes(local(file));

    assertThatThrownBy(
            () ->
                Tables.ROLLOUTS.write(
                    table("rollouts"), OUTPUT, TableRows.rollouts(6, 20, 2), conf))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("something is there already");
    assertThat(local(file)).hasBinaryContent(before);
  }

  @Test
  void namesTheColumnThatIsNullAndLeavesNothing() throws IOException {
    List<AdvantageRow> rows = List.of(new AdvantageRow(0, null, 0, 0, 1.0, 0, true, null, 1));

    assertThatThrownBy(() -> Tables.ADVANTAGES.write(table("advantages"), OUTPUT, rows, conf))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prompt_id");
    assertThat(filesBelow(directory)).isEmpty();
  }

  @Test
  void damagedFilesAreUserErrors() throws IOException {
    TableFile file =
        Tables.ROLLOUTS.write(table("rollouts"), OUTPUT, TableRows.rollouts(50, 20, 1), conf);
    byte[] whole = Files.readAllBytes(local(file));
    byte[] flipped = whole.clone();
    Arrays.fill(flipped, 2_000, 2_400, (byte) 0x5a);

    for (byte[] bytes :
        List.of(
            new byte[0],
            "PAR1".getBytes(java.nio.charset.StandardCharsets.UTF_8),
            Arrays.copyOf(whole, whole.length / 2),
            Arrays.copyOf(whole, whole.length - 1),
            flipped)) {
      java.nio.file.Path damaged = Files.write(directory.resolve("damaged.parquet"), bytes);
      assertThatThrownBy(() -> Tables.ROLLOUTS.read(new Path(damaged.toUri()), conf))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("damaged.parquet");
    }
    assertThatThrownBy(() -> Tables.ROLLOUTS.read(table("absent"), conf))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("absent: there is no such file");
  }

  @Test
  void anotherTableIsAUserError() {
    TableFile file =
        Tables.ADVANTAGES.write(
            table("advantages"),
            OUTPUT,
            List.of(new AdvantageRow(0, "a", 0, 0, 1.0, 0, true, null, 1)),
            conf);

    assertThatThrownBy(() -> Tables.ROLLOUTS.read(new Path(file.path()), conf))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no column \"required int32 group\"");
  }

  @Test
  void exceptionsOfTheReaderOfRowsPassThrough() {
    TableFile file =
        Tables.ROLLOUTS.write(table("rollouts"), OUTPUT, TableRows.rollouts(5, 20, 1), conf);

    assertThatThrownBy(
            () ->
                Tables.ROLLOUTS.scan(
                    new Path(file.path()),
                    Set.of("step"),
                    row -> {
                      throw new IllegalStateException("mine");
                    },
                    conf))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("mine");
  }

  @Test
  void refusesTypesThatHaveNoColumn() {
    record Odd(List<String> names) {}
    record OddMap(Map<String, java.time.Instant> times) {}

    assertThatThrownBy(() -> ParquetTable.of(Odd.class)).hasMessageContaining("names");
    assertThatThrownBy(() -> ParquetTable.of(OddMap.class)).hasMessageContaining("Instant");
  }

  private static void assertSame(List<RolloutRow> actual, List<RolloutRow> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    List<String> texts = TableRows.texts(expected);
    List<String> actualTexts = TableRows.texts(actual);
    for (int i = 0; i < texts.size(); i++) {
      assertThat(actualTexts.get(i)).as("row %d", i).isEqualTo(texts.get(i));
    }
  }

  private Path table(String name) {
    return new Path(directory.resolve(name).toUri());
  }

  private static java.nio.file.Path local(TableFile file) {
    return java.nio.file.Path.of(new Path(file.path()).toUri().getPath());
  }

  private static List<java.nio.file.Path> filesBelow(java.nio.file.Path root) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<java.nio.file.Path> paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }
}
