package io.hone.kernels.program;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A tensor of libtorch. Type and device are never asked of half-precision tensors: DJL aborts the
 * JVM on those.
 */
final class TorchScriptTensor implements Tensor {
  private final PtNDArray array;

  TorchScriptTensor(PtNDArray array) {
    this.array = array;
  }

  PtNDArray array() {
    return array;
  }

  @Override
  public long[] shape() {
    return array.getShape().getShape();
  }

  @Override
  public float[] floats() {
    float[] values = new float[count()];
    content(DataType.FLOAT32).asFloatBuffer().get(values);
    return values;
  }

  @Override
  public double[] doubles() {
    double[] values = new double[count()];
    content(DataType.FLOAT64).asDoubleBuffer().get(values);
    return values;
  }

  @Override
  public long[] longs() {
    long[] values = new long[count()];
    content(DataType.INT64).asLongBuffer().get(values);
    return values;
  }

  @Override
  public void close() {
    array.close();
  }

  private int count() {
    return Math.toIntExact(array.getShape().size());
  }

  private ByteBuffer content(DataType expected) {
    if (array.getDataType() != expected || array.getDevice().isGpu()) {
      throw new IllegalStateException(
          "a tensor of "
              + array.getDataType()
              + " on "
              + array.getDevice()
              + " (expected: "
              + expected
              + " in the host's memory)");
    }
    if (array.getShape().size() == 0) {
      return ByteBuffer.allocate(0);
    }
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder());
  }
}
