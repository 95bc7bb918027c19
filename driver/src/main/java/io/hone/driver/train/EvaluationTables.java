package io.hone.driver.train;

import io.hone.driver.run.RunDirectory;
import io.hone.driver.run.StepCommit;
import io.hone.executor.table.TableFile;
import java.util.List;

/**
 * The tables of an evaluation, part of the step that it follows.
 *
 * @param directory of the run
 * @param commit of the step
 * @param step the step
 * @param prefix tells the tables of one evaluation from those of another in the same step
 */
record EvaluationTables(RunDirectory directory, StepCommit commit, int step, String prefix) {

  /** Start number of the driver, part of the names that attempts write under. */
  long driverEpoch() {
    return directory.epoch();
  }

  /** Directory of a table. */
  String directory(String name) {
    return directory.committed().layout().evaluation(step, prefix + name).toString();
  }

  /** Takes the files that tasks wrote there. */
  void add(String name, List<TableFile> files) {
    commit.addEvaluation(prefix + name, files);
  }
}
