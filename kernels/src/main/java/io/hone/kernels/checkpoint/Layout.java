package io.hone.kernels.checkpoint;

import io.hone.conf.UserException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Name, shape and place of every tensor in one flat fp32 tensor: that of a model, or that of an
 * adapter.
 *
 * <p>The order of a model, without gaps: {@code embed_tokens}; for every layer {@code
 * input_layernorm}, the query, key and value weights (together one matrix {@code [(heads + 2
 * keyValueHeads) * headSize, hiddenSize]}), their biases if any (together one vector), {@code
 * q_norm} and {@code k_norm} if any, the output projection and its bias if any, {@code
 * post_attention_layernorm}, the gate and up weights (together one matrix {@code [2 *
 * intermediateSize, hiddenSize]}), the down weight; then the final {@code norm}; for an untied
 * language model {@code lm_head}, and for a model with a value head {@code score}. That of an
 * adapter: for every layer and adapted {@link LinearModule} A {@code [rank, in]}, then B {@code
 * [out, rank]}, under the names of PEFT.
 */
public final class Layout implements Serializable {
  /** The embedding, which a tied model also uses as its output projection. */
  public static final String EMBEDDING = "model.embed_tokens.weight";

  /** The output projection of an untied language model. */
  public static final String OUTPUT_PROJECTION = "lm_head.weight";

  /** The value head, a matrix of one row. */
  public static final String VALUE_HEAD = "score.weight";

  private final List<TensorSpec> tensors;
  private final Map<String, TensorSpec> byName;
  private final long size;

  private Layout(List<TensorSpec> tensors) {
    this.tensors = List.copyOf(tensors);
    this.byName = new LinkedHashMap<>();
    tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
    this.size = tensors.get(tensors.size() - 1).end();
  }

  /**
   * The layout of every model of this architecture.
   *
   * @throws UserException if its sizes exceed 64-bit arithmetic
   */
  public static Layout of(Architecture architecture) {
    return of(architecture, builder -> builder.addModel());
  }

  /**
   * The layout of every adapter of this shape for models of this architecture.
   *
   * @throws UserException if its sizes exceed 64-bit arithmetic
   */
  public static Layout of(Architecture architecture, LoraSettings lora) {
    Layout model = of(architecture);
    return of(architecture, builder -> builder.addAdapter(model, lora));
  }

  private static Layout of(Architecture architecture, Consumer<Builder> contents) {
    try {
      Builder builder = new Builder(architecture);
      contents.accept(builder);
      return new Layout(builder.tensors);
    } catch (ArithmeticException e) {
      throw new UserException(
          "The model sizes of config.json ("
              + architecture
              + ") multiply to more than 2^63 numbers");
    }
  }

  /** All tensors in the order of their offsets. */
  public List<TensorSpec> tensors() {
    return tensors;
  }

  /**
   * The tensor of this name.
   *
   * @throws IllegalArgumentException if the model has no such tensor
   */
  public TensorSpec tensor(String name) {
    TensorSpec tensor = byName.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("The layout has no tensor named " + name);
    }
    return tensor;
  }

  /** Whether the model has a tensor of this name. */
  public boolean contains(String name) {
    return byName.containsKey(name);
  }

  /** Number of parameters. */
  public long size() {
    return size;
  }

  /** Whether weight decay applies: to matrices, never to norms and biases. */
  public boolean decays(TensorSpec tensor) {
    return tensor.shape().length > 1;
  }

  private static final class Builder {
    private final Architecture architecture;
    private final List<TensorSpec> tensors = new ArrayList<>();
    private long offset;

    Builder(Architecture architecture) {
      this.architecture = architecture;
    }

    void addModel() {
      long hidden = architecture.hiddenSize();
      add(EMBEDDING, architecture.vocabSize(), hidden);
      for (int layer = 0; layer < architecture.layers(); layer++) {
        addLayer("model.layers." + layer + ".");
      }
      add("model.norm.weight", hidden);
      if (architecture.head().hasLogits() && !architecture.tiedEmbeddings()) {
        add(OUTPUT_PROJECTION, architecture.vocabSize(), hidden);
      }
      if (architecture.head().hasValue()) {
        add(VALUE_HEAD, 1, hidden);
      }
    }

    void addAdapter(Layout model, LoraSettings lora) {
      for (int layer = 0; layer < architecture.layers(); layer++) {
        for (LinearModule module : lora.modules()) {
          long[] shape = model.tensor(module.weight(layer)).shape();
          add(module.down(layer), lora.rank(), shape[1]);
          add(module.up(layer), shape[0], lora.rank());
        }
      }
    }

    private void addLayer(String prefix) {
      long hidden = architecture.hiddenSize();
      long queries = Math.multiplyExact((long) architecture.heads(), architecture.headSize());
      long keys = Math.multiplyExact((long) architecture.keyValueHeads(), architecture.headSize());
      String attention = prefix + "self_attn.";

      add(prefix + "input_layernorm.weight", hidden);
      add(attention + "q_proj.weight", queries, hidden);
      add(attention + "k_proj.weight", keys, hidden);
      add(attention + "v_proj.weight", keys, hidden);
      if (architecture.queryKeyValueBias()) {
        add(attention + "q_proj.bias", queries);
        add(attention + "k_proj.bias", keys);
        add(attention + "v_proj.bias", keys);
      }
      if (architecture.queryKeyNorm()) {
        add(attention + "q_norm.weight", architecture.headSize());
        add(attention + "k_norm.weight", architecture.headSize());
      }
      add(attention + "o_proj.weight", hidden, queries);
      if (architecture.outputBias()) {
        add(attention + "o_proj.bias", hidden);
      }
      add(prefix + "post_attention_layernorm.weight", hidden);
      add(prefix + "mlp.gate_proj.weight", architecture.intermediateSize(), hidden);
      add(prefix + "mlp.up_proj.weight", architecture.intermediateSize(), hidden);
      add(prefix + "mlp.down_proj.weight", hidden, architecture.intermediateSize());
    }

    private void add(String name, long... shape) {
      TensorSpec tensor = new TensorSpec(name, shape, offset);
      tensors.add(tensor);
      offset = Math.addExact(offset, tensor.size());
    }
  }
}
