package io.hone.driver.train;

import io.hone.conf.TrainingConfig;
import io.hone.driver.exchange.ExchangeCost;
import io.hone.driver.exchange.UpdateResult;
import io.hone.executor.statistics.Moments;
import io.hone.kernels.model.LossStatistics;
import io.hone.kernels.model.PreferenceStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The metrics of a step's updates: means over all tokens of all its updates, maxima over both. */
final class UpdateMetrics {
  private UpdateMetrics() {}

  static void policy(Metrics metrics, List<UpdateResult> updates) {
    common(metrics, updates);
    LossStatistics sum = sum(updates);
    if (sum.tokens() == 0) {
      return;
    }
    metrics.put("policy/entropy", sum.entropy() / sum.tokens());
    metrics.put("policy/ratio-mean", sum.ratio() / sum.tokens());
    metrics.put("policy/ratio-maximum", sum.maximumRatio());
    metrics.put("policy/clip-fraction", sum.clipped() / sum.tokens());
    metrics.put("policy/bound-fraction", sum.bounded() / sum.tokens());
    metrics.put("policy/masked-fraction", sum.masked() / sum.tokens());
    metrics.put("policy/approximate-kl", sum.approximateKl() / sum.tokens());
    metrics.put("policy/approximate-kl-k3", sum.approximateKlK3() / sum.tokens());
    metrics.put("policy/reference-kl", sum.referenceKl() / sum.tokens());
    if (sum.mismatchTokens() > 0) {
      metrics.put("mismatch/mean", sum.mismatch() / sum.mismatchTokens());
      metrics.put("mismatch/absolute-mean", sum.absoluteMismatch() / sum.mismatchTokens());
      metrics.put("mismatch/absolute-maximum", sum.maximumAbsoluteMismatch());
      metrics.put("mismatch/weight-mean", sum.mismatchWeight() / sum.mismatchTokens());
      metrics.put("mismatch/bounded-fraction", sum.mismatchBounded() / sum.mismatchTokens());
    }
  }

  static void supervised(Metrics metrics, List<UpdateResult> updates) {
    common(metrics, updates);
    LossStatistics sum = sum(updates);
    metrics.put("tokens/learned", sum.tokens());
    metrics.put("policy/entropy", sum.entropy() / sum.tokens());
  }

  /**
   * Rewards are beta times what completions have gained over the reference, or times their
   * log-probability where there is none; log-probabilities are as the objective reads them.
   */
  static void preference(Metrics metrics, List<UpdateResult> updates) {
    common(metrics, updates);
    LossStatistics sum = sum(updates);
    if (sum.tokens() == 0) {
      return;
    }
    PreferenceStatistics preference = sum.preference();
    double chosenReward = preference.chosenReward() / preference.chosen();
    double rejectedReward = preference.rejectedReward() / preference.rejected();
    metrics.put("tokens/learned", sum.tokens());
    metrics.put("preference/chosen", preference.chosen());
    metrics.put("preference/rejected", preference.rejected());
    metrics.put("preference/chosen-reward", chosenReward);
    metrics.put("preference/rejected-reward", rejectedReward);
    metrics.put("preference/margin", chosenReward - rejectedReward);
    metrics.put("preference/accuracy", preference.correct() / preference.pairs());
    metrics.put("preference/chosen-logprob", preference.chosenLogprob() / preference.chosen());
    metrics.put(
        "preference/rejected-logprob", preference.rejectedLogprob() / preference.rejected());
    metrics.put(
        "preference/negative-log-likelihood",
        preference.negativeLogLikelihood() / preference.chosenTokens());
    if (preference.pairs() == 0) {
      metrics.put("preference/kl", preference.klEstimate() / sum.sequences());
    }
    metrics.put("policy/entropy", sum.entropy() / sum.tokens());
  }

  /** Of the value head, whichever updates it learns in. */
  static void values(Metrics metrics, List<UpdateResult> updates) {
    LossStatistics sum = sum(updates);
    metrics.putMean(
        "critic/loss", Moments.of(updates.stream().mapToDouble(u -> u.statistics().valueLoss())));
    if (sum.tokens() > 0) {
      metrics.put("critic/clip-fraction", sum.valueClipped() / sum.tokens());
    }
  }

