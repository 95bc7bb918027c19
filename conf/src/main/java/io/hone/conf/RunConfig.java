package io.hone.conf;

import java.util.Optional;

/** Everything that describes a run: the root of the YAML file. */
@Doc("A run: what is trained, on which data, with which reward, and how.")
public record RunConfig(
    @Doc("How the model is trained.") @Default("grpo") Algorithm algorithm,
    @Doc(
            "Directory of the run, a path or file:, hdfs: or s3a: address; `hone train` needs it and"
                + " resumes a run that it finds there.")
        Optional<String> runDir,
    @Doc("Seed of everything random in the run: data order, sampling, initialisation.")
        @Default("0")
        long seed,
    ModelConfig model,
    DataConfig data,
    RolloutConfig rollout,
    RewardConfig reward,
    AdvantageConfig advantage,
    LossConfig loss,
    OptimizerConfig optimizer,
    TrainingConfig training,
    EvalConfig eval,
    CheckpointConfig checkpoint,
    SparkConfig spark)
    implements Validated {

  /** What {@code hone train} does. */
  public enum Algorithm {
    @Doc("group relative policy optimisation: sample groups of completions, score, update")
    GRPO,
    @Doc("supervised fine-tuning on the completions of the data set")
    SFT
  }

  /** The run directory, for commands that cannot do without. */
  public String requiredRunDir() {
    return runDir.orElseThrow(
        () ->
            new UserException(
                "run-dir: is required but not set (set it in the file, or add run-dir=DIRECTORY)"));
  }

  /** Number of gradient tasks of an update. */
  public int gradientPartitions() {
    return training.partitions().orElse(rollout.partitions());
  }

  /** Divisor, in tokens, of the aggregation {@code sequence-mean-token-sum-norm}. */
  public int lossNormLength() {
    return loss.normLength().orElse(rollout.maxNewTokens());
  }

  /** Greatest length of a completion in an evaluation, in tokens. */
  public int evalMaxNewTokens() {
    return eval.maxNewTokens().orElse(rollout.maxNewTokens());
  }

  @Override
  public void validate(Problems problems) {
    RunValidation.validate(this, problems);
  }
}
