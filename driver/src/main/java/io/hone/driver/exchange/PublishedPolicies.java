package io.hone.driver.exchange;

import io.hone.executor.model.PolicyVersion;
import io.hone.kernels.checkpoint.FlatSequence;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The broadcasts of an exchange: the current version of the policy, and references. */
final class PublishedPolicies implements AutoCloseable {
  private final JavaSparkContext spark;
  private final List<Broadcast<PolicyVersion>> references = new ArrayList<>();
  private Broadcast<PolicyVersion> current;

  PublishedPolicies(JavaSparkContext spark, PolicyVersion first) {
    this.spark = spark;
    this.current = spark.broadcast(first);
  }

  Broadcast<PolicyVersion> current() {
    return current;
  }

  Broadcast<PolicyVersion> addReference(PolicyVersion reference) {
    Broadcast<PolicyVersion> broadcast = spark.broadcast(reference);
    references.add(broadcast);
    return broadcast;
  }

  /** Publishes the next version. */
  void publishNext(FlatSequence weights) {
    Broadcast<PolicyVersion> previous = current;
    current = spark.broadcast(previous.value().next(weights));
    // Every task of the old version has returned, and a step's jobs are never run again after it.
    previous.destroy();
  }

  /** Executors at the moment; the driver itself in local mode. */
  int executors() {
    // The driver is among them.
    return Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1);
  }

  @Override
  public void close() {
    current.destroy();
    references.forEach(Broadcast::destroy);
  }
}
