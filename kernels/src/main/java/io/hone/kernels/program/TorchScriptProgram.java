package io.hone.kernels.program;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One method of the TorchScript module: a dictionary of tensors in, a dictionary of tensors out.
 */
final class TorchScriptProgram implements Program {
  private final PtNDManager manager;
  private final PtSymbolBlock module;
  private final String name;

  TorchScriptProgram(PtNDManager manager, PtSymbolBlock module, String name) {
    this.manager = manager;
    this.module = module;
    this.name = name;
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    return NativeWork.run(() -> forward(inputs));
  }

  private Map<String, Tensor> forward(Map<String, Tensor> inputs) {
    // Both are settings of the calling thread, and a new thread has neither: it would record
    // gradients and spend seconds
    // on optimising each new shape. Programs turn gradients on where they need them.
    boolean gradients = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    JniUtils.setGraphExecutorOptimize(false);
    try (NDArray method = manager.create(0)) {
      method.setName("module_method:" + name);
      NDList arguments = new NDList(method);
      inputs.forEach((key, tensor) -> arguments.add(named(key, tensor)));
      // The training mode, because the other one runs under inference mode, where no gradients can
      // be had.
      return wrap(IValueUtils.forward(module, arguments, true));
    } catch (EngineException e) {
      throw new ProgramException("Program " + name + " failed: " + e.getMessage(), e);
    } finally {
      JniUtils.setGradMode(gradients);
    }
  }

  private static NDArray named(String key, Tensor tensor) {
    PtNDArray array = ((TorchScriptTensor) tensor).array();
    // DJL gathers arrays named x.k into one argument, a dictionary with keys k.
    array.setName("inputs." + key);
    return array;
  }

  private static Map<String, Tensor> wrap(NDList arrays) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (NDArray array : arrays) {
      tensors.put(array.getName(), new TorchScriptTensor((PtNDArray) array));
    }
    return tensors;
  }
}
