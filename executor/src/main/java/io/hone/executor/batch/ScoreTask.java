package io.hone.executor.batch;

import io.hone.conf.RewardConfig;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.RewardFunction;
import io.hone.executor.reward.Sample;
import io.hone.executor.task.TaskOutcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewards of a slice's completions, each a group of its own: a row's reward depends on no other
 * row.
 */
public final class ScoreTask implements Serializable {
  /** Rows of the smallest slice. */
  public static final int UNIT = 64;

  private static final long serialVersionUID = 1L;

  private final RewardConfig config;

  public ScoreTask(RewardConfig config) {
    this.config = config;
  }

  /** Runs inside a Spark task: one reward for each row. */
  public TaskOutcome<List<Reward>> run(RowSlice<Sample> samples) {
    return TaskOutcome.of(() -> score(samples.rows()));
  }

  private List<Reward> score(List<Sample> samples) {
    RewardFunction function = RewardFunction.of(config);
    List<Reward> rewards = new ArrayList<>(samples.size());
    for (Sample sample : samples) {
      rewards.addAll(function.score(List.of(sample)));
    }
    return rewards;
  }
}
