package io.hone.kernels.checkpoint;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * What a Hugging Face {@code config.json} says of a decoder; everything that decides its tensors
 * and its arithmetic.
 *
 * <p>Every value is checked on construction, so an architecture that exists can be laid out and
 * computed. Features outside these components (sliding windows, other activations, other rope
 * types, ...) are refused by {@link #read}.
 *
 * @param family the {@code model_type}
 * @param vocabSize rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width of the gated feed-forward layer (SwiGLU)
 * @param layers number of decoder layers
 * @param heads query heads per layer
 * @param keyValueHeads key and value heads per layer; divides {@code heads}
 * @param headSize dimensions of a head, even; {@code heads * headSize} may differ from {@code
 *     hiddenSize}
 * @param maxPositions longest sequence in tokens
 * @param rmsNormEpsilon added to the mean square in every RMS norm
 * @param rope rotary position embedding
 * @param tiedEmbeddings whether the output projection is the embedding itself
 * @param queryKeyValueBias whether the query, key and value projections have biases
 * @param outputBias whether the attention's output projection has a bias
 * @param queryKeyNorm whether query and key are RMS-normalised per head before the rotary embedding
 * @param head what is made of the last hidden states
 */
public record Architecture(
    Family family,
    int vocabSize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    int maxPositions,
    float rmsNormEpsilon,
    RopeScaling rope,
    boolean tiedEmbeddings,
    boolean queryKeyValueBias,
    boolean outputBias,
    boolean queryKeyNorm,
    Head head)
    implements Serializable {

  /**
   * More layers than any decoder has; a bound, so that a damaged file cannot ask for endless work.
   */
  private static final int MAX_LAYERS = 4096;

  /**
   * @throws io.hone.conf.UserException if a value is out of range; the message uses the keys of
   *     {@code config.json}
   */
  public Architecture {
    requirePositive("vocab_size", vocabSize);
    requirePositive("hidden_size", hiddenSize);
    requirePositive("intermediate_size", intermediateSize);
    requirePositive("num_hidden_layers", layers);
    requirePositive("num_attention_heads", heads);
    requirePositive("num_key_value_heads", keyValueHeads);
    requirePositive("head_dim", headSize);
    requirePositive("max_position_embeddings", maxPositions);
    Checks.require(
        layers <= MAX_LAYERS, "num_hidden_layers is %d; expected at most %d", layers, MAX_LAYERS);
    Checks.require(
        heads % keyValueHeads == 0,
        "num_attention_heads is %d; expected a multiple of num_key_value_heads, which is %d",
        heads,
        keyValueHeads);
    Checks.require(
        headSize % 2 == 0,
        "head_dim is %d; expected an even number, because rotary embeddings turn pairs",
        headSize);
    Checks.require(
        rmsNormEpsilon > 0 && Float.isFinite(rmsNormEpsilon),
        "rms_norm_eps is %s; expected a positive number",
        rmsNormEpsilon);
  }

  /** A language model. */
  public Architecture(
      Family family,
      int vocabSize,
      int hiddenSize,
      int intermediateSize,
      int layers,
      int heads,
      int keyValueHeads,
      int headSize,
      int maxPositions,
      float rmsNormEpsilon,
      RopeScaling rope,
      boolean tiedEmbeddings,
      boolean queryKeyValueBias,
      boolean outputBias,
      boolean queryKeyNorm) {
    this(
        family,
        vocabSize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        keyValueHeads,
        headSize,
        maxPositions,
        rmsNormEpsilon,
        rope,
        tiedEmbeddings,
        queryKeyValueBias,
        outputBias,
        queryKeyNorm,
        Head.LANGUAGE);
  }

  /** The same backbone with another head. */
  public Architecture withHead(Head other) {
    return new Architecture(
        family,
        vocabSize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        keyValueHeads,
        headSize,
        maxPositions,
        rmsNormEpsilon,
        rope,
        tiedEmbeddings,
        queryKeyValueBias,
        outputBias,
        queryKeyNorm,
        other);
  }

  /**
   * Reads {@code config.json}, in the spellings of transformers 4 and 5.
   *
   * @param directory a Hugging Face checkpoint directory
   * @throws io.hone.conf.UserException if the file is missing or damaged, or describes a model that
   *     Hone does not compute exactly; the message names the key
   */
  public static Architecture read(Path directory) {
    return ConfigFile.read(directory).architecture();
  }

  /**
   * A new model of a family: the biases, norms and epsilon that its published checkpoints have.
   *
   * @throws io.hone.conf.UserException if a value is out of range
   */
  public static Architecture standard(
      Family family,
      int vocabSize,
      int hiddenSize,
      int intermediateSize,
      int layers,
      int heads,
      int keyValueHeads,
      int headSize,
      int maxPositions,
      double ropeTheta,
      boolean tiedEmbeddings) {
    float epsilon =
        switch (family) {
          case LLAMA, MISTRAL -> 1e-5f;
          case QWEN2, QWEN3 -> 1e-6f;
        };
    return new Architecture(
        family,
        vocabSize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        keyValueHeads,
        headSize,
        maxPositions,
        epsilon,
        new RopeScaling.Default(ropeTheta),
        tiedEmbeddings,
        family == Family.QWEN2,
        false,
        family == Family.QWEN3);
  }

  /** Radians per position of each dimension pair of a head; {@code headSize / 2} numbers. */
  public float[] inverseFrequencies() {
    return rope.inverseFrequencies(headSize);
  }

  private static void requirePositive(String key, int value) {
    Checks.require(value > 0, "%s is %d; expected a positive integer", key, value);
  }
}
