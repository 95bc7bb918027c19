package io.hone.jobs.bench;

import io.hone.executor.batch.GenerateSettings;
import io.hone.executor.batch.GenerateTask;
import io.hone.executor.batch.RowSlice;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.TokenizerFiles;
import io.hone.executor.task.TaskOutcome;
import io.hone.kernels.model.SamplingSettings;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Completions of random prompts, all of the same length, as {@code hone generate} makes them. */
public final class GenerateBenchmark {
  private final JavaSparkContext spark;
  private final List<RowSlice<int[]>> slices;
  private final GenerateTask task;

  /**
   * Sends the model.
   *
   * @param rows how many prompts
   * @param tasks among how many tasks they are divided; rows of a task are decoded together
   */
  public GenerateBenchmark(
      JavaSparkContext spark,
      PolicyVersion model,
      TokenizerFiles tokenizer,
      int rows,
      int promptTokens,
      int newTokens,
      int tasks) {
    int slots = (rows + tasks - 1) / tasks;
    this.spark = spark;
    this.slices =
        RowSlice.cut(
            List.of(RandomTokens.rows(rows, promptTokens, model.architecture().vocabSize())),
            slots);
    this.task =
        new GenerateTask(
            new GenerateSettings(
                new SamplingSettings(1, 0, 1, 0, 1, newTokens, new int[0], slots), List.of(), 0, 1),
            spark.broadcast(tokenizer),
            spark.broadcast(model));
  }

  /** Completes every prompt once; returns the seconds that it took. */
  public double run() {
    long start = System.nanoTime();
    spark.parallelize(slices, slices.size()).map(task::run).collect().forEach(TaskOutcome::get);
    return (System.nanoTime() - start) * 1e-9;
  }
}
