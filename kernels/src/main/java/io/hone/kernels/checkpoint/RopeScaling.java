package io.hone.kernels.checkpoint;

import java.io.Serializable;

/**
 * The rotary position embedding of a decoder: how fast each pair of a head's dimensions turns with
 * the position.
 *
 * <p>Source: transformers, {@code modeling_rope_utils.py}; the numbers here follow it in single
 * precision.
 */
public sealed interface RopeScaling extends Serializable {

  /** The base of the frequencies; positive. */
  double theta();

  /**
   * Radians per position of each dimension pair.
   *
   * @param headSize dimensions of one head, even
   * @return {@code headSize / 2} frequencies, from fastest to slowest
   */
  float[] inverseFrequencies(int headSize);

  /** Plain rotary embedding: {@code theta^(-2i/headSize)} (Su et al. 2021, arXiv 2104.09864). */
  record Default(double theta) implements RopeScaling {
    public Default {
      requirePositive("rope_theta", theta);
    }

    @Override
    public float[] inverseFrequencies(int headSize) {
      float[] frequencies = new float[headSize / 2];
      for (int i = 0; i < frequencies.length; i++) {
        float exponent = (float) (2 * i) / headSize;
        frequencies[i] = 1.0f / (float) Math.pow((float) theta, exponent);
      }
      return frequencies;
    }
  }

  /**
   * The {@code llama3} scaling: waves longer than {@code originalMaxPositions / lowFrequencyFactor}
   * positions are slowed by {@code factor}, waves shorter than {@code originalMaxPositions /
   * highFrequencyFactor} are kept, and those between are blended.
   */
  record Llama3(
      double theta,
      double factor,
      double lowFrequencyFactor,
      double highFrequencyFactor,
      int originalMaxPositions)
      implements RopeScaling {
    public Llama3 {
      requirePositive("rope_theta", theta);
      requirePositive("rope factor", factor);
      requirePositive("rope low_freq_factor", lowFrequencyFactor);
      requirePositive("rope high_freq_factor", highFrequencyFactor);
      requirePositive("rope original_max_position_embeddings", originalMaxPositions);
      Checks.require(
          highFrequencyFactor > lowFrequencyFactor,
          "rope high_freq_factor is %s; expected more than low_freq_factor, which is %s",
          highFrequencyFactor,
          lowFrequencyFactor);
    }

    @Override
    public float[] inverseFrequencies(int headSize) {
      float[] frequencies = new Default(theta).inverseFrequencies(headSize);
      float longestWave = (float) (originalMaxPositions / lowFrequencyFactor);
      float shortestWave = (float) (originalMaxPositions / highFrequencyFactor);
      for (int i = 0; i < frequencies.length; i++) {
        float frequency = frequencies[i];
        float wave = (float) (2 * Math.PI) / frequency;
        float slowed = frequency / (float) factor;
        if (wave > longestWave) {
          frequencies[i] = slowed;
        } else if (wave >= shortestWave) {
          float kept =
              (originalMaxPositions / wave - (float) lowFrequencyFactor)
                  / (float) (highFrequencyFactor - lowFrequencyFactor);
          frequencies[i] = (1 - kept) * slowed + kept * frequency;
        }
      }
      return frequencies;
    }
  }

  private static void requirePositive(String name, double value) {
    Checks.require(
        value > 0 && Double.isFinite(value), "%s is %s; expected a positive number", name, value);
  }
}
