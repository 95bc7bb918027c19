package io.hone.kernels.checkpoint;

import io.hone.conf.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The safetensors files of a checkpoint directory: one file, or shards with an index. */
record WeightFiles(Map<String, SafetensorsFile> fileOfTensor) {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  /**
   * Opens and validates all of them.
   *
   * @throws UserException if there are none, a shard is missing or damaged, or index and shards
   *     disagree
   */
  static WeightFiles open(Path directory) {
    Path single = directory.resolve(SINGLE);
    if (Files.exists(single)) {
      SafetensorsFile file = SafetensorsFile.open(single);
      Map<String, SafetensorsFile> fileOfTensor = new LinkedHashMap<>();
      file.tensors().keySet().forEach(name -> fileOfTensor.put(name, file));
      return new WeightFiles(fileOfTensor);
    }
    Path index = directory.resolve(INDEX);
    if (Files.exists(index)) {
      return openShards(directory, index);
    }
    throw new UserException(
        directory
            + " has neither "
            + SINGLE
            + " nor "
            + INDEX
            + "; expected a checkpoint saved as safetensors");
  }

  private static WeightFiles openShards(Path directory, Path index) {
    JsonObject weightMap = JsonObject.read(index).object("weight_map");
    Map<String, SafetensorsFile> shards = new LinkedHashMap<>();
    Map<String, SafetensorsFile> fileOfTensor = new LinkedHashMap<>();
    for (String tensor : weightMap.keys()) {
      String shardName = weightMap.text(tensor);
      SafetensorsFile shard =
          shards.computeIfAbsent(shardName, name -> openShard(directory, index, name));
      Checks.require(
          shard.tensors().containsKey(tensor),
          "%s places tensor %s in %s, which does not contain it",
          index,
          tensor,
          shardName);
      fileOfTensor.put(tensor, shard);
    }
    shards.forEach(
        (shardName, shard) ->
            shard
                .tensors()
                .keySet()
                .forEach(
                    tensor ->
                        Checks.require(
                            fileOfTensor.get(tensor) == shard,
                            "%s contains tensor %s, which %s does not place there",
                            shard.path(),
                            tensor,
                            index)));
    return new WeightFiles(fileOfTensor);
  }

  private static SafetensorsFile openShard(Path directory, Path index, String name) {
    Path path = Path.of(name);
    Checks.require(
        path.getNameCount() == 1 && !path.isAbsolute() && !name.equals(".."),
        "%s names the shard %s; expected a file of the same directory",
        index,
        name);
    Path file = directory.resolve(path);
    Checks.require(
        Files.isRegularFile(file),
        "%s is missing; %s needs this shard, copy it again",
        file,
        index);
    return SafetensorsFile.open(file);
  }
}
