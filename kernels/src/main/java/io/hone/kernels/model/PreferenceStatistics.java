package io.hone.kernels.model;

import java.io.Serializable;

/**
 * What a preference objective saw, as sums that add up over calls and tasks. Log-probabilities of
 * completions are as the objective reads them: sums over tokens, or means where it normalises by
 * length. The reward of a completion is beta times its log-probability, less the reference's where
 * there is one.
 *
 * @param chosen number of chosen completions
 * @param rejected number of rejected completions
 * @param chosenTokens tokens of the chosen completions
 * @param pairs number of pairs; 0 with KTO
 * @param chosenReward sum of the rewards of chosen completions
 * @param rejectedReward sum of the rewards of rejected completions
 * @param correct pairs in which the chosen completion has the larger reward
 * @param chosenLogprob sum of the log-probabilities of chosen completions
 * @param rejectedLogprob sum of the log-probabilities of rejected completions
 * @param negativeLogLikelihood sum over the tokens of chosen completions
 * @param klEstimate sum over completions of the divergence that KTO measures their gains against
 */
public record PreferenceStatistics(
    double chosen,
    double rejected,
    double chosenTokens,
    double pairs,
    double chosenReward,
    double rejectedReward,
    double correct,
    double chosenLogprob,
    double rejectedLogprob,
    double negativeLogLikelihood,
    double klEstimate)
    implements Serializable {

  /** Nothing seen. */
  public static final PreferenceStatistics NONE =
      new PreferenceStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Sums added. */
  public PreferenceStatistics plus(PreferenceStatistics other) {
    return new PreferenceStatistics(
        chosen + other.chosen,
        rejected + other.rejected,
        chosenTokens + other.chosenTokens,
        pairs + other.pairs,
        chosenReward + other.chosenReward,
        rejectedReward + other.rejectedReward,
        correct + other.correct,
        chosenLogprob + other.chosenLogprob,
        rejectedLogprob + other.rejectedLogprob,
        negativeLogLikelihood + other.negativeLogLikelihood,
        klEstimate + other.klEstimate);
  }
}
