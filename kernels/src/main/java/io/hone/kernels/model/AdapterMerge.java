package io.hone.kernels.model;

import io.hone.kernels.checkpoint.Adapter;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.LinearModule;
import io.hone.kernels.checkpoint.TensorSpec;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.ProgramCall;
import io.hone.kernels.program.Tensor;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.Arrays;

/** Makes an adapter part of the weights, so that the model needs none. */
public final class AdapterMerge {
  private AdapterMerge() {}

  /**
   * Weights W + scale B A, computed on the CPU in 32-bit floats, a matrix at a time.
   *
   * @param weights in the layout of the architecture; not changed
   */
  public static FlatWeights merge(Architecture architecture, FlatWeights weights, Adapter adapter) {
    Backend backend = TorchScriptBackend.cpu();
    Layout model = Layout.of(architecture);
    Layout layout = Layout.of(architecture, adapter.settings());
    float[][] merged = Arrays.stream(weights.chunks()).map(float[]::clone).toArray(float[][]::new);
    for (int layer = 0; layer < architecture.layers(); layer++) {
      for (LinearModule module : adapter.settings().modules()) {
        TensorSpec matrix = model.tensor(module.weight(layer));
        TensorSpec down = layout.tensor(module.down(layer));
        TensorSpec up = layout.tensor(module.up(layer));
        try (Tensor sum = backend.floats(read(weights, matrix), matrix.shape());
            ProgramCall call = new ProgramCall(backend, "lora_merge")) {
          call.with("weight", sum)
              .floats("down", read(adapter.weights(), down), down.shape())
              .floats("up", read(adapter.weights(), up), up.shape())
              .number("adapter_scale", adapter.settings().scale())
              .run();
          write(sum.floats(), merged, matrix.offset());
        }
      }
    }
    return FlatWeights.of(merged);
  }

  private static float[] read(FlatWeights weights, TensorSpec tensor) {
    float[] values = new float[Math.toIntExact(tensor.size())];
    weights.copyTo(tensor.offset(), values, 0, values.length);
    return values;
  }

  private static void write(float[] values, float[][] chunks, long offset) {
    int written = 0;
    while (written < values.length) {
      float[] chunk = chunks[(int) ((offset + written) / FlatWeights.CHUNK)];
      int start = (int) ((offset + written) % FlatWeights.CHUNK);
      int length = Math.min(values.length - written, chunk.length - start);
      System.arraycopy(values, written, chunk, start, length);
      written += length;
    }
  }
}
