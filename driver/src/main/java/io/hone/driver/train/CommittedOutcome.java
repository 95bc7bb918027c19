package io.hone.driver.train;

import io.hone.executor.reward.Reward;
import io.hone.executor.reward.Score;
import io.hone.executor.rollout.RolloutReturns;
import io.hone.executor.rollout.SampleOutcome;
import io.hone.executor.table.ComponentScore;
import io.hone.executor.table.RolloutRow;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The outcome that a committed row tells of, bit for bit what the task reported when it wrote the
 * row, but for the words of why there is no reward.
 */
final class CommittedOutcome {
  private CommittedOutcome() {}

  static SampleOutcome of(RolloutRow row, RolloutReturns returns) {
    Map<String, Score> components = new LinkedHashMap<>();
    row.components().forEach((name, score) -> components.put(name, score(score)));
    Reward reward =
        row.rewardValid()
            ? new Reward(row.reward(), true, "", components)
            : new Reward(Double.NaN, false, row.status().name(), components);
    return SampleOutcome.of(row, reward, returns);
  }

  private static Score score(ComponentScore score) {
    return score.valid()
        ? new Score(score.value(), score.confidence(), true, "", null)
        : Score.invalid(score.reason());
  }
}
