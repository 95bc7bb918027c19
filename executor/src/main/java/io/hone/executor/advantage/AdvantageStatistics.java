package io.hone.executor.advantage;

import io.hone.executor.statistics.Moments;

/**
 * Counts of one step.
 *
 * @param groups groups given
 * @param droppedGroups groups left out, because their completions lack the rewards to compare with
 * @param degenerateGroups groups that teach nothing by comparison: of one completion, or with equal
 *     rewards; they are included
 * @param samples completions given
 * @param includedSamples completions that take part in the update
 * @param outliers completions left out because of an advantage far from the others
 * @param advantages mean and spread of the advantages of the tokens of included completions
 */
public record AdvantageStatistics(
    int groups,
    int droppedGroups,
    int degenerateGroups,
    int samples,
    int includedSamples,
    int outliers,
    Moments advantages) {}
