package io.hone.kernels.model;

/**
 * How token losses become one number. The denominators over the whole mini-batch come from outside
 * as {@link LossSettings#normalizer()}, so that neither micro-batches nor partitions change the
 * result.
 */
public enum LossAggregation {
  /** Sum over tokens / number of tokens. */
  TOKEN_MEAN,
  /** Sum over sequences of the mean over their tokens / number of sequences. */
  SEQUENCE_MEAN_TOKEN_MEAN,
  /** Sum over tokens / number of sequences. */
  SEQUENCE_MEAN_TOKEN_SUM,
  /** Sum over tokens / (number of sequences * {@link LossSettings#normLength()}). */
  SEQUENCE_MEAN_TOKEN_SUM_NORM
}
