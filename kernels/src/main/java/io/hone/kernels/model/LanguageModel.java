package io.hone.kernels.model;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import java.util.List;

/**
 * One model's weights on one device, with the programs that use them. Not thread-safe: one per task
 * slot.
 *
 * <p>On the CPU, every method is a pure function of its arguments and the weights, bit for bit, on
 * one instruction set.
 */
public final class LanguageModel implements AutoCloseable {

  private LanguageModel() {}

  /**
   * Copies weights to a device.
   *
   * @throws io.hone.conf.UserException if the device is not there
   */
  public static LanguageModel load(
      Architecture architecture, Layout layout, FlatWeights weights, ComputeDevice device) {
    throw new UnsupportedOperationException("to come");
  }

  /** Replaces the weights; what was computed before is not affected. */
  public void update(FlatWeights weights) {
    throw new UnsupportedOperationException("to come");
  }

  /**
   * Samples completions. Each distinct prompt is read once; sequences leave their slot when
   * complete and waiting ones take it in the order given.
   *
   * @param prompts token ids of each prompt
   * @param sequences which prompt each sequence continues, and its random key
   * @param settings how tokens are drawn
   * @return one completion per sequence, in the order of {@code sequences}
   * @throws io.hone.conf.UserException if a prompt is empty or does not leave room for one token in
   *     the model's context, or a token id is outside the vocabulary
   */
  public List<Completion> generate(
      List<int[]> prompts, List<SequenceKey> sequences, SamplingSettings settings) {
    throw new UnsupportedOperationException("to come");
  }

  /**
   * Log-probability of every token after the first, of logits divided by a temperature.
   *
   * @param rows token ids, each of length n of at least 2
   * @param temperature above 0
   * @param tokensPerMicroBatch most tokens, padding included, computed together; one row may exceed
   *     it
   * @return n - 1 numbers for each row, in the order of {@code rows}
   */
  public List<float[]> tokenLogprobs(
      List<int[]> rows, float temperature, long tokensPerMicroBatch) {
    throw new UnsupportedOperationException("to come");
  }

  /**
   * Gradient of the loss over samples with respect to every parameter.
   *
   * @param samples what to learn from; may be empty, which gives a zero gradient
   * @param loss the loss and its global normaliser
   * @param tokensPerMicroBatch most tokens, padding included, computed together; one sample may
   *     exceed it
   */
  public Gradient policyGradient(
      List<TrainingSample> samples, LossSettings loss, long tokensPerMicroBatch) {
    throw new UnsupportedOperationException("to come");
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException("to come");
  }
}
