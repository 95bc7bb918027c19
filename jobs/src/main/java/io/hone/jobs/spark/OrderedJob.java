package io.hone.jobs.spark;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaRDD;
import scala.Function0;
import scala.Function1;
import scala.Function2;
import scala.collection.Iterator;
import scala.collection.immutable.Range;
import scala.collection.immutable.Seq;
import scala.runtime.BoxedUnit;

/**
 * One Spark job whose results are handed over in the order of its partitions while later ones are
 * still being computed, so that the driver holds few of them at a time and can tell how far the
 * work is.
 */
public final class OrderedJob {
  private static final long TICK_MILLISECONDS = 200;

  private OrderedJob() {}

  /**
   * Runs the job to its end. Whatever {@code consumer} throws cancels it.
   *
   * @param results one element in each partition
   * @param consumer takes the results, on the calling thread
   * @param tick called several times a second, on the calling thread
   */
  public static <R> void run(JavaRDD<R> results, Consumer<R> consumer, Runnable tick) {
    int partitions = results.getNumPartitions();
    BlockingQueue<Indexed<R>> arrived = new LinkedBlockingQueue<>();
    SimpleFutureAction<BoxedUnit> job = submit(results, partitions, arrived);
    try {
      Map<Integer, R> early = new HashMap<>();
      int next = 0;
      while (next < partitions) {
        // Asked before the queue is: results are in the queue by the time the job is complete.
        boolean complete = job.isCompleted();
        Indexed<R> result = arrived.poll(complete ? 0 : TICK_MILLISECONDS, TimeUnit.MILLISECONDS);
        if (result != null) {
          early.put(result.partition(), result.value());
          while (early.containsKey(next)) {
            consumer.accept(early.remove(next));
            next++;
          }
        } else if (complete) {
          throw failure(job);
        }
        tick.run();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for Spark", interrupted);
    } finally {
      if (!job.isCompleted()) {
        job.cancel();
      }
    }
  }

  private static IllegalStateException failure(SimpleFutureAction<?> job) {
    Throwable cause = job.value().get().failed().get();
    return new IllegalStateException("a Spark task failed: " + cause.getMessage(), cause);
  }

  private record Indexed<R>(int partition, R value) {}

  /** The only element of a partition. */
  private static final class Single<R> implements Function1<Iterator<R>, R>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public R apply(Iterator<R> partition) {
      return partition.next();
    }
  }

  private static <R> SimpleFutureAction<BoxedUnit> submit(
      JavaRDD<R> results, int partitions, BlockingQueue<Indexed<R>> arrived) {
    // Called on Spark's scheduling thread, so it only queues.
    Function2<Object, R, BoxedUnit> handler =
        (partition, value) -> {
          arrived.add(new Indexed<>((Integer) partition, value));
          return BoxedUnit.UNIT;
        };
    Function0<BoxedUnit> nothing = () -> BoxedUnit.UNIT;
    Seq<Object> all = new Range.Exclusive(0, partitions, 1);
    return results
        .rdd()
        .sparkContext()
        .submitJob(results.rdd(), new Single<R>(), all, handler, nothing);
  }
}
