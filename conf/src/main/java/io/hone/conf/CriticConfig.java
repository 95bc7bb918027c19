package io.hone.conf;

import java.util.Optional;

/** The critic of PPO, and how it makes rewards into advantages. */
@Doc(
    "The critic (ppo): a value head on a decoder, its advantages by GAE (Schulman et al. 2016), and"
        + " what it learns.")
public record CriticConfig(
    @Doc(
            "Checkpoint directory that the critic begins with: of a sequence classification model with"
                + " one label, such as a reward model, or of a language model, which gets a random head;"
                + " without it, the policy's. Its tokenizer must be the policy's.")
        Optional<String> path,
    @Doc(
            "Whether the value head sits on the policy's own layers and learns with them; else the critic"
                + " is a model of its own.")
        @Default("false")
        boolean sharedBackbone,
    @Doc(
            "Factor of the value loss beside that of the policy, with `shared-backbone`; without it, 0.1.")
        @Range(above = 0)
        Optional<Double> valueCoefficient,
    @Doc("Values are clipped to this distance from those before the step; 0 = off.")
        @Default("0.5")
        @Range(min = 0)
        double valueClip,
    @Doc("Lambda of GAE: 0 = one step, 1 = whole returns; `advantage.discount` is its gamma.")
        @Default("0.95")
        @Range(min = 0, max = 1)
        double lambda,
    @Doc("Lambda of the returns that the critic learns; without it, `lambda`.")
        @Range(min = 0, max = 1)
        Optional<Double> valueLambda,
    @Doc(
            "Whether a completion cut at the greatest length goes on at the value behind its last token;"
                + " else nothing follows, as in TRL and verl.")
        @Default("false")
        boolean bootstrapTruncated,
    @Doc("Number of first steps in which only the critic learns.") @Default("0") @Range(min = 0)
        int warmupSteps,
    @Doc("AdamW of a critic of its own and its learning rate.") OptimizerConfig optimizer)
    implements Validated {

  private static final double VALUE_COEFFICIENT = 0.1;

  /** Where nothing is set. */
  static final CriticConfig DEFAULT =
      new CriticConfig(
          Optional.empty(),
          false,
          Optional.empty(),
          0.5,
          0.95,
          Optional.empty(),
          false,
          0,
          OptimizerConfig.DEFAULT);

  /** Factor of the value loss: with an optimiser of its own the critic has nothing beside it. */
  public double effectiveValueCoefficient() {
    return sharedBackbone ? valueCoefficient.orElse(VALUE_COEFFICIENT) : 1;
  }

  /** Lambda of the returns that the critic learns. */
  public double effectiveValueLambda() {
    return valueLambda.orElse(lambda);
  }

  @Override
  public void validate(Problems problems) {
    if (sharedBackbone) {
      report(problems, "path", path.isPresent(), "false");
      report(problems, "warmup-steps", warmupSteps > 0, "false");
      report(problems, "optimizer", !optimizer.equals(OptimizerConfig.DEFAULT), "false");
    } else {
      report(problems, "value-coefficient", valueCoefficient.isPresent(), "true");
    }
  }

  private static void report(Problems problems, String key, boolean set, String expected) {
    if (set) {
      problems.add(key, "has no effect (expected with shared-backbone: " + expected + " only)");
    }
  }
}
