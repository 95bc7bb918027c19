package io.hone.kernels.model;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatSequence;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.LoraSettings;
import io.hone.kernels.checkpoint.TensorSpec;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A decoder on a device, as the programs want it: the flat tensor, where each weight lies in it,
 * the few numbers that shapes do not tell, and an adapter or none.
 */
final class DecoderTensors implements AutoCloseable {
  private static final long[] ABSENT = {0, 0, 0};

  private final FlatTensor learning;
  private final ActivationMemory activations;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Collection<Tensor> owned;

  DecoderTensors(
      Backend backend, Architecture architecture, Layout layout, ComputeDevice.ComputeType type) {
    learning = new FlatTensor(backend, layout.size());
    activations = ActivationMemory.of(architecture);
    tensors.put("weights", learning.tensor());
    long[] views = views(architecture, layout);
    tensors.put("views", backend.longs(views, views.length / ABSENT.length, ABSENT.length));
    tensors.put("value_head", backend.longs(view(layout, Layout.VALUE_HEAD), 1, ABSENT.length));
    tensors.put(
        "heads",
        backend.longs(
            new long[] {
              architecture.heads(), architecture.keyValueHeads(), architecture.headSize()
            },
            3));
    tensors.put("epsilon", backend.doubles(new double[] {architecture.rmsNormEpsilon()}));
    float[] frequencies = architecture.inverseFrequencies();
    tensors.put("frequencies", backend.floats(frequencies, frequencies.length));
    tensors.put("compute_type", backend.longs(new long[] {scalarType(type)}));
    tensors.putAll(AdapterTensors.none(backend).inputs());
    owned = tensors.values();
  }

  private DecoderTensors(
      DecoderTensors base, AdapterTensors adapter, ActivationMemory activations) {
    learning = adapter.weights();
    this.activations = activations;
    tensors.putAll(base.tensors);
    tensors.putAll(adapter.inputs());
    owned = adapter.inputs().values();
  }

  /**
   * The same decoder with an adapter, zero at first, in place of its own; it shares the other
   * tensors, which must outlive it.
   */
  DecoderTensors adapted(Backend backend, Architecture architecture, LoraSettings lora) {
    return new DecoderTensors(
        this,
        AdapterTensors.of(backend, architecture, lora),
        ActivationMemory.of(architecture, lora));
  }

  /** Replaces what learns: all weights, or the adapter. */
  void write(FlatSequence values) {
    learning.write(values);
  }

  /** What learning from it keeps. */
  ActivationMemory activations() {
    return activations;
  }

  /** Inputs that every program of a decoder takes. */
  Map<String, Tensor> inputs() {
    return tensors;
  }

  @Override
  public void close() {
    owned.forEach(Tensor::close);
  }

  /** libtorch's numbers of its types. */
  private static long scalarType(ComputeDevice.ComputeType type) {
    return switch (type) {
      case FLOAT16 -> 5;
      case FLOAT32 -> 6;
      case BFLOAT16 -> 15;
    };
  }

  /**
   * Offset, rows and columns of every tensor in the order of the programs (a vector has 0 columns;
   * what a model lacks is 0, 0, 0).
   */
  private static long[] views(Architecture architecture, Layout layout) {
    List<long[]> views = new ArrayList<>();
    views.add(view(layout, Layout.EMBEDDING));
    for (int layer = 0; layer < architecture.layers(); layer++) {
      String prefix = "model.layers." + layer + ".";
      String attention = prefix + "self_attn.";
      views.add(view(layout, prefix + "input_layernorm.weight"));
      views.add(
          view(
              layout,
              attention + "q_proj.weight",
              attention + "k_proj.weight",
              attention + "v_proj.weight"));
      views.add(
          view(
              layout,
              attention + "q_proj.bias",
              attention + "k_proj.bias",
              attention + "v_proj.bias"));
      views.add(view(layout, attention + "q_norm.weight"));
      views.add(view(layout, attention + "k_norm.weight"));
      views.add(view(layout, attention + "o_proj.weight"));
      views.add(view(layout, attention + "o_proj.bias"));
      views.add(view(layout, prefix + "post_attention_layernorm.weight"));
      views.add(view(layout, prefix + "mlp.gate_proj.weight", prefix + "mlp.up_proj.weight"));
      views.add(view(layout, prefix + "mlp.down_proj.weight"));
    }
    views.add(view(layout, "model.norm.weight"));
    views.add(
        view(layout, architecture.tiedEmbeddings() ? Layout.EMBEDDING : Layout.OUTPUT_PROJECTION));
    return views.stream().flatMapToLong(java.util.Arrays::stream).toArray();
  }

  /** One view over tensors that lie one after the other. */
  private static long[] view(Layout layout, String... names) {
    if (!layout.contains(names[0])) {
      return ABSENT;
    }
    TensorSpec first = layout.tensor(names[0]);
    long rows = 0;
    long end = first.offset();
    for (String name : names) {
      TensorSpec tensor = layout.tensor(name);
      if (tensor.offset() != end) {
        throw new IllegalStateException(tensor + " does not begin at " + end);
      }
      rows += tensor.shape()[0];
      end = tensor.end();
    }
    return new long[] {first.offset(), rows, first.shape().length == 1 ? 0 : first.shape()[1]};
  }
}
