package io.hone.kernels.model;

import io.hone.kernels.checkpoint.FlatSequence;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.ProgramCall;
import io.hone.kernels.program.Tensor;

/** One number per parameter on a device, written and read a chunk at a time. Zero at first. */
final class FlatTensor implements AutoCloseable {
  private final Backend backend;
  private final long size;
  private final Tensor tensor;

  FlatTensor(Backend backend, long size) {
    this.backend = backend;
    this.size = size;
    this.tensor = backend.zeros(size);
  }

  Tensor tensor() {
    return tensor;
  }

  void write(FlatSequence values) {
    if (values.size() != size) {
      throw new IllegalArgumentException(
          values.size() + " numbers for a layout of " + size + " parameters");
    }
    for (long offset = 0; offset < size; offset += FlatWeights.CHUNK) {
      float[] chunk = values.range(offset, (int) Math.min(FlatWeights.CHUNK, size - offset));
      try (ProgramCall call = new ProgramCall(backend, "write")) {
        call.with("flat", tensor)
            .floats("values", chunk, chunk.length)
            .integer("offset", offset)
            .run();
      }
    }
  }

  FlatWeights read() {
    float[][] chunks =
        new float[Math.toIntExact((size + FlatWeights.CHUNK - 1) / FlatWeights.CHUNK)][];
    for (int i = 0; i < chunks.length; i++) {
      long offset = (long) i * FlatWeights.CHUNK;
      try (ProgramCall call = new ProgramCall(backend, "read")) {
        call.with("flat", tensor)
            .integer("offset", offset)
            .integer("length", Math.min(FlatWeights.CHUNK, size - offset))
            .run();
        chunks[i] = call.output("values").floats();
      }
    }
    return FlatWeights.of(chunks);
  }

  @Override
  public void close() {
    tensor.close();
  }
}
