package io.hone.executor.rollout;

import io.hone.executor.reward.Reward;
import io.hone.executor.statistics.Moments;
import io.hone.executor.table.RolloutRow;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What became of one completion: numbers for the driver, none of them for each token.
 *
 * @param group index of its group in the step
 * @param sample index in the group
 * @param reward its reward with every component
 * @param total sum of the rewards of its tokens: the reward less the KL penalty; NaN without a
 *     valid reward
 * @param returns of its tokens; none without a valid reward
 * @param critic what the critic thought of it; none without a critic or a valid reward
 * @param greedyReward reward of the greedy completion of its prompt; null where there is none
 * @param promptTokens length of the prompt
 * @param completionTokens length of the completion, stop token included
 * @param truncated whether it ended for want of room
 */
public record SampleOutcome(
    int group,
    int sample,
    Reward reward,
    double total,
    Moments returns,
    CriticOutcome critic,
    Double greedyReward,
    int promptTokens,
    int completionTokens,
    boolean truncated)
    implements Serializable {

  /**
   * The outcome that a row tells of. A reward that its KL penalty makes infinite or NaN is not
   * valid.
   *
   * @param reward the row's, with what rows do not hold
   * @param returns what the step takes for rewards and returns of tokens
   */
  public static SampleOutcome of(RolloutRow row, Reward reward, RolloutReturns returns) {
    if (!reward.valid()) {
      return of(row, reward, Double.NaN, Moments.NONE, CriticOutcome.NONE);
    }
    double total = Arrays.stream(returns.rewards(row)).reduce(0, Double::sum);
    Moments moments = Moments.of(returns.of(row));
    if (!Double.isFinite(total)) {
      return unusable(row, reward, "the reward less its KL penalty is " + total);
    }
    if (!Double.isFinite(moments.squares())) {
      return unusable(row, reward, "the returns of its tokens are not finite");
    }
    CriticOutcome critic =
        returns.gae() == null ? CriticOutcome.NONE : CriticOutcome.of(row, returns);
    return of(row, reward, total, moments, critic);
  }

  /**
   * The same completion with another reward for the whole of it, which leaves its returns: for
   * those who take rewards as a whole. What could not be used before still cannot.
   */
  public SampleOutcome withReward(Reward other) {
    boolean usable = reward.valid() && other.valid();
    return new SampleOutcome(
        group,
        sample,
        other.valid() && !reward.valid() ? other.invalidated(reward.reason()) : other,
        usable ? total + (other.value() - reward.value()) : Double.NaN,
        usable ? returns : Moments.NONE,
        usable ? critic : CriticOutcome.NONE,
        greedyReward,
        promptTokens,
        completionTokens,
        truncated);
  }

  private static SampleOutcome unusable(RolloutRow row, Reward reward, String why) {
    return of(row, reward.invalidated(why), Double.NaN, Moments.NONE, CriticOutcome.NONE);
  }

  private static SampleOutcome of(
      RolloutRow row, Reward reward, double total, Moments returns, CriticOutcome critic) {
    return new SampleOutcome(
        row.group(),
        row.sampleIndex(),
        reward.withoutTokens(),
        total,
        returns,
        critic,
        row.greedyReward(),
        row.promptTokenIds().length,
        row.tokenIds().length,
        row.truncated());
  }
}
