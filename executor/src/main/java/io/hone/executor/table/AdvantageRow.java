package io.hone.executor.table;

import java.io.Serializable;

/**
 * What the loss consumed of one rollout; joined with {@link RolloutRow} by (step, promptId,
 * occurrence, sampleIndex).
 *
 * @param step from 0
 * @param promptId the prompt's row in the data set
 * @param occurrence which time the prompt came up in this step, from 0
 * @param sampleIndex place of the completion in its group, from 0
 * @param reward the reward that the estimator was given, less the KL penalty where that is part of
 *     the reward; null if none was valid
 * @param advantage mean over the tokens of the completion, which all have the same unless the
 *     estimator works on tokens; 0 if not included
 * @param included whether the sample was trained on
 * @param exclusion why not; null if included
 * @param lossTokens number of completion tokens in the loss; 0 if not included or masked
 */
public record AdvantageRow(
    int step,
    String promptId,
    int occurrence,
    int sampleIndex,
    Double reward,
    double advantage,
    boolean included,
    @NullableColumn String exclusion,
    int lossTokens)
    implements Serializable {}
