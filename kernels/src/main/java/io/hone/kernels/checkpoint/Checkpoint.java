package io.hone.kernels.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A Hugging Face checkpoint directory, validated as a whole when opened: its {@code config.json} is
 * one that Hone computes, and its safetensors files hold exactly the tensors of that architecture,
 * each of the right shape and a supported type. Weights are read on demand.
 */
public final class Checkpoint {
  /** Buffers that old versions of transformers saved; computed from the configuration since. */
  private static final String DERIVED_SUFFIX = "rotary_emb.inv_freq";

  private final Path directory;
  private final ConfigFile config;
  private final Architecture architecture;
  private final Layout layout;
  private final GenerationConfig generationConfig;
  private final Map<String, SafetensorsFile> fileOfTensor;
  private final Map<String, DataType> dtypes;

  private Checkpoint(
      Path directory, ConfigFile config, Architecture architecture, WeightFiles files) {
    this.directory = directory;
    this.config = config;
    this.architecture = architecture;
    this.layout = Layout.of(architecture);
    this.generationConfig =
        GenerationConfig.read(directory, config.json(), architecture.vocabSize());
    this.fileOfTensor = files.fileOfTensor();
    this.dtypes = validate();
  }

  /**
   * Opens the directory of a language model and validates everything but the numbers themselves.
   *
   * @throws io.hone.conf.UserException if anything is missing, damaged, or not supported, or the
   *     model is of another kind; the message names it
   */
  public static Checkpoint open(Path directory) {
    Checkpoint checkpoint = openAny(directory);
    Family family = checkpoint.architecture.family();
    Checks.require(
        checkpoint.architecture.head() == Head.LANGUAGE,
        "%s is a %s; expected a %s, which has logits",
        directory,
        family.modelClass(checkpoint.architecture.head()),
        family.modelClass(Head.LANGUAGE));
    return checkpoint;
  }

  /**
   * Opens the directory of a language model or of a sequence classification model with one label,
   * as a reward model or a critic is, and validates everything but the numbers themselves.
   *
   * @throws io.hone.conf.UserException if anything is missing, damaged, or not supported; the
   *     message names it
   */
  public static Checkpoint openAny(Path directory) {
    ConfigFile config = ConfigFile.read(directory);
    Architecture architecture = config.architecture();
    return new Checkpoint(directory, config, architecture, WeightFiles.open(directory));
  }

  public Path directory() {
    return directory;
  }

  public Architecture architecture() {
    return architecture;
  }

  public Layout layout() {
    return layout;
  }

  public GenerationConfig generationConfig() {
    return generationConfig;
  }

  /**
   * The stored type of every tensor, by name, in the order of the layout. A tied model that stores
   * its output projection nonetheless has an entry for it, the last.
   */
  public Map<String, DataType> dtypes() {
    return dtypes;
  }

  /**
   * Reads all weights, widened to floats exactly, in the order of the layout. Every call reads
   * again.
   *
   * @throws io.hone.conf.UserException if a file cannot be read any more, or if a tied model stores
   *     an output projection that differs from its embedding
   */
  public FlatWeights weights() {
    float[][] chunks = FlatWeights.newChunks(layout.size());
    for (TensorSpec tensor : layout.tensors()) {
      fileOfTensor.get(tensor.name()).readInto(tensor.name(), chunks, tensor.offset());
    }
    if (storesTiedCopy()) {
      requireTiedCopyEqual(Layout.OUTPUT_PROJECTION);
    }
    return FlatWeights.of(chunks);
  }

  /**
   * All weights, widened to floats exactly, in the order of the layout, for those who do not want
   * them in memory at once: reads what is asked for.
   *
   * @throws io.hone.conf.UserException if a tied model stores an output projection that differs
   *     from its embedding
   */
  public FlatSequence sequence() {
    if (storesTiedCopy()) {
      requireTiedCopyEqual(Layout.OUTPUT_PROJECTION);
    }
    List<TensorSpec> tensors = layout.tensors();
    List<FlatSequence> values =
        tensors.stream()
            .map(tensor -> fileOfTensor.get(tensor.name()).sequence(tensor.name()))
            .toList();
    return new TensorSequence(tensors, values);
  }

  /**
   * The input embeddings {@code [vocabSize, hiddenSize]}, row-major and widened to floats exactly,
   * by a memory map that stays: for those who look up rows.
   *
   * @throws io.hone.conf.UserException if the file cannot be mapped
   */
  public FlatSequence embedding() {
    return fileOfTensor.get(Layout.EMBEDDING).map(Layout.EMBEDDING);
  }

  ConfigFile config() {
    return config;
  }

  private boolean storesTiedCopy() {
    return architecture.tiedEmbeddings() && dtypes.containsKey(Layout.OUTPUT_PROJECTION);
  }

  private Map<String, DataType> validate() {
    Map<String, DataType> types = new LinkedHashMap<>();
    for (TensorSpec tensor : layout.tensors()) {
      types.put(tensor.name(), validate(tensor.name(), tensor.shape()));
    }
    boolean tiedCopy =
        architecture.tiedEmbeddings() && fileOfTensor.containsKey(Layout.OUTPUT_PROJECTION);
    if (tiedCopy) {
      long[] shape = layout.tensor(Layout.EMBEDDING).shape();
      types.put(Layout.OUTPUT_PROJECTION, validate(Layout.OUTPUT_PROJECTION, shape));
    }
    requireNoOthers(types);
    return Collections.unmodifiableMap(types);
  }

  private DataType validate(String name, long[] shape) {
    SafetensorsFile file = fileOfTensor.get(name);
    Checks.require(
        file != null,
        "%s lacks the tensor %s, which a model of its %s has; expected shape %s",
        directory,
        name,
        ConfigFile.NAME,
        java.util.Arrays.toString(shape));
    SafetensorsTensor tensor = file.tensors().get(name);
    Checks.require(
        tensor.hasShape(shape),
        "%s: tensor %s has shape %s; expected %s by %s",
        file.path(),
        name,
        tensor.shape(),
        java.util.Arrays.toString(shape),
        ConfigFile.NAME);
    file.requireWeight(tensor);
    return tensor.type();
  }

  private void requireNoOthers(Map<String, DataType> known) {
    TreeSet<String> others = new TreeSet<>(fileOfTensor.keySet());
    others.removeAll(known.keySet());
    others.removeIf(name -> name.endsWith(DERIVED_SUFFIX));
    if (!others.isEmpty()) {
      List<String> first = others.stream().limit(3).toList();
      Checks.require(
          false,
          "%s has %d tensors that a model of its %s has not, such as %s in %s; expected none",
          directory,
          others.size(),
          ConfigFile.NAME,
          String.join(", ", first),
          fileOfTensor.get(first.get(0)).path().getFileName());
    }
  }

  private void requireTiedCopyEqual(String name) {
    FlatSequence copy = fileOfTensor.get(name).sequence(name);
    FlatSequence embedding = fileOfTensor.get(Layout.EMBEDDING).sequence(Layout.EMBEDDING);
    Checks.require(
        copy.fingerprint() == embedding.fingerprint(),
        "%s says tie_word_embeddings true, but %s differs from %s; set it to false to train both",
        directory.resolve(ConfigFile.NAME),
        name,
        Layout.EMBEDDING);
  }
}
