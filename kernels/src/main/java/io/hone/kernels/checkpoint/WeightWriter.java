package io.hone.kernels.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The safetensors files of a model: one, or shards with an index, as transformers names them. */
final class WeightWriter {
  static final long MAX_SHARD_BYTES = 4_000_000_000L;

  /** Transformers reads only files that name the framework they are for. */
  private static final Map<String, String> METADATA = Map.of("format", "pt");

  private WeightWriter() {}

  static void write(Path directory, List<TensorSlice> tensors, long maxShardBytes)
      throws IOException {
    List<List<TensorSlice>> shards = shards(tensors, maxShardBytes);
    if (shards.size() == 1) {
      SafetensorsWriter.write(directory.resolve(WeightFiles.SINGLE), shards.get(0), METADATA);
      return;
    }
    ObjectNode index = JsonNodeFactory.instance.objectNode();
    index
        .putObject("metadata")
        .put("total_size", tensors.stream().mapToLong(TensorSlice::bytes).sum());
    ObjectNode weightMap = index.putObject("weight_map");
    for (int i = 0; i < shards.size(); i++) {
      String name =
          String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
      SafetensorsWriter.write(directory.resolve(name), shards.get(i), METADATA);
      shards.get(i).forEach(tensor -> weightMap.put(tensor.name(), name));
    }
    Files.writeString(
        directory.resolve(WeightFiles.INDEX),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(index) + "\n");
  }

  /** Fills shards in order; a tensor larger than the limit has one to itself. */
  private static List<List<TensorSlice>> shards(List<TensorSlice> tensors, long maxShardBytes) {
    List<List<TensorSlice>> shards = new ArrayList<>();
    long bytes = 0;
    for (TensorSlice tensor : tensors) {
      if (shards.isEmpty() || bytes + tensor.bytes() > maxShardBytes) {
        shards.add(new ArrayList<>());
        bytes = 0;
      }
      shards.get(shards.size() - 1).add(tensor);
      bytes += tensor.bytes();
    }
    return shards;
  }
}
