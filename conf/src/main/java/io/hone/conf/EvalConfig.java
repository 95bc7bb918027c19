package io.hone.conf;

import java.util.Optional;

/** Evaluation on held-out prompts. */
@Doc("Evaluation on held-out prompts, while training or by `hone eval`.")
public record EvalConfig(
    @Doc("Number of steps from one evaluation to the next; 0 = none while training.")
        @Default("0")
        @Range(min = 0)
        int every,
    @Doc("JSONL file of held-out rows, read with the other options of `data`.")
        Optional<String> data,
    @Doc("Number of rows used, from the first; without it, all.") @Range(min = 1)
        Optional<Integer> limit,
    @Doc("Completions sampled for each prompt; pass@k is told for 1, 2, 4 ... up to it.")
        @Default("4")
        @Range(min = 1)
        int samples,
    @Doc("Divisor of the logits of sampled completions.") @Default("1.0") @Range(above = 0)
        double temperature,
    @Doc("Least reward of a completion that passes.") @Default("1.0") double passThreshold,
    @Doc("Greatest length of a completion, in tokens; without it, `rollout.max-new-tokens`.")
        @Range(min = 1)
        Optional<Integer> maxNewTokens,
    @Doc("Whether the checkpoint with the best evaluation is kept.") @Default("true")
        boolean keepBest)
    implements Validated {

  @Override
  public void validate(Problems problems) {
    if (every > 0 && data.isEmpty()) {
      problems.add("data", "is required with every: " + every + " (expected a JSONL file)");
    }
  }
}
