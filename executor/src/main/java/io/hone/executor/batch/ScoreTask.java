package io.hone.executor.batch;

import io.hone.conf.RewardConfig;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.RewardFunction;
import io.hone.executor.reward.Sample;
import io.hone.executor.task.TaskOutcome;
import java.io.Serializable;
import java.util.List;

/** Rewards of a slice's groups of completions. */
public final class ScoreTask implements Serializable {
  /** Groups of the smallest slice. */
  public static final int UNIT = 64;

  private static final long serialVersionUID = 1L;

  private final RewardConfig config;

  public ScoreTask(RewardConfig config) {
    this.config = config;
  }

  /** Runs inside a Spark task: one reward for each completion of each group. */
  public TaskOutcome<List<List<Reward>>> run(RowSlice<List<Sample>> groups) {
    return TaskOutcome.of(() -> score(groups.rows()));
  }

  private List<List<Reward>> score(List<List<Sample>> groups) {
    RewardFunction function = RewardFunction.of(config);
    return groups.stream().map(function::score).toList();
  }
}
