package io.hone.kernels.model;

import io.hone.kernels.checkpoint.Fingerprint;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.TensorSpec;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.ProgramCall;
import io.hone.kernels.program.Tensor;
import io.hone.kernels.program.TorchScriptBackend;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * AdamW with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay
 * regularization", 2019) and clipping by the global norm. Values as {@code torch.optim.AdamW} and
 * {@code torch.nn.utils.clip_grad_norm_}. The norm is summed in double precision, block by block in
 * order, so the same inputs give the same bits.
 *
 * <p>Immutable; runs on the CPU, a chunk of {@link FlatWeights} at a time. Ranges that begin and
 * end with a {@linkplain FlatWeights#BLOCK block} can be updated apart, with the same bits as
 * together.
 */
public final class AdamW {
  /** Added to the norm by which gradients are scaled down, as PyTorch does. */
  private static final double CLIP_EPSILON = 1e-6;

  private final Backend backend = TorchScriptBackend.cpu();
  private final AdamWSettings settings;
  private final long size;
  private final List<Range> decayed;

  /**
   * @param layout layout of weights, gradients and moments
   * @param settings hyper-parameters
   */
  public AdamW(Layout layout, AdamWSettings settings) {
    this.settings = settings;
    this.size = layout.size();
    this.decayed = decayedRanges(layout);
  }

  /** The state before the first update: zero moments. */
  public AdamWState initialState() {
    return new AdamWState(FlatWeights.zeros(size), FlatWeights.zeros(size), 0);
  }

  /** Sum of squares of each block of a gradient or of a range of it, in double precision. */
  public double[] squares(FlatWeights gradient) {
    double[] squares = new double[Fingerprint.blocks(gradient.size())];
    int block = 0;
    for (float[] chunk : gradient.chunks()) {
      try (ProgramCall call = new ProgramCall(backend, "sum_of_squares")) {
        call.floats("gradient", chunk, chunk.length).integer("block", FlatWeights.BLOCK).run();
        double[] sums = call.output("sums").doubles();
        System.arraycopy(sums, 0, squares, block, sums.length);
        block += sums.length;
      }
    }
    return squares;
  }

  /**
   * Global norm of a gradient.
   *
   * @param squares of all its blocks, in order
   * @return NaN or infinite if and only if an element is
   */
  public static double norm(double[] squares) {
    double sum = 0;
    for (double block : squares) {
      sum += block;
    }
    return Math.sqrt(sum);
  }

  /**
   * One update. Arguments are not changed.
   *
   * @param weights current weights
   * @param state current state
   * @param gradient gradient of the loss, in the same layout
   * @param learningRate learning rate of this update
   * @throws IllegalArgumentException if sizes differ from the layout's
   */
  public AdamWUpdate update(
      FlatWeights weights, AdamWState state, FlatWeights gradient, double learningRate) {
    requireSize("weights", weights);
    requireSize("first moment", state.firstMoment());
    requireSize("second moment", state.secondMoment());
    requireSize("gradient", gradient);
    double norm = norm(squares(gradient));
    if (!Double.isFinite(norm)) {
      return new AdamWUpdate(weights, state, norm, false);
    }
    int count = weights.chunks().length;
    float[][] newWeights = new float[count][];
    float[][] newFirst = new float[count][];
    float[][] newSecond = new float[count][];
    Step step = new Step(norm, learningRate, state.updates() + 1);
    for (int i = 0; i < count; i++) {
      AdamWChunk chunk =
          update(
              (long) i * FlatWeights.CHUNK,
              new AdamWChunk(
                  weights.chunks()[i],
                  state.firstMoment().chunks()[i],
                  state.secondMoment().chunks()[i]),
              gradient.chunks()[i],
              step);
      newWeights[i] = chunk.weights();
      newFirst[i] = chunk.firstMoment();
      newSecond[i] = chunk.secondMoment();
    }
    AdamWState next =
        new AdamWState(FlatWeights.of(newFirst), FlatWeights.of(newSecond), state.updates() + 1);
    return new AdamWUpdate(FlatWeights.of(newWeights), next, norm, true);
  }

  /**
   * What an update is for all ranges of the weights.
   *
   * @param gradientNorm global norm, finite
   * @param learningRate of this update
   * @param update its number, counted from 1
   */
  public record Step(double gradientNorm, double learningRate, long update)
      implements Serializable {}

  /**
   * One update of a range. Arguments are not changed.
   *
   * @param start index of its first element in the layout, a multiple of {@link FlatWeights#BLOCK}
   * @param chunk weights and moments of the range
   * @param gradient of the range, neither clipped nor infinite
   */
  public AdamWChunk update(long start, AdamWChunk chunk, float[] gradient, Step step) {
    int length = gradient.length;
    try (Tensor weights = backend.floats(chunk.weights(), length);
        Tensor first = backend.floats(chunk.firstMoment(), length);
        Tensor second = backend.floats(chunk.secondMoment(), length);
        ProgramCall call = new ProgramCall(backend, "adamw")) {
      long[] ranges = decayedWithin(start, length);
      call.with("weights", weights)
          .with("first_moment", first)
          .with("second_moment", second)
          .floats("gradient", gradient, length)
          .longs("decayed", ranges, ranges.length / 2, 2)
          .number("scale", scale(step.gradientNorm()))
          .number("learning_rate", step.learningRate())
          .number("beta1", settings.beta1())
          .number("beta2", settings.beta2())
          .number("epsilon", settings.epsilon())
          .number("weight_decay", settings.weightDecay())
          .integer("update", step.update())
          .run();
      return new AdamWChunk(weights.floats(), first.floats(), second.floats());
    }
  }

  private double scale(double norm) {
    if (settings.maxGradientNorm() == 0) {
      return 1;
    }
    return Math.min(1, settings.maxGradientNorm() / (norm + CLIP_EPSILON));
  }

  private void requireSize(String what, FlatWeights values) {
    if (values.size() != size) {
      throw new IllegalArgumentException(
          what + ": " + values.size() + " numbers (expected: " + size + ", the layout's)");
    }
  }

  /** First and last + 1 index of the decayed ranges inside a chunk, relative to it. */
  private long[] decayedWithin(long start, int length) {
    return decayed.stream()
        .map(range -> range.within(start, start + length))
        .filter(range -> range.start() < range.end())
        .flatMapToLong(
            range -> java.util.stream.LongStream.of(range.start() - start, range.end() - start))
        .toArray();
  }

  private static List<Range> decayedRanges(Layout layout) {
    List<Range> ranges = new ArrayList<>();
    for (TensorSpec tensor : layout.tensors()) {
      if (layout.decays(tensor)) {
        int last = ranges.size() - 1;
        if (last >= 0 && ranges.get(last).end() == tensor.offset()) {
          ranges.set(last, new Range(ranges.get(last).start(), tensor.end()));
        } else {
          ranges.add(new Range(tensor.offset(), tensor.end()));
        }
      }
    }
    return ranges;
  }

  /** Indices from start to before end. */
  private record Range(long start, long end) {
    Range within(long from, long to) {
      return new Range(Math.max(start, from), Math.min(end, to));
    }
  }
}
