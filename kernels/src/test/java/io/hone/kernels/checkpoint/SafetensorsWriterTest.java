package io.hone.kernels.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
  @TempDir Path directory;

  private static FlatWeights weights(float... values) {
    return FlatWeights.of(new float[][] {values});
  }

  @Test
  void writesNamedFlatTensorsWithMetadata() throws IOException {
    Path file = directory.resolve("optimizer.safetensors");
    FlatWeights first = weights(1, -0f, Float.NaN, Float.MIN_VALUE, 5);
    FlatWeights second = weights(6);

    SafetensorsWriter.write(
        file,
        List.of(TensorSlice.flat("m", first), TensorSlice.flat("v \"quoted\" é", second)),
        Map.of("updates", "17", "ü", "\n"));

    SafetensorsFile read = SafetensorsFile.open(file);
    assertThat(read.metadata()).containsOnly(Map.entry("updates", "17"), Map.entry("ü", "\n"));
    assertThat(read.tensors().keySet()).containsExactly("m", "v \"quoted\" é");
    assertThat(read.read("m").fingerprint()).isEqualTo(first.fingerprint());
    assertThat(read.read("v \"quoted\" é").fingerprint()).isEqualTo(second.fingerprint());
    assertThat((Files.size(file) - 24) % 8).as("data begins at a multiple of 8").isZero();
  }

  @Test
  void writesAndReadsAcrossChunks() throws IOException {
    float[][] chunks = FlatWeights.newChunks(FlatWeights.CHUNK + 100L);
    for (int i = 0; i < 200; i++) {
      long position = FlatWeights.CHUNK - 100L + i;
      chunks[(int) (position / FlatWeights.CHUNK)][(int) (position % FlatWeights.CHUNK)] = i;
    }
    FlatWeights weights = FlatWeights.of(chunks);
    Path file = directory.resolve("large.safetensors");

    SafetensorsWriter.write(
        file,
        List.of(
            TensorSlice.flat("all", weights),
            new TensorSlice(
                "part", DataType.BFLOAT16, List.of(20L, 10L), weights, FlatWeights.CHUNK - 100L)),
        Map.of());

    SafetensorsFile read = SafetensorsFile.open(file);
    assertThat(read.read("all").fingerprint()).isEqualTo(weights.fingerprint());
    float[] part = read.read("part").chunks()[0];
    for (int i = 0; i < 200; i++) {
      assertThat(part[i]).isEqualTo(i);
    }
    float[][] target = FlatWeights.newChunks(FlatWeights.CHUNK + 300L);
    read.readInto("part", target, FlatWeights.CHUNK - 50L);
    assertThat(target[0][FlatWeights.CHUNK - 1]).isEqualTo(49);
    assertThat(target[1][149]).isEqualTo(199);
    assertThat(target[1][150]).isZero();
  }

  @Test
  void storesTypesOfLargerElementsFirst() throws IOException {
    Path file = directory.resolve("mixed.safetensors");
    SafetensorsWriter.write(
        file,
        List.of(
            new TensorSlice("half", DataType.FLOAT16, List.of(1L), weights(1), 0),
            new TensorSlice("full", DataType.FLOAT32, List.of(1L), weights(2), 0)),
        Map.of());
    assertThat(SafetensorsFile.open(file).tensors().keySet()).containsExactly("full", "half");
  }

  @Test
  void refusesExistingFileAndKeepsIt() throws IOException {
    Path file = Files.writeString(directory.resolve("taken"), "mine");
    assertThatThrownBy(
            () ->
                SafetensorsWriter.write(file, List.of(TensorSlice.flat("a", weights(1))), Map.of()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("mine");
  }

  @Test
  void refusesWeightThatFloat16CannotHoldAndLeavesNoFile() {
    Path file = directory.resolve("half.safetensors");
    TensorSlice slice = new TensorSlice("big", DataType.FLOAT16, List.of(2L), weights(1, 70000), 0);
    assertThatThrownBy(() -> SafetensorsWriter.write(file, List.of(slice), Map.of()))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("big", "70000", "65504", "BF16");
    assertThat(file).doesNotExist();
  }

  @Test
  void refusesTwoTensorsOfOneName() {
    TensorSlice slice = TensorSlice.flat("a", weights(1));
    assertThatThrownBy(
            () -> SafetensorsWriter.write(directory.resolve("f"), List.of(slice, slice), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("named a");
  }
}
