package io.hone.conf;

/** What is kept of the weights. */
@Doc("Which checkpoints are written and kept.")
public record CheckpointConfig(
    @Doc("Number of steps from one checkpoint to the next; a restart replays the steps between.")
        @Default("1")
        @Range(min = 1)
        int every,
    @Doc("Number of newest checkpoints kept.") @Default("2") @Range(min = 1) int keepLast,
    @Doc("Number type of the weights written.") @Default("source") Dtype dtype) {

  /** Number types of written weights. */
  public enum Dtype {
    @Doc("that of each tensor in the checkpoint that the run began with")
    SOURCE,
    @Doc("32-bit floating point, exact")
    FLOAT32,
    @Doc("16-bit brain floating point")
    BFLOAT16,
    @Doc("16-bit floating point")
    FLOAT16
  }
}
