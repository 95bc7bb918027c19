package io.hone.conf;

import java.util.List;

/**
 * The numbers that follow from a configuration: how much work a step is, how it is divided and how
 * often the policy is updated. The ranges of the options keep every product within 64 bits.
 *
 * @param run what they follow from
 */
public record RunArithmetic(RunConfig run) {

  /** The arithmetic of a run. */
  public static RunArithmetic of(RunConfig run) {
    return new RunArithmetic(run);
  }

  /** Number of sequences that a step trains on: prompts x group, or the rows of a batch. */
  public long samplesPerStep() {
    return run.samplesRollouts()
        ? (long) run.rollout().promptsPerStep() * run.rollout().groupSize()
        : run.training().batchSize();
  }

  /** Number of sequences of an update. */
  public long samplesPerMiniBatch() {
    return samplesPerStep() / run.training().miniBatches();
  }

  /** Number of updates of a step: epochs x mini-batches. */
  public long updatesPerStep() {
    return (long) run.training().epochs() * run.training().miniBatches();
  }

  /** Number of updates of the policy in the run; its schedules count to it. */
  public long updates() {
    int critics = run.hasOwnCritic() ? run.critic().warmupSteps() : 0;
    return (run.training().steps() - critics) * updatesPerStep();
  }

  /** Number of updates of a critic of its own in the run; its schedules count to it. */
  public long criticUpdates() {
    return run.training().steps() * updatesPerStep();
  }

  /** What is printed when a run starts, a sentence a line. */
  public List<String> lines() {
    TrainingConfig training = run.training();
    String sample = run.samplesRollouts() ? "rollout" : "row";
    String updates =
        count(training.epochs(), "epoch")
            + " x "
            + count(training.miniBatches(), "mini-batch")
            + " = "
            + count(updatesPerStep(), "update")
            + " a step, each on "
            + count(samplesPerMiniBatch(), sample);
    String tasks =
        count(run.gradientPartitions(), "gradient task")
            + " an update, micro-batches of at most "
            + count(training.tokensPerMicroBatch(), "token");
    String total =
        count(training.steps(), "step")
            + " = "
            + count(updates(), "update")
            + " on "
            + count(training.steps() * samplesPerStep(), sample);
    return run.samplesRollouts()
        ? List.of(rollouts(), rolloutTasks(), updates, tasks, total)
        : List.of(count(samplesPerStep(), sample) + " a step", updates, tasks, total);
  }

  private String rollouts() {
    RolloutConfig rollout = run.rollout();
    return count(rollout.promptsPerStep(), "prompt")
        + " x "
        + count(rollout.groupSize(), "completion")
        + " = "
        + count(samplesPerStep(), "rollout")
        + " a step, at most "
        + count(samplesPerStep() * rollout.maxNewTokens(), "sampled token")
        + (run.advantage().estimator() == AdvantageConfig.Estimator.REMAX
            ? ", and a greedy completion of each prompt"
            : "")
        + (rollout.refills() > 0
            ? ", and again for groups that teach nothing, at most "
                + count(rollout.refills(), "time")
            : "");
  }

  private String rolloutTasks() {
    RolloutConfig rollout = run.rollout();
    int prompts = 1 + (rollout.promptsPerStep() - 1) / rollout.partitions();
    return count(rollout.partitions(), "rollout task")
        + " a step, each of at most "
        + count(prompts, "prompt")
        + " = "
        + count((long) prompts * rollout.groupSize(), "rollout")
        + ", "
        + rollout.slots()
        + " decoded together";
  }

  private static String count(long number, String thing) {
    String plural = thing.endsWith("tch") ? thing + "es" : thing + "s";
    return number + " " + (number == 1 ? thing : plural);
  }
}
