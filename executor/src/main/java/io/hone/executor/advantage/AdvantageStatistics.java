package io.hone.executor.advantage;

/**
 * Counts of one step.
 *
 * @param groups groups given
 * @param droppedGroups groups left out, because too few of their completions have a reward to
 *     compare
 * @param degenerateGroups groups that teach nothing by comparison: of one completion, or with equal
 *     rewards; they are included
 * @param samples completions given
 * @param includedSamples completions that take part in the update
 */
public record AdvantageStatistics(
    int groups, int droppedGroups, int degenerateGroups, int samples, int includedSamples) {}
