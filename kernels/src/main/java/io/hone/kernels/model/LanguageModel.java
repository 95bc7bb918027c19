package io.hone.kernels.model;

import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.FlatSequence;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.LoraSettings;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.List;

/**
 * One model's weights on one device, with the programs that use them. Not thread-safe: one per task
 * slot.
 *
 * <p>On the CPU, every method is a pure function of its arguments and the weights, bit for bit, on
 * one instruction set.
 */
public final class LanguageModel implements AutoCloseable {
  private final Backend backend;
  private final Architecture architecture;
  private final Layout layout;
  private final DecoderTensors decoder;

  private LanguageModel(
      Backend backend, Architecture architecture, Layout layout, DecoderTensors decoder) {
    this.backend = backend;
    this.architecture = architecture;
    this.layout = layout;
    this.decoder = decoder;
  }

  /**
   * Copies weights to a device.
   *
   * @throws UserException if the device is not there
   */
  public static LanguageModel load(
      Architecture architecture, Layout layout, FlatSequence weights, ComputeDevice device) {
    Backend backend = backend(device);
    DecoderTensors decoder =
        new DecoderTensors(backend, architecture, layout, device.computeType());
    LanguageModel model = new LanguageModel(backend, architecture, layout, decoder);
    try {
      model.update(weights);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    return model;
  }

  private static Backend backend(ComputeDevice device) {
    if (device.gpu() < 0) {
      return TorchScriptBackend.cpu();
    }
    int count = TorchScriptBackend.gpuCount();
    if (device.gpu() >= count) {
      throw new UserException(
          "GPU "
              + device.gpu()
              + " was asked for, but libtorch sees "
              + count
              + " GPUs here; set model.device=cpu, or install a CUDA build of libtorch");
    }
    return TorchScriptBackend.gpu(device.gpu());
  }

  /**
   * This model with a low-rank adapter, which changes nothing until it is updated. It shares the
   * weights of this one, which must be closed after it; {@link #update} and {@link #policyGradient}
   * are of the adapter's numbers, in their layout, and of no others.
   */
  public LanguageModel adapted(LoraSettings lora) {
    return new LanguageModel(
        backend,
        architecture,
        Layout.of(architecture, lora),
        decoder.adapted(backend, architecture, lora));
  }

  /**
   * Replaces what learns: all weights, or those of the adapter. What was computed before is not
   * affected.
   */
  public void update(FlatSequence weights) {
    decoder.write(weights);
  }

  /**
   * Samples completions. Each distinct prompt is read once; sequences leave their slot when
   * complete and waiting ones take it in the order given.
   *
   * @param prompts token ids of each prompt
   * @param sequences which prompt each sequence continues, and its random key
   * @param settings how tokens are drawn
   * @return one completion per sequence, in the order of {@code sequences}
   * @throws UserException if a prompt is empty or does not leave room for one token in the model's
   *     context, or a token id is outside the vocabulary
   */
  public List<Completion> generate(
      List<int[]> prompts, List<SequenceKey> sequences, SamplingSettings settings) {
    return new Generation(backend, decoder, architecture).run(prompts, sequences, settings);
  }

  /**
   * Log-probability of every token after the first, of logits divided by a temperature.
   *
   * @param rows token ids, each of length n of at least 2
   * @param temperature above 0
   * @param tokensPerMicroBatch most tokens, padding included, computed together; one row may exceed
   *     it
   * @return n - 1 numbers for each row, in the order of {@code rows}
   * @throws UserException if a row is shorter than 2 or longer than the model's context, or a token
   *     id is outside the vocabulary
   */
  public List<float[]> tokenLogprobs(
      List<int[]> rows, float temperature, long tokensPerMicroBatch) {
    return new TokenLogprobs(backend, decoder, architecture)
        .run(rows, temperature, tokensPerMicroBatch);
  }

  /**
   * Values of the states behind every token, by the value head on the final norm of the last hidden
   * state: the value of a token, which is that of the state before it, stands at the token before
   * it, from which a policy predicts it (as in verl and TRL).
   *
   * @param rows token ids, each of length n of at least 1
   * @param tokensPerMicroBatch as in {@link #tokenLogprobs}
   * @return n numbers for each row, in the order of {@code rows}
   * @throws UserException if a row is empty or longer than the model's context, or a token id is
   *     outside the vocabulary
   * @throws IllegalStateException if the model has no value head
   */
  public List<float[]> tokenValues(List<int[]> rows, long tokensPerMicroBatch) {
    if (!architecture.head().hasValue()) {
      throw new IllegalStateException("the model has no value head");
    }
    return new TokenValues(backend, decoder, architecture).run(rows, tokensPerMicroBatch);
  }

  /**
   * Gradient of an objective over samples with respect to every parameter that learns.
   *
   * @param samples what to learn from; may be empty, which gives a zero gradient
   * @param objective what to minimise, with its global normalisers
   * @param tokensPerMicroBatch most tokens, padding included, computed together; one sample, or one
   *     pair of a preference objective, may exceed it
   * @param keptActivationBytes most bytes of activations, as estimated, that a micro-batch keeps
   *     for the backward pass; beyond, only the inputs of layers are kept and the rest is computed
   *     again, with the same bits as outcome
   * @throws UserException if a sample is longer than the model's context, or a token id is outside
   *     the vocabulary
   */
  public Gradient policyGradient(
      List<TrainingSample> samples,
      Objective objective,
      long tokensPerMicroBatch,
      long keptActivationBytes) {
    return new PolicyGradient(backend, decoder, architecture, layout, keptActivationBytes)
        .run(samples, objective, tokensPerMicroBatch);
  }

  /** The same with all activations kept, whatever they take. */
  public Gradient policyGradient(
      List<TrainingSample> samples, Objective objective, long tokensPerMicroBatch) {
    return policyGradient(samples, objective, tokensPerMicroBatch, Long.MAX_VALUE);
  }

  @Override
  public void close() {
    decoder.close();
  }
}
