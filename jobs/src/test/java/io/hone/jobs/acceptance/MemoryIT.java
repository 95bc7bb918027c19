package io.hone.jobs.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * 200 steps need no more memory than the first few dozen did.
 *
 * <p>The driver of local[2] holds everything: models, programs, rollouts, optimiser. All pages of
 * its heap of fixed size are touched at the start, so that what its resident memory exceeds that by
 * is native. Both numbers swing with the work of the moment (tasks in flight, the C library's
 * arenas); a leak raises the least of them, so the least of the last quarter is compared with the
 * least after warm-up.
 */
@Tag("acceptance")
class MemoryIT {
  private static final int STEPS = 200;
  private static final int SAMPLE_EVERY = 5;

  /**
   * Until here the JIT compiles, class loaders fill and the C library's arenas take their shape.
   */
  private static final int WARM_UP = 50;

  private static final long MEBIBYTE = 1 << 20;
  private static final long HEAP = 1024 * MEBIBYTE;

  /**
   * Weights, gradient and each moment of stories260K have 1 MiB: one of them kept every fourth step
   * is found.
   */
  private static final long NATIVE_TOLERANCE = 32 * MEBIBYTE;

  /**
   * The rollouts of a step have 0.3 MiB. What Spark remembers of finished jobs is bounded in number
   * below.
   */
  private static final long HEAP_TOLERANCE = 8 * MEBIBYTE;

  private record Usage(int step, long liveHeap, long nativeMemory) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "step %d: %.1f MiB live heap, %.1f MiB native",
          step,
          (double) liveHeap / MEBIBYTE,
          (double) nativeMemory / MEBIBYTE);
    }
  }

  @Test
  void memoryStaysFlatOverTwoHundredSteps() throws IOException {
    Path directory = EmbeddedHome.workDirectory("memory");
    RunContents run = new RunContents(directory.resolve("run"));
    List<Usage> usages = new ArrayList<>();
    TrainCommandLine command =
        TrainCommandLine.dog()
            .withJvm("-Xms" + HEAP, "-Xmx" + HEAP, "-XX:+AlwaysPreTouch")
            .withSpark("spark.ui.retainedJobs", "10")
            .withSpark("spark.ui.retainedStages", "10")
            .withSpark("spark.ui.retainedTasks", "20")
            .with("training.steps=" + STEPS);
    try (ChildProcess driver = command.start(run.directory())) {
      JvmMemory memory = new JvmMemory(driver.pid());
      for (int step = SAMPLE_EVERY; step < STEPS; step += SAMPLE_EVERY) {
        int awaited = step;
        driver.awaitUntil(
            "commit of step " + step, TrainCommandLine.DEADLINE, () -> run.isCommitted(awaited));
        usages.add(new Usage(step, memory.liveHeap(), memory.resident() - HEAP));
      }
      assertThat(driver.await(TrainCommandLine.DEADLINE).status()).as(driver.err()).isZero();
    }
    Files.write(directory.resolve("usage.txt"), usages.stream().map(Usage::toString).toList());

    List<Usage> warm = between(usages, WARM_UP, WARM_UP + STEPS / 4);
    List<Usage> last = between(usages, STEPS - STEPS / 4, STEPS);
    assertThat(leastHeap(last))
        .as("live heap of %s", usages)
        .isLessThan(leastHeap(warm) + HEAP_TOLERANCE);
    assertThat(leastNative(last))
        .as("native memory of %s", usages)
        .isLessThan(leastNative(warm) + NATIVE_TOLERANCE);
  }

  private static List<Usage> between(List<Usage> usages, int from, int to) {
    return usages.stream().filter(usage -> usage.step() >= from && usage.step() < to).toList();
  }

  private static long leastHeap(List<Usage> usages) {
    return usages.stream().mapToLong(Usage::liveHeap).min().orElseThrow();
  }

  private static long leastNative(List<Usage> usages) {
    return usages.stream().mapToLong(Usage::nativeMemory).min().orElseThrow();
  }
}