  /** Of a critic of its own. */
  static void critic(Metrics metrics, List<UpdateResult> updates) {
    Metrics own = new Metrics();
    updates(own, updates);
    own.values().forEach((name, value) -> metrics.put("critic/" + name, value));
    metrics.put(
        "time/critic-gradient", sum(updates, u -> u.seconds().load() + u.seconds().compute()));
    metrics.put("time/critic-update", sum(updates, u -> u.seconds().update()));
    metrics.put("time/critic-publish", sum(updates, u -> u.seconds().publish()));
  }

  private static void common(Metrics metrics, List<UpdateResult> updates) {
    updates(metrics, updates);
    metrics.putMean("loss", Moments.of(updates.stream().mapToDouble(u -> u.statistics().loss())));
  }

  private static void updates(Metrics metrics, List<UpdateResult> updates) {
    metrics.put("updates/applied", (double) updates.stream().filter(UpdateResult::applied).count());
    metrics.put(
        "updates/skipped", (double) updates.stream().filter(update -> !update.applied()).count());
    metrics.putMean(
        "gradient/norm", Moments.of(updates.stream().mapToDouble(UpdateResult::gradientNorm)));
    metrics.put(
        "learning-rate",
        updates.isEmpty() ? Double.NaN : updates.get(updates.size() - 1).learningRate());
  }

  private static LossStatistics sum(List<UpdateResult> updates) {
    LossStatistics sum = LossStatistics.NONE;
    for (UpdateResult update : updates) {
      sum = sum.plus(update.statistics());
    }
    return sum;
  }

  /** Where the time of the updates went, in seconds. */
  static void times(Metrics metrics, List<UpdateResult> updates) {
    metrics.put("time/gradient", sum(updates, u -> u.seconds().gradient()));
    metrics.put("time/update", sum(updates, u -> u.seconds().update()));
    metrics.put("time/publish", sum(updates, u -> u.seconds().publish()));
  }

  /**
   * What the exchange of a step moved and took, and what both kinds of it would have taken by
   * {@link ExchangeCost} at the rate that this one had.
   */
  static void exchange(Metrics metrics, List<UpdateResult> updates) {
    if (updates.isEmpty()) {
      return;
    }
    TrainingConfig.Exchange kind = updates.get(0).kind();
    double seconds = sum(updates, u -> u.seconds().exchange());
    metrics.put("exchange/gradient-bytes", sum(updates, u -> u.cost().gradientBytes()));
    metrics.put(
        "exchange/weight-bytes", sum(updates, u -> u.applied() ? u.cost().weightBytes() : 0));
    metrics.put("exchange/driver-bytes-in", sum(updates, u -> u.cost().driverBytesIn(kind)));
    metrics.put("exchange/driver-bytes-out", sum(updates, u -> u.cost().driverBytesOut(kind)));
    metrics.put("exchange/executor-bytes", sum(updates, u -> u.cost().executorBytes(kind)));
    metrics.put("exchange/seconds", seconds);
    metrics.put("exchange/driver-seconds", sum(updates, UpdateResult::driverSeconds));
    ExchangeCost cost = updates.get(0).cost();
    double rate = cost.bytesPerSecond(kind, seconds / updates.size());
    metrics.put("exchange/bytes-per-second", rate);
    for (TrainingConfig.Exchange either : TrainingConfig.Exchange.values()) {
      metrics.put(
          "exchange/modelled-seconds-" + either.name().toLowerCase(Locale.ROOT),
          sum(updates, u -> u.cost().seconds(either, rate)));
    }
  }

  /** Seconds that the jobs of updates took beyond their slowest tasks. */
  static double sparkOverhead(List<UpdateResult> updates) {
    return sum(updates, u -> u.seconds().spark());
  }

  private static double sum(List<UpdateResult> updates, ToDoubleFunction<UpdateResult> part) {
    return updates.stream().mapToDouble(part).sum();
  }
}
