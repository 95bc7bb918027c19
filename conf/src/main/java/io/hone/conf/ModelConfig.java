package io.hone.conf;

import java.util.Optional;

/** The checkpoint to begin with and what computes it. */
@Doc("The checkpoint that the run begins with, and what computes it.")
public record ModelConfig(
    @Doc("Hugging Face checkpoint directory: config.json, safetensors and tokenizer files.")
        String path,
    @Doc("Adapter directory in the format of PEFT that the run begins with, on top of `path`.")
        Optional<String> adapter,
    @Doc("What the executors compute on.") @Default("auto") Device device,
    @Doc("Number type of forward and backward passes; weights and optimiser state are float32.")
        @Default("auto")
        ComputeType computeType)
    implements Validated {

  /** What executors compute on. */
  public enum Device {
    @Doc("a GPU where the executor has one, else the CPU")
    AUTO,
    @Doc("the CPU")
    CPU,
    @Doc("a GPU; an executor without one fails")
    GPU
  }

  /** Number type of computation. */
  public enum ComputeType {
    @Doc("float32 on a CPU, bfloat16 on a GPU")
    AUTO,
    @Doc("32-bit floating point")
    FLOAT32,
    @Doc("16-bit brain floating point, GPU only")
    BFLOAT16,
    @Doc("16-bit floating point, GPU only")
    FLOAT16
  }

  @Override
  public void validate(Problems problems) {
    if (device == Device.CPU
        && (computeType == ComputeType.BFLOAT16 || computeType == ComputeType.FLOAT16)) {
      problems.add(
          "compute-type",
          Names.kebab(computeType) + " needs a GPU (expected auto or float32 with device: cpu)");
    }
  }
}
