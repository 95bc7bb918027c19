package io.hone.kernels.model;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.LinearModule;
import io.hone.kernels.checkpoint.LoraSettings;
import io.hone.kernels.checkpoint.TensorSpec;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;

/** An adapter on a device, as the programs want it; or none, which they want too. */
final class AdapterTensors {
  private static final long[] ABSENT = {0, 0, 0};

  private final FlatTensor weights;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  private AdapterTensors(Backend backend, long size, long[] views, double scale, double dropout) {
    weights = new FlatTensor(backend, size);
    tensors.put("adapter", weights.tensor());
    tensors.put("adapter_views", backend.longs(views, views.length / ABSENT.length, ABSENT.length));
    tensors.put("adapter_scale", backend.doubles(new double[] {scale}));
    tensors.put("adapter_dropout", backend.doubles(new double[] {dropout}));
  }

  static AdapterTensors none(Backend backend) {
    return new AdapterTensors(backend, 0, new long[0], 1, 0);
  }

  static AdapterTensors of(Backend backend, Architecture architecture, LoraSettings lora) {
    Layout layout = Layout.of(architecture, lora);
    return new AdapterTensors(
        backend, layout.size(), views(architecture, lora, layout), lora.scale(), lora.dropout());
  }

  /** Offset, rows and columns of A and B of every module of every layer. */
  private static long[] views(Architecture architecture, LoraSettings lora, Layout layout) {
    LongStream.Builder views = LongStream.builder();
    for (int layer = 0; layer < architecture.layers(); layer++) {
      for (LinearModule module : LinearModule.values()) {
        boolean adapted = lora.modules().contains(module);
        add(views, adapted ? view(layout.tensor(module.down(layer))) : ABSENT);
        add(views, adapted ? view(layout.tensor(module.up(layer))) : ABSENT);
      }
    }
    return views.build().toArray();
  }

  private static long[] view(TensorSpec tensor) {
    return new long[] {tensor.offset(), tensor.shape()[0], tensor.shape()[1]};
  }

  private static void add(LongStream.Builder views, long[] view) {
    for (long number : view) {
      views.add(number);
    }
  }

  FlatTensor weights() {
    return weights;
  }

  /** Inputs that every program of a decoder takes. */
  Map<String, Tensor> inputs() {
    return tensors;
  }
}
