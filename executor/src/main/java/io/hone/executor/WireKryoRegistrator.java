package io.hone.executor;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.hone.executor.batch.RowSlice;
import io.hone.executor.gradient.DivergenceAssignment;
import io.hone.executor.gradient.DivergenceReport;
import io.hone.executor.gradient.GradientAssignment;
import io.hone.executor.gradient.GradientReport;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.TokenizerFiles;
import io.hone.executor.rollout.RolloutAssignment;
import io.hone.executor.rollout.RolloutReport;
import io.hone.executor.shard.GradientShard;
import io.hone.executor.shard.SliceKey;
import io.hone.executor.task.Handover;
import io.hone.executor.task.TaskOutcome;
import io.hone.kernels.checkpoint.FlatWeights;
import java.util.List;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Lets runs work with {@code spark.serializer=KryoSerializer}: Spark's Kryo 4 knows neither records
 * nor unmodifiable collections, so what travels between driver and tasks is written by Java's
 * serialisation inside Kryo's stream.
 */
public final class WireKryoRegistrator implements KryoRegistrator {
  private static final List<Class<?>> WIRE_TYPES =
      List.of(
          PolicyVersion.class,
          FlatWeights.class,
          TokenizerFiles.class,
          RolloutAssignment.class,
          RolloutReport.class,
          GradientAssignment.class,
          GradientReport.class,
          DivergenceAssignment.class,
          DivergenceReport.class,
          GradientShard.class,
          SliceKey.class,
          RowSlice.class,
          TaskOutcome.Completed.class,
          TaskOutcome.Refused.class,
          Handover.Address.class,
          Handover.Parcel.Sent.class,
          Handover.Parcel.Left.class);

  @Override
  public void registerClasses(Kryo kryo) {
    for (Class<?> type : WIRE_TYPES) {
      kryo.register(type, new JavaSerializer());
    }
  }
}
