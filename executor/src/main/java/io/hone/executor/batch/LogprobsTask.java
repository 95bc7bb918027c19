package io.hone.executor.batch;

import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.ResidentModels;
import io.hone.executor.task.TaskOutcome;
import io.hone.kernels.model.LanguageModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** Log-probabilities of the tokens of a slice's rows. */
public final class LogprobsTask implements Serializable {
  /**
   * Rows computed together. The last bits of a matrix product depend on its shape, so rows are
   * always in the same company, whatever slice it is in.
   */
  public static final int UNIT = 32;

  private static final long TOKENS_PER_MICRO_BATCH = 16384;
  private static final long serialVersionUID = 1L;

  private final Broadcast<PolicyVersion> model;

  public LogprobsTask(Broadcast<PolicyVersion> model) {
    this.model = model;
  }

  /** Runs inside a Spark task: n - 1 numbers for each row of n token ids. */
  public TaskOutcome<List<float[]>> run(RowSlice<int[]> rows) {
    return TaskOutcome.of(() -> logprobs(rows.rows()));
  }

  private List<float[]> logprobs(List<int[]> rows) {
    List<float[]> logprobs = new ArrayList<>(rows.size());
    try (ResidentModels.Lease lease =
        ResidentModels.acquire(ResidentModels.Role.POLICY, model.value())) {
      for (int start = 0; start < rows.size(); start += UNIT) {
        logprobs.addAll(
            ofUnit(lease.model(), rows.subList(start, Math.min(rows.size(), start + UNIT))));
      }
    }
    return logprobs;
  }

  /** A row of one token has no token after the first, and the model is not asked. */
  private static List<float[]> ofUnit(LanguageModel model, List<int[]> rows) {
    List<int[]> asked = rows.stream().filter(row -> row.length > 1).toList();
    List<float[]> answers =
        asked.isEmpty() ? List.of() : model.tokenLogprobs(asked, 1f, TOKENS_PER_MICRO_BATCH);
    List<float[]> logprobs = new ArrayList<>(rows.size());
    int next = 0;
    for (int[] row : rows) {
      logprobs.add(row.length > 1 ? answers.get(next++) : new float[0]);
    }
    return logprobs;
  }
}
