package io.hone.executor.gradient;

import java.io.Serializable;
import java.util.List;

/**
 * The share of one task in an estimate of the divergence from the reference policy.
 *
 * @param partition index of the task
 * @param sequences prompts with completions of other prompts, in the order of the plan
 */
public record DivergenceAssignment(int partition, List<TokenSequence> sequences)
    implements Serializable {}
