package io.hone.kernels.model;

import java.io.Serializable;

/**
 * One sequence to learn from. Arrays other than {@code tokenIds} have one element per completion
 * token, that is per token from {@code promptLength} on.
 *
 * @param tokenIds prompt and completion, at least two tokens
 * @param promptLength number of leading tokens that are never learned, from 1 to {@code
 *     tokenIds.length - 1}
 * @param lossMask never null; 1 where a token counts in the loss, 0 where not
 * @param advantages advantage of each token; not read by supervised fine-tuning, may then be null
 * @param oldLogprobs log-probabilities at the weights with which the step began; null takes the
 *     policy's own, detached, so that the ratio is exactly 1
 * @param referenceLogprobs log-probabilities under the reference policy; null where the loss has no
 *     KL term
 * @param samplerLogprobs log-probabilities recorded while sampling; null leaves the sample out of
 *     the mismatch statistics
 * @param targets what the value head learns; null where the loss has no {@link ValueLoss}
 * @param dropoutKey key of the masks of an adapter's dropout; every value is a good one
 * @param preference what the completion is in a preference objective; null in others
 */
@SuppressWarnings("ArrayRecordComponent") // columns of numbers; never compared
public record TrainingSample(
    int[] tokenIds,
    int promptLength,
    float[] lossMask,
    float[] advantages,
    float[] oldLogprobs,
    float[] referenceLogprobs,
    float[] samplerLogprobs,
    ValueTargets targets,
    long dropoutKey,
    Preference preference)
    implements Serializable {

  /**
   * @throws IllegalArgumentException if a length does not fit, or the mask holds anything but 0 and
   *     1
   */
  public TrainingSample {
    if (promptLength < 1 || promptLength >= tokenIds.length) {
      throw new IllegalArgumentException(
          "promptLength: "
              + promptLength
              + " (expected: 1 to "
              + (tokenIds.length - 1)
              + ", for "
              + tokenIds.length
              + " tokens)");
    }
    int completion = tokenIds.length - promptLength;
    requireLength("lossMask", lossMask, completion);
    for (float mask : lossMask) {
      if (mask != 0 && mask != 1) {
        throw new IllegalArgumentException("lossMask: " + mask + " (expected: 0 or 1)");
      }
    }
    requireLength("advantages", advantages, completion);
    requireLength("oldLogprobs", oldLogprobs, completion);
    requireLength("referenceLogprobs", referenceLogprobs, completion);
    requireLength("samplerLogprobs", samplerLogprobs, completion);
    if (targets != null) {
      requireLength("values", targets.values(), completion);
      requireLength("returns", targets.returns(), completion);
    }
  }

  /** A sample of a loss of tokens without a value head, with 0 as the key of masks. */
  public TrainingSample(
      int[] tokenIds,
      int promptLength,
      float[] lossMask,
      float[] advantages,
      float[] oldLogprobs,
      float[] referenceLogprobs,
      float[] samplerLogprobs) {
    this(
        tokenIds,
        promptLength,
        lossMask,
        advantages,
        oldLogprobs,
        referenceLogprobs,
        samplerLogprobs,
        null,
        0);
  }

  /** A sample of a loss of tokens. */
  public TrainingSample(
      int[] tokenIds,
      int promptLength,
      float[] lossMask,
      float[] advantages,
      float[] oldLogprobs,
      float[] referenceLogprobs,
      float[] samplerLogprobs,
      ValueTargets targets,
      long dropoutKey) {
    this(
        tokenIds,
        promptLength,
        lossMask,
        advantages,
        oldLogprobs,
        referenceLogprobs,
        samplerLogprobs,
        targets,
        dropoutKey,
        null);
  }

  /** A sample of a preference objective. */
  public TrainingSample(
      int[] tokenIds,
      int promptLength,
      float[] lossMask,
      float[] referenceLogprobs,
      long dropoutKey,
      Preference preference) {
    this(
        tokenIds,
        promptLength,
        lossMask,
        null,
        null,
        referenceLogprobs,
        null,
        null,
        dropoutKey,
        preference);
  }

  /** The same sample with another key of masks. */
  public TrainingSample withDropoutKey(long key) {
    return new TrainingSample(
        tokenIds,
        promptLength,
        lossMask,
        advantages,
        oldLogprobs,
        referenceLogprobs,
        samplerLogprobs,
        targets,
        key,
        preference);
  }

  private static void requireLength(String name, float[] values, int expected) {
    if (values != null && values.length != expected) {
      throw new IllegalArgumentException(
          name
              + ": "
              + values.length
              + " numbers (expected: "
              + expected
              + ", one per completion token)");
    }
  }
}
