package io.hone.driver.train;

import io.hone.conf.RunConfig;
import io.hone.driver.exchange.Exchange;
import io.hone.driver.exchange.UpdateResult;
import io.hone.driver.run.Manifest;
import io.hone.driver.run.RunDirectory;
import io.hone.driver.run.RunFailedException;
import io.hone.driver.run.StepCommit;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.rollout.Stopwatch;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Makes the steps of a run one after the other and commits each, from wherever an earlier driver
 * left off.
 */
final class TrainingLoop {
  private final RunConfig config;
  private final RunDirectory directory;
  private final Exchange exchange;
  private final Optional<Critic> critic;
  private final StepRunner runner;
  private final Optional<Evaluation> evaluation;
  private final TrainingCheckpoints checkpoints;
  private final UpdateQuota quota;
  private final StepListener listener;

  TrainingLoop(
      RunConfig config,
      RunDirectory directory,
      Exchange exchange,
      Optional<Critic> critic,
      StepRunner runner,
      Optional<Evaluation> evaluation,
      TrainingCheckpoints checkpoints,
      UpdateQuota quota,
      StepListener listener) {
    this.config = config;
    this.directory = directory;
    this.exchange = exchange;
    this.critic = critic;
    this.runner = runner;
    this.evaluation = evaluation;
    this.checkpoints = checkpoints;
    this.quota = quota;
    this.listener = listener;
  }

  /**
   * Runs to the configured number of steps.
   *
   * @param from first step behind the checkpoint that the exchange began with
   */
  void run(int from) {
    int committed = directory.committed().steps();
    int steps = config.training().steps();
    listener.started(committed, Math.max(0, committed - from), steps);
    for (int step = from; step < committed; step++) {
      directory.check();
      if (runner.replay(step).stream().allMatch(UpdateResult::reproducible)) {
        requireSameWeights(step);
      }
    }
    BestEvaluation best = BestEvaluation.of(directory.committed());
    for (int step = committed; step < steps; step++) {
      best = step(step, steps, best);
    }
  }

  private BestEvaluation step(int step, int steps, BestEvaluation best) {
    Stopwatch watch = new Stopwatch();
    directory.check();
    StepCommit commit = directory.beginStep(step);
    Map<String, Double> baseline = step == 0 ? baseline(commit) : Map.of();
    double baselineSeconds = watch.lap();

    Metrics metrics = runner.run(step, commit);
    double stepSeconds = watch.lap();

    boolean last = step == steps - 1;
    if (evaluation.isPresent() && ((step + 1) % config.eval().every() == 0 || last)) {
      EvaluationTables tables = new EvaluationTables(directory, commit, step, "");
      metrics.putAll(evaluation.get().measure(exchange.published(), Optional.of(tables)).values());
    }
    metrics.putAll(baseline);
    metrics.put("time/evaluation", baselineSeconds + watch.lap());

    BestEvaluation after = best.after(step, metrics);
    boolean isBest = config.eval().keepBest() && after.isStep(step);
    if ((step + 1) % config.checkpoint().every() == 0 || last || isBest) {
      checkpoints.write(commit.checkpointStaging(), exchange, critic, step, quota.skipped());
      commit.addCheckpoint();
    }
    double checkpointSeconds = watch.lap();
    metrics.put("time/checkpoint", checkpointSeconds);
    metrics.put("time/step", stepSeconds + checkpointSeconds);
    metrics.put("exchange/driver-share", metrics.get("exchange/driver-seconds") / stepSeconds);

    PolicyVersion policy = exchange.policy();
    commit.commit(policy.version(), policy.fingerprint(), criticFingerprint(), metrics.values());
    directory.deleteOldCheckpoints(
        config.checkpoint().keepLast(), config.eval().keepBest() ? after.steps() : Set.of());
    listener.committed(step, metrics);
    return after;
  }

  /** The policy before the first update, under names of its own beside the first step's. */
  private Map<String, Double> baseline(StepCommit commit) {
    Metrics renamed = new Metrics();
    EvaluationTables tables = new EvaluationTables(directory, commit, 0, "baseline-");
    evaluation.ifPresent(
        present ->
            present
                .measure(exchange.published(), Optional.of(tables))
                .values()
                .forEach((name, value) -> renamed.put("baseline/" + name, value)));
    return renamed.values();
  }

  private OptionalLong criticFingerprint() {
    return critic.isPresent()
        ? OptionalLong.of(critic.get().exchange().policy().fingerprint())
        : OptionalLong.empty();
  }

  private void requireSameWeights(int step) {
    Manifest manifest = directory.committed().manifest(step);
    requireSame(
        step,
        "weights",
        OptionalLong.of(exchange.policy().fingerprint()),
        OptionalLong.of(manifest.weightsFingerprint()));
    requireSame(step, "critic weights", criticFingerprint(), manifest.criticFingerprint());
  }

  private static void requireSame(
      int step, String what, OptionalLong found, OptionalLong expected) {
    if (!found.equals(expected)) {
      throw new RunFailedException(
          String.format(
              "step %d: its committed rollouts, replayed, gave %s %s, but the commit says %s (expected the"
                  + " machine, its instruction set and the version of Hone that made the run)",
              step, what, hex(found), hex(expected)));
    }
  }

  private static String hex(OptionalLong fingerprint) {
    return fingerprint.isPresent() ? String.format("%016x", fingerprint.getAsLong()) : "none";
  }
}
