package io.hone.kernels.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a Hugging Face checkpoint directory from new weights and the checkpoint that they started
 * from: its configuration and tokenizer files are copied, so that transformers loads the result as
 * it loaded the source.
 */
public final class CheckpointWriter {
  private CheckpointWriter() {}

  /**
   * Writes a new directory, complete or not at all.
   *
   * @param target must not exist
   * @param source the checkpoint whose configuration, tokenizer and stored types are kept
   * @param weights as many as the layout of {@code source} has
   * @param type the type of every stored tensor; empty keeps the type that each has in {@code
   *     source}, with which weights that were not changed are stored in the same bits
   * @throws io.hone.conf.UserException if the target exists or cannot be written; nothing is left
   *     behind
   */
  public static void write(
      Path target, Checkpoint source, FlatSequence weights, Optional<DataType> type) {
    AtomicDirectory.create(target, directory -> writeInto(directory, source, weights, type));
  }

  /** As {@link #write}, keeping the stored types. */
  public static void write(Path target, Checkpoint source, FlatSequence weights) {
    write(target, source, weights, Optional.empty());
  }

  /**
   * Writes the same files into an existing directory, for callers that add files of their own
   * before they publish it.
   *
   * @throws IOException if a file cannot be written, or exists already; other files may be left
   */
  public static void writeInto(
      Path directory, Checkpoint source, FlatSequence weights, Optional<DataType> type)
      throws IOException {
    writeInto(directory, source, source.architecture(), weights, type);
  }

  /**
   * As {@link #writeInto(Path, Checkpoint, FlatSequence, Optional)}, for weights under another head
   * than that of {@code source}. A tensor that the source lacks keeps FLOAT32 unless a type is
   * given.
   *
   * @param architecture what the weights mean: the backbone of {@code source} with one head
   */
  public static void writeInto(
      Path directory,
      Checkpoint source,
      Architecture architecture,
      FlatSequence weights,
      Optional<DataType> type)
      throws IOException {
    writeInto(directory, source, architecture, weights, type, WeightWriter.MAX_SHARD_BYTES);
  }

  static void writeInto(
      Path directory,
      Checkpoint source,
      Architecture architecture,
      FlatSequence weights,
      Optional<DataType> type,
      long maxShardBytes)
      throws IOException {
    Layout layout = Layout.of(architecture);
    if (weights.size() != layout.size()) {
      throw new IllegalArgumentException(
          "weights : %d (expected: %d, by the layout)".formatted(weights.size(), layout.size()));
    }
    Files.write(directory.resolve(ConfigFile.NAME), config(source, architecture, type));
    TokenizerFiles.copyIfPresent(
        source.directory().resolve(GenerationConfig.NAME),
        directory.resolve(GenerationConfig.NAME));
    TokenizerFiles.copy(source.directory(), directory);
    WeightWriter.write(directory, tensors(source, architecture, weights, type), maxShardBytes);
  }

  /** The source's file byte for byte, but for the type and the head that it declares. */
  private static byte[] config(
      Checkpoint source, Architecture architecture, Optional<DataType> type) throws IOException {
    byte[] original = Files.readAllBytes(source.directory().resolve(ConfigFile.NAME));
    boolean otherHead = architecture.head() != source.architecture().head();
    if (type.isEmpty() && !otherHead) {
      return original;
    }
    ObjectNode config = source.config().json().tree();
    String key = config.has("dtype") ? "dtype" : "torch_dtype";
    type.ifPresent(stored -> config.put(key, stored.name().toLowerCase(Locale.ROOT)));
    if (otherHead) {
      config.putArray("architectures").add(architecture.family().modelClass(architecture.head()));
    }
    if (architecture.head().hasValue()) {
      // How transformers counts labels; without, it takes two.
      config.putObject("id2label").put("0", "LABEL_0");
      config.putObject("label2id").put("LABEL_0", 0);
    }
    return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(config);
  }

  private static List<TensorSlice> tensors(
      Checkpoint source, Architecture architecture, FlatSequence weights, Optional<DataType> type) {
    Layout layout = Layout.of(architecture);
    Map<String, DataType> types = new LinkedHashMap<>();
    for (TensorSpec tensor : layout.tensors()) {
      types.put(tensor.name(), source.dtypes().getOrDefault(tensor.name(), DataType.FLOAT32));
    }
    if (architecture.head().hasLogits()) {
      source.dtypes().forEach(types::putIfAbsent);
    }
    List<TensorSlice> tensors = new ArrayList<>();
    types.forEach(
        (name, stored) -> {
          // A tied model's stored output projection is its embedding.
          TensorSpec tensor = layout.tensor(layout.contains(name) ? name : Layout.EMBEDDING);
          List<Long> shape = Arrays.stream(tensor.shape()).boxed().toList();
          tensors.add(new TensorSlice(name, type.orElse(stored), shape, weights, tensor.offset()));
        });
    return tensors;
  }
}
