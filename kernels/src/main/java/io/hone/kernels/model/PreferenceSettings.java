package io.hone.kernels.model;

/**
 * An objective over completions that are compared in pairs, or labelled one by one (KTO). Samples
 * to learn from say by {@link TrainingSample#preference} what they are; in pairs, the rejected
 * completion follows the chosen one.
 *
 * @param loss the objective with its options
 * @param temperature log-probabilities are of the logits divided by it, above 0
 * @param examples pairs of the whole mini-batch, over all tasks, or completions with KTO; the
 *     comparing part of the loss is a mean over them; above 0
 * @param chosenTokens tokens under the mask of all chosen completions of the mini-batch, over which
 *     the negative log-likelihood is a mean; above 0, not read where its factor is 0
 * @param klEstimate divergence of the policy from the reference, in nats, that KTO measures gains
 *     against; at least 0, not read by the others
 */
public record PreferenceSettings(
    PreferenceLoss loss, float temperature, double examples, double chosenTokens, double klEstimate)
    implements Objective {

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public PreferenceSettings {
    require(temperature > 0 && Float.isFinite(temperature), "temperature", temperature, "above 0");
    require(examples > 0, "examples", examples, "above 0");
    require(
        chosenTokens > 0 || loss.likelihoodFactor() == 0, "chosenTokens", chosenTokens, "above 0");
    require(klEstimate >= 0, "klEstimate", klEstimate, "at least 0");
  }

  private static void require(boolean holds, String name, double value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }

  /** The factor of the negative log-likelihood of each token of a completion. */
  double tokenWeight(Preference preference) {
    return preference == Preference.CHOSEN && loss.likelihoodFactor() != 0
        ? loss.likelihoodFactor() / chosenTokens
        : 0;
  }
}
