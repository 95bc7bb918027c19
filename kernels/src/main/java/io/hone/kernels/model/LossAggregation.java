package io.hone.kernels.model;

/**
 * How token losses become one number. The denominators over the whole mini-batch come from outside
 * as {@link LossSettings#normalizer()}, so that neither micro-batches nor partitions change the
 * result.
 */
public enum LossAggregation {
  /** Sum over tokens / number of tokens. */
  TOKEN_MEAN {
    @Override
    double tokenWeight(int tokens, LossSettings loss) {
      return 1 / loss.normalizer();
    }
  },
  /** Sum over sequences of the mean over their tokens / number of sequences. */
  SEQUENCE_MEAN_TOKEN_MEAN {
    @Override
    double tokenWeight(int tokens, LossSettings loss) {
      return 1 / (tokens * loss.normalizer());
    }
  },
  /** Sum over tokens / number of sequences. */
  SEQUENCE_MEAN_TOKEN_SUM {
    @Override
    double tokenWeight(int tokens, LossSettings loss) {
      return 1 / loss.normalizer();
    }
  },
  /** Sum over tokens / (number of sequences * {@link LossSettings#normLength()}). */
  SEQUENCE_MEAN_TOKEN_SUM_NORM {
    @Override
    double tokenWeight(int tokens, LossSettings loss) {
      return 1 / (loss.normLength() * loss.normalizer());
    }
  };

  /** The factor of each token's loss in a sequence that has this many tokens under the mask. */
  abstract double tokenWeight(int tokens, LossSettings loss);
}
