package io.hone.kernels.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {
  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("model.safetensors");
  }

  private static String tensor(String name, String type, String shape, long begin, long end) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
        .formatted(name, type, shape, begin, end);
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(words);
  }

  @Test
  void readsEveryWeightTypeAndMetadata() throws IOException {
    String header =
        "{\"__metadata__\":{\"step\":\"12\"},"
            + tensor("half", "F16", "[2]", 8, 12)
            + ","
            + tensor("full", "F32", "[2,1]", 0, 8)
            + ","
            + tensor("brain", "BF16", "[1,3]", 12, 18)
            + "}";
    byte[] bytes = Files.readAllBytes(SafetensorsBytes.write(file, header, 18));
    java.nio.ByteBuffer data =
        java.nio.ByteBuffer.wrap(bytes, bytes.length - 18, 18)
            .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    data.putFloat(1.5f).putFloat(-2e-40f);
    data.putShort((short) 0x3C00).putShort((short) 0xC000);
    data.putShort((short) 0x3F80).putShort((short) 0x4040).putShort((short) 0x8000);
    Files.write(file, bytes);

    SafetensorsFile opened = SafetensorsFile.open(file);

    assertThat(opened.metadata()).containsEntry("step", "12");
    assertThat(opened.tensors().keySet()).containsExactly("full", "half", "brain");
    assertThat(opened.tensors().get("full").shape()).containsExactly(2L, 1L);
    assertThat(opened.read("full").chunks()[0]).containsExactly(1.5f, -2e-40f);
    assertThat(opened.read("half").chunks()[0]).containsExactly(1, -2);
    assertThat(opened.read("brain").chunks()[0]).containsExactly(1, 3, -0f);
  }

  @Test
  void readsLongsAndEmptyTensors() throws IOException {
    SafetensorsBytes.write(
        file,
        "{" + tensor("ids", "I64", "[1]", 0, 8) + "," + tensor("none", "F32", "[0,4]", 8, 8) + "}",
        8);

    SafetensorsFile opened = SafetensorsFile.open(file);

    assertThat(opened.readLongs("ids")).containsExactly(0x0706050403020100L);
    assertThat(opened.read("none").size()).isZero();
    assertThatThrownBy(() -> opened.read("ids"))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("ids", "I64", "expected F32, F16 or BF16");
    assertThatThrownBy(() -> opened.readLongs("none"))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("none", "F32", "expected I64");
    assertThatThrownBy(() -> opened.read("other"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no tensor named other");
  }

  @Test
  void refusesMissingFile() {
    assertRefused("is missing");
  }

  @Test
  void refusesFileShorterThanItsLengthField() throws IOException {
    Files.write(file, new byte[7]);
    assertRefused("7 bytes", "truncated");
  }

  @Test
  void refusesHeaderLargerThanFile() throws IOException {
    SafetensorsBytes.write(file, 1000, "{}", 0);
    assertRefused("1000 bytes", "2 follow");
    SafetensorsBytes.write(file, -1, "{}", 0);
    assertRefused("18446744073709551615 bytes");
    SafetensorsBytes.write(file, Long.MAX_VALUE, "{}", 0);
    assertRefused("9223372036854775807 bytes");
  }

  @Test
  void refusesHeaderThatIsNotAnObject() throws IOException {
    SafetensorsBytes.write(file, "[1,2]", 0);
    assertRefused("not a JSON object");
    SafetensorsBytes.write(file, "{\"a\":", 0);
    assertRefused("not valid JSON");
    SafetensorsBytes.write(file, "PK\u0003\u0004", 0);
    assertRefused("not valid JSON");
    SafetensorsBytes.write(file, "{\"a\":3}", 0);
    assertRefused("a is 3", "expected an object");
    SafetensorsBytes.write(file, "[".repeat(100_000), 0);
    assertRefused("not valid JSON");
  }

  @Test
  void refusesTwoTensorsOfOneName() throws IOException {
    String twice = tensor("a", "F32", "[1]", 0, 4);
    SafetensorsBytes.write(file, "{" + twice + "," + twice + "}", 4);
    assertRefused("Duplicate", "'a'");
  }

  @Test
  void refusesUnknownType() throws IOException {
    SafetensorsBytes.write(file, "{" + tensor("a", "F99", "[1]", 0, 4) + "}", 4);
    assertRefused("a: dtype is F99", "F32");
  }

  @Test
  void refusesRangeOutsideOfFile() throws IOException {
    SafetensorsBytes.write(file, "{" + tensor("a", "F32", "[2]", 0, 8) + "}", 7);
    assertRefused("tensor a ends at byte 8", "only 7", "truncated");
  }

  @Test
  void refusesBackwardOrNegativeRange() throws IOException {
    SafetensorsBytes.write(file, "{" + tensor("a", "F32", "[1]", 4, 0) + "}", 4);
    assertRefused("data_offsets is [4, 0]");
    SafetensorsBytes.write(file, "{" + tensor("a", "F32", "[1]", -4, 0) + "}", 4);
    assertRefused("data_offsets is [-4, 0]");
  }

  @Test
  void refusesOverlap() throws IOException {
    SafetensorsBytes.write(
        file,
        "{" + tensor("a", "F32", "[2]", 0, 8) + "," + tensor("b", "F32", "[2]", 4, 12) + "}",
        12);
    assertRefused("tensor b begins at byte 4, inside a", "overlap");
  }

  @Test
  void refusesGapAndRemainder() throws IOException {
    SafetensorsBytes.write(
        file,
        "{" + tensor("a", "F32", "[1]", 0, 4) + "," + tensor("b", "F32", "[1]", 8, 12) + "}",
        12);
    assertRefused("bytes 4 to 8 belong to no tensor");
    SafetensorsBytes.write(file, "{" + tensor("a", "F32", "[1]", 0, 4) + "}", 9);
    assertRefused("bytes 4 to 9 belong to no tensor");
  }

  @Test
  void refusesShapeThatDoesNotFillItsRange() throws IOException {
    for (String shape :
        new String[] {"[3]", "[2,2]", "[-1]", "[4294967296,4294967296]", "[4611686018427387904]"}) {
      SafetensorsBytes.write(file, "{" + tensor("a", "F32", shape, 0, 4) + "}", 4);
      assertRefused("tensor a has 4 bytes", "of F32");
    }
    SafetensorsBytes.write(file, "{" + tensor("a", "F32", "[1.5]", 0, 4) + "}", 4);
    assertRefused("shape is 1.5", "integers");
  }

  @Test
  void readingFailsClearlyIfTheFileShrank() throws IOException {
    SafetensorsBytes.write(file, "{" + tensor("a", "F32", "[256]", 0, 1024) + "}", 1024);
    SafetensorsFile opened = SafetensorsFile.open(file);
    SafetensorsBytes.write(file, "{" + tensor("a", "F32", "[1]", 0, 4) + "}", 4);
    assertThatThrownBy(() -> opened.read("a"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("became shorter");
  }
}
