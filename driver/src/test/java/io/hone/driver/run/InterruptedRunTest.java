package io.hone.driver.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever operation of the file system is the last that works, the next driver finds committed
 * steps whole, nothing else, and goes on.
 */
class InterruptedRunTest {
  private static final int STEPS = 2;

  @TempDir(factory = MemoryTempDir.class)
  Path directory;

  @Test
  void goesOnAfterAFailureAtAnyOperation() throws IOException {
    int failures = 0;
    int operation = 1;
    boolean[] steps = new boolean[STEPS + 1];
    for (boolean finished = false; !finished; operation++) {
      TestRun run = new TestRun(directory.resolve("run" + operation));
      Configuration faulty = FaultyFileSystem.failing(FaultyFileSystem.ANY, operation);
      try {
        work(run.with(faulty));
        finished = true;
      } catch (UserException e) {
        assertThat(e).hasMessageContaining("No space left on device");
        failures++;
      }

      run.with(new Configuration(false)).killDrivers();
      try (RunDirectory driver = run.open()) {
        steps[driver.committed().steps()] = true;
        for (int step = 0; step < driver.committed().steps(); step++) {
          driver.committed().verify(step);
        }
        assertThat(run.journal()).hasSize(driver.committed().steps());
        assertThat(run.files()).noneMatch(file -> file.contains("_tmp"));
        assertThat(driver.committed().steps() == 0)
            .isEqualTo(driver.committed().latestCheckpoint().isEmpty());
        while (driver.committed().steps() < STEPS) {
          run.step(driver, true);
        }
      }
    }
    assertThat(failures).isGreaterThan(30);
    assertThat(steps).as("stopped before and after each step").containsOnly(true);
  }

  @Test
  void aFullDiskIsAUserErrorThatSaysWhat() {
    TestRun run = new TestRun(directory.resolve("run"));
    try (RunDirectory driver = run.open()) {
      run.step(driver, false);
    }
    run.with(FaultyFileSystem.failing("create", 1));

    assertThatThrownBy(run::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot write")
        .hasMessageContaining("drivers/00000002.json")
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("free space");
    assertThat(run.files()).noneMatch(file -> file.contains("_tmp"));
  }

  private static void work(TestRun run) {
    try (RunDirectory driver = run.open()) {
      driver.writeRunFile("seed: 7\n");
      for (int step = 0; step < STEPS; step++) {
        run.step(driver, true);
        driver.deleteOldCheckpoints(1, Set.of());
      }
    }
  }
}
