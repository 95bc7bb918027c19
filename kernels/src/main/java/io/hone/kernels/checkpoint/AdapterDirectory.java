package io.hone.kernels.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A low-rank adapter in the format of PEFT: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}.
 */
public final class AdapterDirectory {
  static final String WEIGHTS = "adapter_model.safetensors";

  private AdapterDirectory() {}

  /** Whether a directory holds an adapter, and not a whole model. */
  public static boolean holdsAdapter(Path directory) {
    return Files.exists(directory.resolve(AdapterConfigFile.NAME))
        && !Files.exists(directory.resolve(ConfigFile.NAME));
  }

  /**
   * The checkpoint directory that an adapter says it was made for; empty if it does not say.
   *
   * @throws io.hone.conf.UserException if there is no adapter
   */
  public static Optional<String> base(Path directory) {
    return AdapterConfigFile.read(directory).base();
  }

  /**
   * Reads an adapter for models of an architecture.
   *
   * @throws io.hone.conf.UserException if a file is missing or damaged, the adapter does not fit
   *     the architecture, or it has a feature that Hone does not compute; the message names it
   */
  public static Adapter read(Path directory, Architecture architecture) {
    LoraSettings settings = AdapterConfigFile.read(directory).settings();
    Layout layout = Layout.of(architecture, settings);
    SafetensorsFile file = SafetensorsFile.open(directory.resolve(WEIGHTS));
    for (TensorSpec tensor : layout.tensors()) {
      validate(file, tensor);
    }
    TreeSet<String> others = new TreeSet<>(file.tensors().keySet());
    others.removeIf(layout::contains);
    Checks.require(
        others.isEmpty(),
        "%s has %d tensors that an adapter of its %s has not for this model, such as %s; expected none",
        file.path(),
        others.size(),
        AdapterConfigFile.NAME,
        others.stream().findFirst().orElse(""));
    float[][] chunks = FlatWeights.newChunks(layout.size());
    for (TensorSpec tensor : layout.tensors()) {
      file.readInto(tensor.name(), chunks, tensor.offset());
    }
    return new Adapter(settings, FlatWeights.of(chunks));
  }

  private static void validate(SafetensorsFile file, TensorSpec tensor) {
    SafetensorsTensor stored = file.tensors().get(tensor.name());
    Checks.require(
        stored != null,
        "%s lacks the tensor %s, which an adapter of its %s has for this model; expected shape %s",
        file.path(),
        tensor.name(),
        AdapterConfigFile.NAME,
        Arrays.toString(tensor.shape()));
    Checks.require(
        stored.hasShape(tensor.shape()),
        "%s: tensor %s has shape %s; expected %s by %s and the model",
        file.path(),
        tensor.name(),
        stored.shape(),
        Arrays.toString(tensor.shape()),
        AdapterConfigFile.NAME);
    file.requireWeight(stored);
  }

  /**
   * Writes an adapter into an existing directory, as PEFT loads it.
   *
   * @param base the checkpoint that it was made for
   * @param type stored type of its matrices
   * @throws IOException if a file cannot be written, or exists already
   */
  public static void writeInto(Path directory, Adapter adapter, Checkpoint base, DataType type)
      throws IOException {
    Layout layout = Layout.of(base.architecture(), adapter.settings());
    List<TensorSlice> tensors =
        layout.tensors().stream()
            .map(tensor -> TensorSlice.of(tensor, type, adapter.weights()))
            .toList();
    AdapterConfigFile.write(
        directory, adapter.settings(), base.directory().toAbsolutePath().normalize());
    SafetensorsWriter.write(directory.resolve(WEIGHTS), tensors, Map.of("format", "pt"));
  }
}
