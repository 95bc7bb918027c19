package io.hone.executor.shard;

import io.hone.executor.gradient.GradientSummary;
import io.hone.executor.rollout.Stopwatch;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.model.AdamW;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A shard of the gradient, summed over tasks.
 *
 * @param gradient the sum
 * @param summaries of the tasks, in order of partition
 * @param seconds that fetching and adding took
 */
public record GradientShard(FlatWeights gradient, List<GradientSummary> summaries, double seconds)
    implements Serializable {

  /**
   * Adds slices one to the other as they come: the same bits as {@link FlatWeights#sum} has in this
   * range.
   *
   * @param slices of one shard in order of partition, at least one; their arrays are used up
   */
  public static GradientShard sum(Iterator<GradientSlice> slices) {
    Stopwatch watch = new Stopwatch();
    GradientSlice first = slices.next();
    float[][] total = first.take();
    List<GradientSummary> summaries = new ArrayList<>(List.of(first.summary()));
    while (slices.hasNext()) {
      GradientSlice next = slices.next();
      add(total, next.take());
      summaries.add(next.summary());
    }
    return new GradientShard(FlatWeights.of(total), List.copyOf(summaries), watch.lap());
  }

  /**
   * What the driver needs to know of it. Runs inside a Spark task.
   *
   * @param optimizer whose norm it is for
   */
  public GradientShardReport report(AdamW optimizer) {
    Stopwatch watch = new Stopwatch();
    double[] squares = optimizer.squares(gradient);
    return new GradientShardReport(squares, summaries, seconds + watch.lap());
  }

  private static void add(float[][] total, float[][] addends) {
    for (int chunk = 0; chunk < total.length; chunk++) {
      float[] sums = total[chunk];
      float[] terms = addends[chunk];
      for (int i = 0; i < sums.length; i++) {
        sums[i] += terms[i];
      }
    }
  }
}
