package io.hone.kernels.model;

import java.io.Serializable;

/**
 * How tokens are drawn. Filters apply in the order of transformers: repetition penalty,
 * temperature, top-k, top-p, min-p.
 *
 * @param temperature divides the logits; 0 takes the most probable token
 * @param topK keeps the k most probable tokens; 0 keeps all
 * @param topP keeps the smallest set of most probable tokens whose mass reaches this, in (0, 1]; 1
 *     keeps all
 * @param minP drops tokens less probable than this times the most probable one, in [0, 1]; 0 keeps
 *     all
 * @param repetitionPenalty divides positive and multiplies negative logits of tokens already in
 *     prompt or completion; 1 is off
 * @param maxNewTokens most tokens of a completion, at least 1
 * @param stopIds token ids that end a completion; they are part of it
 * @param slots sequences decoded together, at least 1. Part of the arithmetic's identity: the batch
 *     is padded to it, so that results do not depend on how many sequences there are
 */
@SuppressWarnings("ArrayRecordComponent") // columns of numbers; never compared
public record SamplingSettings(
    float temperature,
    int topK,
    float topP,
    float minP,
    float repetitionPenalty,
    int maxNewTokens,
    int[] stopIds,
    int slots)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public SamplingSettings {
    require(
        temperature >= 0 && Float.isFinite(temperature), "temperature", temperature, "at least 0");
    require(topK >= 0, "topK", topK, "at least 0");
    require(topP > 0 && topP <= 1, "topP", topP, "above 0, at most 1");
    require(minP >= 0 && minP <= 1, "minP", minP, "0 to 1");
    require(
        repetitionPenalty > 0 && Float.isFinite(repetitionPenalty),
        "repetitionPenalty",
        repetitionPenalty,
        "above 0");
    require(maxNewTokens >= 1, "maxNewTokens", maxNewTokens, "at least 1");
    require(slots >= 1, "slots", slots, "at least 1");
  }

  /** The same at another temperature. */
  public SamplingSettings withTemperature(float other) {
    return new SamplingSettings(
        other, topK, topP, minP, repetitionPenalty, maxNewTokens, stopIds, slots);
  }

  private static void require(boolean holds, String name, Number value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
