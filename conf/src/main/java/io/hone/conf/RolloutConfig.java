package io.hone.conf;

import java.io.Serializable;
import java.util.List;

/** How completions are sampled. */
@Doc("How completions are sampled from the policy.")
public record RolloutConfig(
    @Doc("Number of prompts drawn for each step.") @Default("8") @Range(min = 1, max = 1_000_000)
        int promptsPerStep,
    @Doc("Number of completions sampled for each prompt, its group.")
        @Default("8")
        @Range(min = 1, max = 100_000)
        int groupSize,
    @Doc("Greatest length of a completion, in tokens.")
        @Default("128")
        @Range(min = 1, max = 10_000_000)
        int maxNewTokens,
    @Doc("Divisor of the logits; 0 takes the likeliest token.") @Default("1.0") @Range(min = 0)
        NumberSchedule temperature,
    @Doc("Number of likeliest tokens to sample from; 0 = all.") @Default("0") @Range(min = 0)
        int topK,
    @Doc("Probability mass of the likeliest tokens to sample from; 1 = all.")
        @Default("1.0")
        @Range(above = 0, max = 1)
        double topP,
    @Doc("Least probability, relative to the likeliest token's, to sample a token; 0 = any.")
        @Default("0.0")
        @Range(min = 0, max = 1)
        double minP,
    @Doc("Divisor of positive logits, factor of negative ones, of tokens already seen; 1 = off.")
        @Default("1.0")
        @Range(above = 0)
        double repetitionPenalty,
    @Doc("Ids of tokens that end a completion, besides those of the checkpoint.") @Range(min = 0)
        List<Integer> stopTokens,
    @Doc("Texts that end a completion; cut off the text, kept in the tokens.")
        List<String> stopStrings,
    @Doc("Number of sequences decoded together in a task.")
        @Default("32")
        @Range(min = 1, max = 100_000)
        int slots,
    @Doc("Number of rollout tasks of a step; prompts are divided among them.")
        @Default("2")
        @Range(min = 1, max = 100_000)
        int partitions,
    @Doc("Whether completions cut at the greatest length are left out of the loss.")
        @Default("false")
        boolean maskTruncated,
    @Doc(
            "How often a step samples further prompts for groups whose rewards are all the same, which then take no part"
                + " in the update (the dynamic sampling of DAPO); 0 = such groups stay, with advantages of 0.")
        @Default("0")
        @Range(min = 0, max = 1000)
        int refills)
    implements Validated, Serializable {

  public RolloutConfig {
    stopTokens = List.copyOf(stopTokens);
    stopStrings = List.copyOf(stopStrings);
  }

  @Override
  public void validate(Problems problems) {
    int index = stopStrings.indexOf("");
    if (index >= 0) {
      problems.add(
          "stop-strings[" + index + "]",
          "'' would end every completion at once (expected at least one character)");
    }
    if (partitions > promptsPerStep) {
      problems.add(
          "partitions",
          partitions
              + " tasks for "
              + promptsPerStep
              + " prompts leave tasks without work (expected <= prompts-per-step)");
    }
  }
}
