package io.hone.kernels.model;

import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.TensorSpec;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.ProgramCall;
import io.hone.kernels.program.Tensor;
import io.hone.kernels.program.TorchScriptBackend;
import java.util.ArrayList;
import java.util.List;

/**
 * AdamW with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay
 * regularization", 2019) and clipping by the global norm. Values as {@code torch.optim.AdamW} and
 * {@code torch.nn.utils.clip_grad_norm_}. The norm is summed in double precision in a fixed order,
 * so the same inputs give the same bits.
 *
 * <p>Immutable; runs on the CPU, a chunk of {@link FlatWeights} at a time.
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

  /**
   * Global norm of a gradient, in double precision.
   *
   * @return NaN or infinite if and only if an element is
   */
  public double norm(FlatWeights gradient) {
    double squares = 0;
    for (float[] chunk : gradient.chunks()) {
      try (ProgramCall call = new ProgramCall(backend, "sum_of_squares")) {
        call.floats("gradient", chunk, chunk.length).run();
        squares += call.output("sum").doubles()[0];
      }
    }
    return Math.sqrt(squares);
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
    double norm = norm(gradient);
    if (!Double.isFinite(norm)) {
      return new AdamWUpdate(weights, state, norm, false);
    }
    int count = weights.chunks().length;
    float[][] newWeights = new float[count][];
    float[][] newFirst = new float[count][];
    float[][] newSecond = new float[count][];
    for (int i = 0; i < count; i++) {
      float[] chunk = weights.chunks()[i];
      try (Tensor weight = backend.floats(chunk, chunk.length);
          Tensor first = backend.floats(state.firstMoment().chunks()[i], chunk.length);
          Tensor second = backend.floats(state.secondMoment().chunks()[i], chunk.length);
          ProgramCall call = new ProgramCall(backend, "adamw")) {
        long[] ranges = decayedWithin((long) i * FlatWeights.CHUNK, chunk.length);
        call.with("weights", weight)
            .with("first_moment", first)
            .with("second_moment", second)
            .floats("gradient", gradient.chunks()[i], chunk.length)
            .longs("decayed", ranges, ranges.length / 2, 2)
            .number("scale", scale(norm))
            .number("learning_rate", learningRate)
            .number("beta1", settings.beta1())
            .number("beta2", settings.beta2())
            .number("epsilon", settings.epsilon())
            .number("weight_decay", settings.weightDecay())
            .integer("update", state.updates() + 1)
            .run();
        newWeights[i] = weight.floats();
        newFirst[i] = first.floats();
        newSecond[i] = second.floats();
      }
    }
    AdamWState next =
        new AdamWState(FlatWeights.of(newFirst), FlatWeights.of(newSecond), state.updates() + 1);
    return new AdamWUpdate(FlatWeights.of(newWeights), next, norm, true);
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
