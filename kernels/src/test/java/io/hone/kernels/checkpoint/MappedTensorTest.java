package io.hone.kernels.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedTensorTest {
  @TempDir Path directory;
  private Path file;

  /** Three tensors of counting bytes. */
  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("model.safetensors");
    SafetensorsBytes.write(
        file,
        "{\"full\":{\"dtype\":\"F32\",\"shape\":[5,2],\"data_offsets\":[0,40]},"
            + "\"half\":{\"dtype\":\"F16\",\"shape\":[7],\"data_offsets\":[40,54]},"
            + "\"brain\":{\"dtype\":\"BF16\",\"shape\":[7],\"data_offsets\":[54,68]},"
            + "\"ids\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[68,76]}}",
        76);
  }

  @Test
  void everyRangeOfEveryTypeIsThatOfTheFile() {
    SafetensorsFile opened = SafetensorsFile.open(file);
    for (String name : List.of("full", "half", "brain")) {
      FlatSequence mapped = opened.map(name);
      assertSame(mapped, opened.sequence(name));
      assertThatThrownBy(() -> mapped.range(mapped.size() - 1, 2))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> mapped.copyTo(0, new float[1], 0, 2))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThatThrownBy(() -> opened.map("ids"))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("ids", "I64");
  }

  @Test
  void rangesReachOverWindows() throws IOException {
    SafetensorsFile opened = SafetensorsFile.open(file);
    SafetensorsTensor full = opened.tensors().get("full");
    try (FileChannel channel = FileChannel.open(file)) {
      long start = channel.size() - 76;
      assertSame(new MappedTensor(channel, start, full, 8), opened.sequence("full"));
      assertThatThrownBy(() -> new MappedTensor(channel, channel.size() - 39, full, 8))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("shorter");
    }
  }

  private static void assertSame(FlatSequence mapped, FlatSequence expected) {
    assertThat(mapped.size()).isEqualTo(expected.size());
    for (int start = 0; start < expected.size(); start++) {
      for (int count = 0; count <= expected.size() - start; count++) {
        assertThat(mapped.range(start, count)).isEqualTo(expected.range(start, count));
      }
    }
  }
}
