package io.hone.executor.batch;

import io.hone.conf.RewardConfig;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.RewardFunction;
import io.hone.executor.reward.Sample;
import io.hone.executor.task.TaskOutcome;
import java.io.Serializable;
import java.util.List;

/** Rewards of a slice's queries, each of which is one or more groups of completions. */
public final class ScoreTask implements Serializable {
  /** Queries of the smallest slice. */
  public static final int UNIT = 64;

  private static final long serialVersionUID = 1L;

  private final RewardConfig config;

  public ScoreTask(RewardConfig config) {
    this.config = config;
  }

  /** Runs inside a Spark task: one reward for each completion of each group of each query. */
  public TaskOutcome<List<List<List<Reward>>>> run(RowSlice<List<List<Sample>>> queries) {
    return TaskOutcome.of(() -> score(queries.rows()));
  }

  private List<List<List<Reward>>> score(List<List<List<Sample>>> queries) {
    RewardFunction function = RewardFunction.of(config);
    return queries.stream().map(function::scoreQuery).toList();
  }
}
