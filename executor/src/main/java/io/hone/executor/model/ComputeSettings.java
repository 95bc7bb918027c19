package io.hone.executor.model;

import io.hone.conf.ModelConfig;
import io.hone.conf.RunConfig;
import io.hone.conf.UserException;
import io.hone.kernels.model.ComputeDevice;
import io.hone.kernels.model.ComputeDevice.ComputeType;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/**
 * Where and in which precision tasks compute, as configured; each task resolves it against the GPU
 * that Spark gave it.
 *
 * @param device what to compute on
 * @param computeType type of activations and matrix products
 * @param keptActivationBytes bytes of activations that a gradient pass may keep; beyond, it
 *     computes layers again
 * @param allowMixedInstructionSets whether executors may differ in their {@link InstructionSet}
 */
public record ComputeSettings(
    ModelConfig.Device device,
    ModelConfig.ComputeType computeType,
    long keptActivationBytes,
    boolean allowMixedInstructionSets)
    implements Serializable {

  /** Of a run. */
  public static ComputeSettings of(RunConfig config) {
    return new ComputeSettings(
        config.model().device(),
        config.model().computeType(),
        config.training().activationMemory().bytes(),
        config.training().allowMixedInstructionSets());
  }

  /**
   * The device of the calling task.
   *
   * @throws UserException if a GPU is required and Spark gave the task none
   */
  public ComputeDevice resolve() {
    String address = gpuAddress();
    boolean gpu =
        switch (device) {
          case CPU -> false;
          case AUTO -> address != null;
          case GPU -> true;
        };
    if (!gpu) {
      return ComputeDevice.cpu();
    }
    if (address == null && TaskContext.get() != null) {
      throw new UserException(
          "model.device: gpu, but Spark gave the task no GPU (expected spark.executor.resource.gpu.amount and"
              + " spark.task.resource.gpu.amount to be set, or device: auto)");
    }
    return ComputeDevice.gpu(
        address == null ? 0 : Integer.parseInt(address),
        switch (computeType) {
          case AUTO, BFLOAT16 -> ComputeType.BFLOAT16;
          case FLOAT16 -> ComputeType.FLOAT16;
          case FLOAT32 -> ComputeType.FLOAT32;
        });
  }

  private static String gpuAddress() {
    TaskContext task = TaskContext.get();
    ResourceInformation gpu = task == null ? null : task.resourcesJMap().get("gpu");
    return gpu == null || gpu.addresses().length == 0 ? null : gpu.addresses()[0];
  }
}
