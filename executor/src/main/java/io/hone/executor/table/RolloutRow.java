package io.hone.executor.table;

import java.io.Serializable;
import java.util.Map;

/**
 * One rollout: a completion, how it was sampled and what it was worth.
 *
 * <p>Arrays are taken over, not copied; nobody changes them afterwards. The lists of log-probs have
 * one number for each of {@code tokenIds}, in nats.
 *
 * @param step from 0
 * @param promptId the prompt's row in the data set
 * @param occurrence which time the prompt came up in this step, from 0; (step, promptId,
 *     occurrence) names a group
 * @param group place of the group in the step, from 0
 * @param sampleIndex place of the completion in its group, from 0
 * @param policyVersion version of the weights that sampled
 * @param weightsFingerprint their fingerprint
 * @param seed key of the sequence's random numbers
 * @param prompt the text that was tokenised, chat template applied
 * @param completion the text that was scored: without stop token and stop string
 * @param promptTokenIds what the policy was given
 * @param tokenIds what it sampled, stop token included
 * @param logprobs under the policy at the sampling temperature
 * @param filteredLogprobs under the filtered distribution that each token was drawn from
 * @param oldLogprobs under the policy as the trainer computes them; null if not recomputed
 * @param referenceLogprobs under the reference policy; null if there is none
 * @param values of the critic before each token, at the weights with which the step began; null if
 *     there is none
 * @param finalValue of the critic behind the last token; null if there is none
 * @param finishReason "stop" or "length"
 * @param truncated whether the completion ended for lack of room
 * @param reward weighted sum of the components; null if it could not be computed
 * @param rewardValid whether {@code reward} counts
 * @param tokenRewards share of each token in the reward, as far as scorers gave shares; null where
 *     all of it stands at the last token
 * @param greedyCompletion text of the prompt's greedy completion, which is never trained on; null
 *     unless its reward is the baseline (ReMax)
 * @param greedyReward its reward; null if there is none or it could not be computed
 * @param status how the sample ended
 * @param components by name, in the order of the configuration
 * @param columns the data set's row as a JSON object
 * @param timings all that may differ between two runs of the step
 */
@SuppressWarnings("ArrayRecordComponent")
public record RolloutRow(
    int step,
    String promptId,
    int occurrence,
    int group,
    int sampleIndex,
    long policyVersion,
    long weightsFingerprint,
    long seed,
    String prompt,
    String completion,
    int[] promptTokenIds,
    int[] tokenIds,
    float[] logprobs,
    float[] filteredLogprobs,
    @NullableColumn float[] oldLogprobs,
    @NullableColumn float[] referenceLogprobs,
    @NullableColumn float[] values,
    Double finalValue,
    String finishReason,
    boolean truncated,
    Double reward,
    boolean rewardValid,
    @NullableColumn float[] tokenRewards,
    @NullableColumn String greedyCompletion,
    Double greedyReward,
    RolloutStatus status,
    Map<String, ComponentScore> components,
    String columns,
    Timings timings)
    implements Serializable {}
