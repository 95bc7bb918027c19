package io.hone.conf;

import java.util.Optional;

/** How long, and in which portions, the policy is trained. */
@Doc("How long, and in which portions, the policy is trained.")
public record TrainingConfig(
    @Doc("Number of steps of the run; one step trains on one batch of rollouts or rows.")
        @Default("100")
        @Range(min = 1, max = 10_000_000)
        int steps,
    @Doc("Number of passes over the batch of a step.") @Default("1") @Range(min = 1, max = 1000)
        int epochs,
    @Doc("Number of parts of a pass, one update each; made of whole groups.")
        @Default("1")
        @Range(min = 1)
        int miniBatches,
    @Doc("Number of rows in the batch of a step (sft, dpo).")
        @Default("32")
        @Range(min = 1, max = 1_000_000)
        int batchSize,
    @Doc("Greatest number of tokens, padding included, that go through the model at once.")
        @Default("16384")
        @Range(min = 1)
        int tokensPerMicroBatch,
    @Doc(
            "Greatest size, as estimated, of the activations that a micro-batch keeps for its backward"
                + " pass; where they would take more, only the inputs of layers are kept and the rest is"
                + " recomputed (gradient checkpointing), to the same bits; 0B = always.")
        @Default("2GB")
        DataSize activationMemory,
    @Doc("Greatest length of prompt and completion together, in tokens; without it, the model's.")
        @Range(min = 2, max = 10_000_000)
        Optional<Integer> maxSequenceTokens,
    @Doc(
            "Number of updates skipped for a loss or gradient that is not finite before the run fails.")
        @Default("3")
        @Range(min = 0)
        int nonFiniteQuota,
    @Doc("Number of gradient tasks of an update; without it, `rollout.partitions`.")
        @Range(min = 1, max = 100_000)
        Optional<Integer> partitions,
    @Doc(
            "Whether executors may have processors with different vector instructions, at the price of"
                + " results that depend on which of them ran a task.")
        @Default("false")
        boolean allowMixedInstructionSets,
    @Doc("How gradients and weights travel; weights are the same either way.") @Default("driver")
        Exchange exchange,
    @Doc(
            "Number of parts that weights and optimiser state are divided into (exchange: sharded), at"
                + " most one for 65536 numbers; without it, the number of gradient tasks.")
        @Range(min = 1, max = 100_000)
        Optional<Integer> shards)
    implements Validated {

  /** How gradients and weights travel. */
  public enum Exchange {
    @Doc("through the driver, which holds weights and optimiser state")
    DRIVER,
    @Doc(
        "from executor to executor, each of which holds a part; the run directory must be on a file"
            + " system that all of them share")
    SHARDED
  }

  @Override
  public void validate(Problems problems) {
    if (shards.isPresent() && exchange != Exchange.SHARDED) {
      problems.add("shards", "has no effect (expected with exchange: sharded only)");
    }
  }
}
