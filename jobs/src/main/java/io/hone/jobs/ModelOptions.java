package io.hone.jobs;

import io.hone.conf.ModelConfig.ComputeType;
import io.hone.conf.ModelConfig.Device;
import io.hone.conf.UserException;
import io.hone.executor.model.ComputeSettings;
import io.hone.executor.model.PolicyVersion;
import io.hone.kernels.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of commands that compute with a checkpoint. */
final class ModelOptions {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Hugging Face checkpoint directory.")
  private Path directory;

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description = "LoRA adapter directory in the format of PEFT, merged into the model.")
  private Optional<Path> adapter = Optional.empty();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "auto",
      description =
          "What to compute on: auto (a GPU where Spark has given one, else the CPU), cpu or gpu (default:"
              + " ${DEFAULT-VALUE}).")
  private Device device;

  @Option(
      names = "--compute-type",
      paramLabel = "TYPE",
      defaultValue = "auto",
      description =
          "Number type of the computation: auto (float32 on the CPU, bfloat16 on a GPU), float32, bfloat16 or float16"
              + " (default: ${DEFAULT-VALUE}).")
  private ComputeType computeType;

  Path directory() {
    return directory;
  }

  /**
   * Opens and validates the checkpoint.
   *
   * @throws UserException if there is none that Hone computes
   */
  Checkpoint open() {
    if (device == Device.CPU
        && (computeType == ComputeType.BFLOAT16 || computeType == ComputeType.FLOAT16)) {
      throw new UserException(
          "--compute-type: 16-bit numbers need a GPU (expected auto or float32 with --device cpu)");
    }
    return Checkpoint.open(directory);
  }

  /** The same options for a run. */
  List<String> overrides() {
    return List.of(
        "model.path=" + directory,
        "model.device=" + device.name().toLowerCase(Locale.ROOT),
        "model.compute-type=" + computeType.name().toLowerCase(Locale.ROOT));
  }

  /** The checkpoint's weights with those of the adapter, as tasks take them. */
  PolicyVersion weights(Checkpoint checkpoint) {
    return new PolicyVersion(
        0,
        checkpoint.architecture(),
        AdaptedWeights.of(checkpoint, adapter),
        new ComputeSettings(device, computeType, 0, true));
  }
}
