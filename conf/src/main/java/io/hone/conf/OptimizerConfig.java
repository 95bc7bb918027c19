package io.hone.conf;

/** AdamW and its learning rate. */
@Doc("AdamW and its learning rate.")
public record OptimizerConfig(
    @Doc("Learning rate after warm-up.") @Default("1e-6") @Range(above = 0) double learningRate,
    @Doc("Decay of the running mean of gradients.") @Default("0.9") @Range(min = 0, below = 1)
        double beta1,
    @Doc("Decay of the running mean of squared gradients.")
        @Default("0.999")
        @Range(min = 0, below = 1)
        double beta2,
    @Doc("Added to the root of the mean squared gradient.") @Default("1e-8") @Range(above = 0)
        double epsilon,
    @Doc("Decoupled weight decay, of all but norms and biases.") @Default("0.0") @Range(min = 0)
        double weightDecay,
    @Doc("Greatest norm of the gradient, which is scaled down to it; 0 = off.")
        @Default("1.0")
        @Range(min = 0)
        double maxGradientNorm,
    @Doc("Course of the learning rate after warm-up, to the last update.") @Default("constant")
        Schedule schedule,
    @Doc("Number of updates over which the learning rate rises from 0.")
        @Default("0")
        @Range(min = 0)
        int warmupUpdates,
    @Doc("Least learning rate of a falling schedule, as a share of `learning-rate`.")
        @Default("0.0")
        @Range(min = 0, max = 1)
        double minimumRatio)
    implements Validated {

  /** Where nothing is set. */
  static final OptimizerConfig DEFAULT =
      new OptimizerConfig(1e-6, 0.9, 0.999, 1e-8, 0, 1, Schedule.CONSTANT, 0, 0);

  /** Courses of the learning rate. */
  public enum Schedule {
    @Doc("stays")
    CONSTANT,
    @Doc("falls in a straight line")
    LINEAR,
    @Doc("falls along half a cosine")
    COSINE
  }

  @Override
  public void validate(Problems problems) {
    if (minimumRatio > 0 && schedule == Schedule.CONSTANT) {
      problems.add(
          "minimum-ratio", "has no effect (expected with schedule: linear or cosine only)");
    }
  }
}
