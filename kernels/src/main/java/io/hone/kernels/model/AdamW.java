package io.hone.kernels.model;

import io.hone.kernels.checkpoint.Fingerprint;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.TensorSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * AdamW with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay
 * regularization", 2019) and clipping by the global norm. Values as {@code torch.optim.AdamW} and
 * {@code torch.nn.utils.clip_grad_norm_}. The norm is summed in double precision, block by block in
 * order, so the same inputs give the same bits.
 *
 * <p>Immutable; plain loops over memory, which is what bounds them. A whole model is updated block
 * by block on all processors, a range on the calling thread: ranges that begin and end with a
 * {@linkplain FlatWeights#BLOCK block} can be updated apart, with the same bits as together.
 */
public final class AdamW {
  /** Added to the norm by which gradients are scaled down, as PyTorch does. */
  private static final double CLIP_EPSILON = 1e-6;

  private static final int BLOCKS_OF_CHUNK = FlatWeights.CHUNK / FlatWeights.BLOCK;

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
    return blocks(gradient.size())
        .mapToDouble(
            block -> {
              float[] chunk = gradient.chunks()[block / BLOCKS_OF_CHUNK];
              int start = block % BLOCKS_OF_CHUNK * FlatWeights.BLOCK;
              return squares(chunk, start, Math.min(start + FlatWeights.BLOCK, chunk.length));
            })
        .toArray();
  }

  /** Four sums, which a processor adds side by side. */
  private static double squares(float[] values, int start, int end) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = start;
    for (; i + 4 <= end; i += 4) {
      first += (double) values[i] * values[i];
      second += (double) values[i + 1] * values[i + 1];
      third += (double) values[i + 2] * values[i + 2];
      fourth += (double) values[i + 3] * values[i + 3];
    }
    for (; i < end; i++) {
      first += (double) values[i] * values[i];
    }
    return (first + second) + (third + fourth);
  }

  private static IntStream blocks(long size) {
    return IntStream.range(0, Fingerprint.blocks(size)).parallel();
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
    float[][] newWeights = FlatWeights.newChunks(size);
    float[][] newFirst = FlatWeights.newChunks(size);
    float[][] newSecond = FlatWeights.newChunks(size);
    AdamWPass pass = pass(new Step(norm, learningRate, state.updates() + 1));
    blocks(size)
        .forEach(
            block -> {
              int chunk = block / BLOCKS_OF_CHUNK;
              int start = block % BLOCKS_OF_CHUNK * FlatWeights.BLOCK;
              int end = Math.min(start + FlatWeights.BLOCK, newWeights[chunk].length);
              update(
                  pass,
                  (long) chunk * FlatWeights.CHUNK,
                  new AdamWChunk(
                      weights.chunks()[chunk],
                      state.firstMoment().chunks()[chunk],
                      state.secondMoment().chunks()[chunk]),
                  gradient.chunks()[chunk],
                  new AdamWChunk(newWeights[chunk], newFirst[chunk], newSecond[chunk]),
                  start,
                  end);
            });
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
    AdamWChunk updated = new AdamWChunk(new float[length], new float[length], new float[length]);
    update(pass(step), start, chunk, gradient, updated, 0, length);
    return updated;
  }

  /**
   * Updates the elements from {@code from} to before {@code to} of a chunk that begins at start.
   */
  private void update(
      AdamWPass pass,
      long start,
      AdamWChunk chunk,
      float[] gradient,
      AdamWChunk updated,
      int from,
      int to) {
    int done = from;
    for (Range range : decayed) {
      Range within = range.within(start + from, start + to);
      if (within.start() < within.end()) {
        int first = (int) (within.start() - start);
        int end = (int) (within.end() - start);
        pass.update(chunk, gradient, updated, done, first, false);
        pass.update(chunk, gradient, updated, first, end, true);
        done = end;
      }
    }
    pass.update(chunk, gradient, updated, done, to, false);
  }

  private AdamWPass pass(Step step) {
    return AdamWPass.of(settings, scale(step.gradientNorm()), step);
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
