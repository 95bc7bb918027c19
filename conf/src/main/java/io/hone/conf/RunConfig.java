package io.hone.conf;

import io.hone.conf.ConfigNode.Mapping;
import java.util.Map;
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
    PreferenceConfig preference,
    LoraConfig lora,
    CriticConfig critic,
    OptimizerConfig optimizer,
    TrainingConfig training,
    EvalConfig eval,
    CheckpointConfig checkpoint,
    SparkConfig spark,
    @Doc("Written into run.yaml by Hone: versions and fingerprints; a run does not read it.")
        Map<String, String> provenance)
    implements Validated {

  /** What {@code hone train} does. */
  public enum Algorithm {
    @Doc("policy optimisation without a critic: sample groups of completions, score, update")
    GRPO,
    @Doc("policy optimisation with a critic: advantages of tokens by GAE")
    PPO,
    @Doc("supervised fine-tuning on the completions of the data set")
    SFT,
    @Doc("preference optimisation, with the objective that `preference` names")
    DPO
  }

  public RunConfig {
    provenance = Immutable.map(provenance);
  }

  /**
   * The same configuration with another {@code provenance}, for {@code run.yaml}. Its values come
   * from {@link Origin#COMPUTED}.
   *
   * @param provenance versions and fingerprints by name, written in its order
   */
  public static ResolvedConfig<RunConfig> withProvenance(
      ResolvedConfig<RunConfig> resolved, Map<String, String> provenance) {
    Mapping section = Mapping.ofTexts("provenance", Origin.COMPUTED, provenance);
    Mapping tree = resolved.tree().with(section.path(), section);
    RunConfig config = ConfigBinder.bindComplete(tree, RunConfig.class);
    return new ResolvedConfig<>(config, tree, resolved.sources());
  }

  /** The run directory, for commands that cannot do without. */
  public String requiredRunDir() {
    return runDir.orElseThrow(
        () ->
            new UserException(
                "run-dir: is required but not set (set it in the file, or add run-dir=DIRECTORY)"));
  }

  /** Whether a step samples completions; else it takes rows of the data set. */
  public boolean samplesRollouts() {
    return switch (algorithm) {
      case GRPO, PPO -> true;
      case SFT -> false;
      case DPO -> preference.pairs() == PreferenceConfig.Pairs.ROLLOUTS;
    };
  }

  /** Whether the objective compares the policy with the initial checkpoint. */
  public boolean usesReference() {
    return switch (algorithm) {
      case GRPO, PPO -> loss.klCoefficient().greatest() > 0;
      case SFT -> false;
      case DPO -> preference.usesReference();
    };
  }

  /** Whether the loss of tokens with advantages is minimised. */
  private boolean hasPolicyLoss() {
    return algorithm == Algorithm.GRPO || algorithm == Algorithm.PPO;
  }

  /** Whether there is a critic, of its own or on the policy's backbone. */
  public boolean hasCritic() {
    return algorithm == Algorithm.PPO;
  }

  /** Whether the critic is a model beside the policy. */
  public boolean hasOwnCritic() {
    return hasCritic() && !critic.sharedBackbone();
  }

  /** Number of gradient tasks of an update. */
  public int gradientPartitions() {
    return training.partitions().orElse(rollout.partitions());
  }

  /** Number of shards that the sharded exchange is asked for. */
  public int exchangeShards() {
    return training.shards().orElse(gradientPartitions());
  }

  /** Whether a penalty for divergence from the reference policy is part of the reward. */
  public boolean hasKlInReward() {
    return hasPolicyLoss()
        && loss.klCoefficient().greatest() > 0
        && loss.klIn() == LossConfig.KlPlacement.REWARD;
  }

  /** What {@link #takesRewardsAsWhole} wants, for messages. */
  public static final String REWARDS_AS_WHOLE =
      "rewards of whole completions (expected algorithm: grpo, with an estimator other than"
          + " reinforce-plus-plus and remax, and without return-to-go)";

  /**
   * Whether what is learned of a completion depends on its reward alone, and not on what its tokens
   * earn or on a greedy completion.
   */
  public boolean takesRewardsAsWhole() {
    return !hasCritic()
        && !advantage.returnToGo()
        && advantage.estimator() != AdvantageConfig.Estimator.REINFORCE_PLUS_PLUS
        && advantage.estimator() != AdvantageConfig.Estimator.REMAX;
  }

  /** Whether a step samples a greedy completion of each prompt, as the baseline of its group. */
  public boolean samplesGreedily() {
    return algorithm == Algorithm.GRPO && advantage.estimator() == AdvantageConfig.Estimator.REMAX;
  }

  /**
   * Whether log-probabilities at the weights that a step begins with are computed: where it makes
   * more than one update, or the reward has a penalty for divergence.
   */
  public boolean recordsOldLogprobs() {
    return hasPolicyLoss() && (training.epochs() * training.miniBatches() > 1 || hasKlInReward());
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
