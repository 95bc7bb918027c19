package io.hone.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A run's weights and tables do not depend on where its tasks ran, nor on how Spark carried their
 * results.
 */
class DeterminismIT {
  private static final int SHORT = 3;
  private static final String LOCAL_CLUSTER = "local-cluster[2,1,2048]";

  @Test
  void oneThreadGivesTheSameRun() {
    requireSame(ReferenceRun.SEVERAL_UPDATES, SHORT, "local[1]", "one-thread");
  }

  @Test
  void executorsGiveTheSameRun() {
    RunContents run =
        requireSame(ReferenceRun.SEVERAL_UPDATES, SHORT, LOCAL_CLUSTER, "local-cluster");
    assertThat(run.executors(SHORT)).hasSize(2);
  }

  @Test
  void standaloneWorkersGiveTheSameRun() {
    standalone(ReferenceRun.SEVERAL_UPDATES, SHORT, "standalone");
  }

  @Test
  void kryoGivesTheSameRun() {
    Path directory = EmbeddedHome.workDirectory("kryo");
    RunContents run =
        ReferenceRun.SHORT
            .command()
            .on(LOCAL_CLUSTER)
            .withSpark("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .complete(directory.resolve("run"));
    run.requireSame(ReferenceRun.SHORT.contents(), SHORT);
    assertThat(run.executors(SHORT)).hasSize(2);
  }

  /** Over Kryo too, so that both ways of the wire are taken. */
  @Test
  void shardsGiveTheSameRun() {
    RunContents run =
        ReferenceRun.SEVERAL_UPDATES
            .command()
            .on(LOCAL_CLUSTER)
            .withSpark("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .with("training.steps=" + SHORT, "training.exchange=sharded", "training.shards=3")
            .complete(EmbeddedHome.workDirectory("shards").resolve("run"));
    run.requireSame(ReferenceRun.SEVERAL_UPDATES.contents(), SHORT);
    assertThat(run.executors(SHORT)).hasSize(2);
  }

  @Test
  @Tag("acceptance")
  void dogRunIsTheSameOnFourMasters() {
    int steps = ReferenceRun.DOG.steps();
    requireSame(ReferenceRun.DOG, steps, "local[1]", "dog-one-thread");
    requireSame(ReferenceRun.DOG, steps, LOCAL_CLUSTER, "dog-local-cluster");
    standalone(ReferenceRun.DOG, steps, "dog-standalone");
  }

  private static void standalone(ReferenceRun reference, int steps, String name) {
    Path directory = EmbeddedHome.workDirectory(name + "-daemons");
    try (StandaloneCluster cluster = StandaloneCluster.start(directory)) {
      RunContents run = requireSame(reference, steps, cluster.master(), name);
      assertThat(run.executors(steps)).hasSize(2);
    }
  }

  private static RunContents requireSame(
      ReferenceRun reference, int steps, String master, String name) {
    RunContents expected = reference.contents();
    RunContents run =
        reference
            .command()
            .on(master)
            .with("training.steps=" + steps)
            .complete(EmbeddedHome.workDirectory(name).resolve("run"));
    run.requireSame(expected, steps);
    return run;
  }
}
