package io.hone.kernels.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every checkpoint below {@code hone.models.dir}: read, written, read again. */
class CheckpointGoldenTest {
  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> writtenTensorsAreBitIdentical() {
    return Golden.checkpoints().stream()
        .map(source -> DynamicTest.dynamicTest(source.toString(), () -> roundTrip(source)));
  }

  private void roundTrip(Path source) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(source);
    FlatWeights weights = checkpoint.weights();
    Path target = directory.resolve(source.getFileName() + "-copy");

    CheckpointWriter.write(target, checkpoint, weights);

    assertThat(rawTensors(target)).isEqualTo(rawTensors(source));
    Checkpoint written = Checkpoint.open(target);
    assertThat(written.architecture()).isEqualTo(checkpoint.architecture());
    assertThat(written.generationConfig()).isEqualTo(checkpoint.generationConfig());
    assertThat(written.weights().fingerprint()).isEqualTo(weights.fingerprint());
    for (String name : List.of("config.json", "tokenizer.json", "generation_config.json")) {
      if (Files.exists(source.resolve(name))) {
        assertThat(target.resolve(name)).hasSameBinaryContentAs(source.resolve(name));
      }
    }

    Path sharded = Files.createDirectory(directory.resolve(source.getFileName() + "-sharded"));
    CheckpointWriter.writeInto(
        sharded, checkpoint, checkpoint.architecture(), weights, Optional.empty(), 40_000);
    assertThat(sharded.resolve("model.safetensors.index.json")).exists();
    assertThat(rawTensors(sharded)).isEqualTo(rawTensors(source));
    assertThat(Checkpoint.open(sharded).weights().fingerprint()).isEqualTo(weights.fingerprint());
  }

  /** Type, shape and bytes of every tensor, read without the code under test. */
  private static Map<String, String> rawTensors(Path directory) throws IOException {
    Map<String, String> tensors = new HashMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file :
          files
              .filter(path -> path.getFileName().toString().matches("model.*safetensors"))
              .toList()) {
        byte[] bytes = Files.readAllBytes(file);
        SafetensorsFile.open(file)
            .tensors()
            .forEach(
                (name, tensor) -> {
                  int start = (int) (dataStart(bytes) + tensor.begin());
                  int end = (int) (dataStart(bytes) + tensor.end());
                  tensors.put(
                      name,
                      tensor.type()
                          + " "
                          + tensor.shape()
                          + " "
                          + java.util.HexFormat.of().formatHex(bytes, start, end));
                });
      }
    }
    return tensors;
  }

  private static long dataStart(byte[] bytes) {
    return 8 + java.nio.ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong(0);
  }
}
