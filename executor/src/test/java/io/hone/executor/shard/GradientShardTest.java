package io.hone.executor.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.executor.gradient.GradientReport;
import io.hone.executor.gradient.GradientSummary;
import io.hone.executor.model.WeightsUsed;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.model.LossStatistics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GradientShardTest {
  private static final int SIZE = 3 * FlatWeights.BLOCK + 17;
  private static final int TASKS = 3;

  /** Numbers of so different sizes that the order of a sum shows in its bits. */
  private static GradientReport report(int partition) {
    Random random = new Random(partition);
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(6)));
    }
    GradientSummary summary =
        new GradientSummary(
            partition,
            LossStatistics.NONE,
            new WeightsUsed("1", 2, 3, "avx2"),
            new GradientSummary.Seconds(0, 1));
    return new GradientReport(summary, FlatWeights.of(new float[][] {values}));
  }

  @Test
  void shardsOfTheSumAreTheSumOfTheirSlices() throws Exception {
    List<GradientReport> reports = new ArrayList<>();
    for (int partition = 0; partition < TASKS; partition++) {
      reports.add(report(partition));
    }
    FlatWeights expected = FlatWeights.sum(reports.stream().map(GradientReport::gradient).toList());

    ShardPlan plan = ShardPlan.of(SIZE, 2);
    for (int shard = 0; shard < plan.shards(); shard++) {
      List<GradientSlice> slices = new ArrayList<>();
      for (GradientReport report : reports) {
        slices.add(sent(GradientSlice.of(report, plan.start(shard), plan.end(shard))));
      }
      GradientShard sum = GradientShard.sum(slices.iterator());
      assertThat(sum.gradient().fingerprint())
          .isEqualTo(expected.slice(plan.start(shard), plan.end(shard)).fingerprint());
      assertThat(sum.summaries()).isEqualTo(reports.stream().map(GradientReport::summary).toList());
    }
  }

  @Test
  void onlyTheRangeOfASliceIsSent() throws Exception {
    GradientSlice slice = GradientSlice.of(report(0), 0, FlatWeights.BLOCK);
    assertThat(bytes(slice).length)
        .isBetween(FlatWeights.BLOCK * Float.BYTES, FlatWeights.BLOCK * Float.BYTES + 4096);
  }

  private static byte[] bytes(GradientSlice slice) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(slice);
    }
    return bytes.toByteArray();
  }

  private static GradientSlice sent(GradientSlice slice) throws Exception {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes(slice)))) {
      return (GradientSlice) in.readObject();
    }
  }
}
