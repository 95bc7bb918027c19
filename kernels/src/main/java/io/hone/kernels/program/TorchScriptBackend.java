package io.hone.kernels.program;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Programs in TorchScript, run by DJL's PyTorch engine. One per device and JVM: sources are packed
 * and compiled once.
 *
 * <p>On the CPU every calling thread computes with one thread of its own, unless {@code
 * ai.djl.pytorch.num_threads} says otherwise: tasks run side by side, and sums do not depend on how
 * many threads there are.
 */
public final class TorchScriptBackend implements Backend {
  private static final String ENGINE = "PyTorch";
  private static final String THREADS = "ai.djl.pytorch.num_threads";
  private static final Map<Device, TorchScriptBackend> BACKENDS = new ConcurrentHashMap<>();

  private final Device device;
  private final PtNDManager manager;
  private final PtSymbolBlock module;
  private final Set<String> programs;

  private TorchScriptBackend(Device device) {
    this.device = device;
    this.manager = (PtNDManager) NDManager.newBaseManager(device, ENGINE);
    if (System.getProperty(THREADS) == null) {
      JniUtils.setNumThreads(1);
    }
    byte[] archive = TorchScriptArchive.pack(TorchScriptSources.load());
    try {
      module = JniUtils.loadModule(manager, new ByteArrayInputStream(archive), true, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    programs = Set.copyOf(Arrays.asList(JniUtils.getMethodNames(module)));
  }

  /** The backend of the CPU. */
  public static TorchScriptBackend cpu() {
    return BACKENDS.computeIfAbsent(Device.cpu(), TorchScriptBackend::new);
  }

  /**
   * The backend of a GPU.
   *
   * @param index from 0 to {@link #gpuCount()} - 1
   */
  public static TorchScriptBackend gpu(int index) {
    return BACKENDS.computeIfAbsent(Device.gpu(index), TorchScriptBackend::new);
  }

  /** Number of GPUs that libtorch can use here. */
  public static int gpuCount() {
    return Engine.getEngine(ENGINE).getGpuCount();
  }

  @Override
  public Tensor floats(float[] values, long... shape) {
    return tensor(FloatBuffer.wrap(values), DataType.FLOAT32, shape);
  }

  @Override
  public Tensor doubles(double[] values, long... shape) {
    return tensor(DoubleBuffer.wrap(values), DataType.FLOAT64, shape);
  }

  @Override
  public Tensor longs(long[] values, long... shape) {
    return tensor(LongBuffer.wrap(values), DataType.INT64, shape);
  }

  @Override
  public Tensor zeros(long... shape) {
    return new TorchScriptTensor(
        (PtNDArray) manager.zeros(new Shape(shape), DataType.FLOAT32, device));
  }

  @Override
  public Program program(String name) {
    if (!programs.contains(name)) {
      throw new IllegalArgumentException("no program " + name + " in " + programs);
    }
    return new TorchScriptProgram(manager, module, name);
  }

  private Tensor tensor(Buffer values, DataType type, long[] shape) {
    Shape sizes = new Shape(shape);
    if (sizes.size() != values.remaining()) {
      throw new IllegalArgumentException(
          values.remaining() + " values for a tensor of shape " + sizes);
    }
    NDArray array;
    if (device.isGpu()) {
      array = manager.create(values, sizes, type);
    } else {
      // libtorch's own memory, written in place: freed when closed rather than when collected, and
      // aligned alike in
      // every run.
      array = manager.create(sizes, type, device);
      if (values.hasRemaining()) {
        put(values, array.toByteBuffer(true).order(ByteOrder.nativeOrder()));
      }
    }
    return new TorchScriptTensor((PtNDArray) array);
  }

  private static void put(Buffer values, ByteBuffer target) {
    if (values instanceof FloatBuffer floats) {
      target.asFloatBuffer().put(floats);
    } else if (values instanceof DoubleBuffer doubles) {
      target.asDoubleBuffer().put(doubles);
    } else {
      target.asLongBuffer().put((LongBuffer) values);
    }
  }
}
