package io.hone.conf;

import io.hone.conf.AdvantageConfig.Estimator;
import io.hone.conf.AdvantageConfig.Singleton;
import io.hone.conf.LossConfig.KlPlacement;
import io.hone.conf.OptimizerConfig.Schedule;
import io.hone.conf.RunConfig.Algorithm;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The checks of a run that take more than one section. */
final class RunValidation {
  private final RunConfig run;
  private final Validated.Problems problems;

  private RunValidation(RunConfig run, Validated.Problems problems) {
    this.run = run;
    this.problems = problems;
  }

  static void validate(RunConfig run, Validated.Problems problems) {
    RunValidation validation = new RunValidation(run, problems);
    validation.checkMiniBatches();
    validation.checkSchedule();
    validation.checkRunDir();
    validation.checkAdapter();
    validation.checkDiscount();
    if (run.algorithm() == Algorithm.GRPO) {
      validation.checkGroups();
    }
    if (run.hasCritic()) {
      validation.checkCritic();
    } else if (!run.critic().equals(CriticConfig.DEFAULT)) {
      problems.add("critic", "has no effect (expected with algorithm: ppo only)");
    }
    validation.checkRefills();
    if (run.samplesRollouts()) {
      validation.checkExploration();
      validation.checkKlHorizon();
      validation.checkLengths();
    } else {
      validation.checkCompletions();
      if (run.data().curriculum().difficulty().isPresent()) {
        problems.add(
            "data.curriculum", "has no effect (expected with an algorithm that samples rollouts)");
      }
    }
    if (run.samplesRollouts() || run.eval().every() > 0) {
      validation.checkReward();
    }
    if (run.algorithm() == Algorithm.DPO) {
      validation.checkPreferences();
    }
  }

  private void checkMiniBatches() {
    int miniBatches = run.training().miniBatches();
    boolean rollouts = run.samplesRollouts();
    int parts = rollouts ? run.rollout().promptsPerStep() : run.training().batchSize();
    String of = rollouts ? "rollout.prompts-per-step: " : "training.batch-size: ";
    if (parts % miniBatches != 0) {
      String divisors =
          IntStream.rangeClosed(1, parts)
              .filter(divisor -> parts % divisor == 0)
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(", "));
      problems.add(
          "training.mini-batches",
          miniBatches + " does not divide " + of + parts + " (expected one of " + divisors + ")");
    }
  }

  private void checkSchedule() {
    checkSchedule("optimizer", run.optimizer(), RunArithmetic.of(run).updates());
    checkSchedule(
        "critic.optimizer", run.critic().optimizer(), RunArithmetic.of(run).criticUpdates());
  }

  private void checkSchedule(String section, OptimizerConfig optimizer, long updates) {
    int warmup = optimizer.warmupUpdates();
    if (optimizer.schedule() != Schedule.CONSTANT && warmup >= updates) {
      problems.add(
          section + ".warmup-updates",
          warmup
              + " leaves the schedule nothing of the run's "
              + updates
              + " updates (expected less than that)");
    }
  }

  private void checkRunDir() {
    if (run.runDir().filter(run.model().path()::equals).isPresent()) {
      problems.add(
          "run-dir",
          "'" + run.model().path() + "' is model.path too (expected a directory of its own)");
    }
  }

  private void checkAdapter() {
    run.model()
        .adapter()
        .filter(adapter -> !run.lora().isOn())
        .ifPresent(
            adapter ->
                problems.add(
                    "model.adapter",
                    "'"
                        + adapter
                        + "' would not learn with lora.rank: 0 (expected lora.rank: the adapter's; or make it"
                        + " part of the weights with hone export)"));
  }

  private void checkGroups() {
    AdvantageConfig advantage = run.advantage();
    if (run.rollout().groupSize() == 1
        && advantage.estimator().comparesInGroup()
        && advantage.singleton() == Singleton.ZERO) {
      problems.add(
          "rollout.group-size",
          "1 makes every advantage 0 (expected >= 2"
              + (advantage.estimator().takesSingletons()
                  ? ", or advantage.singleton: score)"
                  : ")"));
    }
    if (advantage.estimator() == Estimator.GDPO && run.loss().klIn() == KlPlacement.REWARD) {
      problems.add(
          "loss.kl-in",
          "reward is no component that advantage.estimator: gdpo could scale (expected loss)");
    }
  }

  /** What fills up a step has to be there before anything of the whole step is known. */
  private void checkRefills() {
    if (run.rollout().refills() == 0) {
      return;
    }
    if (!run.samplesRollouts() || !run.takesRewardsAsWhole()) {
      problems.add(
          "rollout.refills",
          "has no effect (expected with pairs from rollouts, or an estimator that compares whole completions in their"
              + " group)");
    }
    if (run.data().queryColumn().isPresent()) {
      problems.add("rollout.refills", "does not go with data.query-column (expected one of them)");
    }
    if (!run.reward().constraints().isEmpty()) {
      problems.add("rollout.refills", "does not go with reward.constraints (expected one of them)");
    }
  }

  private void checkExploration() {
    if (run.rollout().temperature().least() == 0) {
      problems.add(
          "rollout.temperature",
          "0 makes all completions of a group the same (expected > 0 with algorithm: "
              + Names.kebab(run.algorithm())
              + ")");
    }
  }

  private void checkDiscount() {
    AdvantageConfig advantage = run.advantage();
    if (advantage.discount() != 1
        && !run.hasCritic()
        && !advantage.returnToGo()
        && advantage.estimator() != Estimator.REINFORCE_PLUS_PLUS) {
      problems.add(
          "advantage.discount",
          "has no effect (expected with estimator: reinforce-plus-plus, return-to-go, or algorithm:"
              + " ppo, only)");
    }
  }

  private void checkCritic() {
    AdvantageConfig advantage = run.advantage();
    checkUnread("estimator", advantage.estimator() != Estimator.GRPO);
    checkUnread("scale", advantage.scale() != AdvantageConfig.Scale.GROUP);
    checkUnread("epsilon", advantage.epsilon() != AdvantageConfig.DEFAULT_EPSILON);
    checkUnread("singleton", advantage.singleton() != Singleton.ZERO);
    checkUnread("return-to-go", advantage.returnToGo());
    if (run.critic().sharedBackbone() && run.lora().isOn()) {
      problems.add(
          "critic.shared-backbone",
          "true has no layers to learn in with lora.rank: "
              + run.lora().rank()
              + " (expected false, or lora.rank: 0)");
    }
    if (run.critic().warmupSteps() >= run.training().steps()) {
      problems.add(
          "critic.warmup-steps",
          run.critic().warmupSteps()
              + " leaves the policy none of training.steps: "
              + run.training().steps()
              + " (expected less than that)");
    }
  }

  /** Advantages of a critic are those of GAE. */
  private void checkUnread(String key, boolean set) {
    if (set) {
      problems.add(
          "advantage." + key, "has no effect with algorithm: ppo (expected with algorithm: grpo)");
    }
  }

  /** The controller multiplies with 1 ± 0.2 completions / horizon, which must stay positive. */
  private void checkKlHorizon() {
    long completions = RunArithmetic.of(run).samplesPerStep();
    long horizon = run.loss().steeringHorizon();
    if (run.loss().klTarget().isPresent() && horizon <= completions / 5) {
      problems.add(
          "loss.kl-horizon",
          horizon
              + " lets the "
              + completions
              + " completions of one step turn kl-coefficient negative (expected more than a fifth of"
              + " them)");
    }
  }

  private void checkLengths() {
    int completion = run.rollout().maxNewTokens();
    run.training()
        .maxSequenceTokens()
        .filter(sequence -> sequence <= completion)
        .ifPresent(
            sequence ->
                problems.add(
                    "training.max-sequence-tokens",
                    sequence
                        + " leaves no room for a prompt before rollout.max-new-tokens: "
                        + completion
                        + " (expected more than that)"));
  }

  private void checkCompletions() {
    if (run.data().path().isEmpty()) {
      problems.add(
          "data.prompts",
          "hold no completions to learn (expected data.path: a JSONL file, with algorithm: "
              + Names.kebab(run.algorithm())
              + ")");
    }
  }

  private void checkPreferences() {
    if (run.samplesRollouts() && run.rollout().groupSize() == 1) {
      problems.add("rollout.group-size", "1 leaves nothing to compare (expected >= 2)");
    }
    long examples = RunArithmetic.of(run).samplesPerMiniBatch();
    if (run.preference().loss() == PreferenceConfig.Loss.KTO && examples < 2) {
      problems.add(
          "training.batch-size",
          "leaves each update one completion, but kto estimates the divergence by giving the"
              + " completions of an update each other's prompts (expected at least 2 a mini-batch)");
    }
  }

  private void checkConstraints() {
    if (run.algorithm() != Algorithm.GRPO || !run.takesRewardsAsWhole()) {
      problems.add("reward.constraints", "take " + RunConfig.REWARDS_AS_WHOLE);
    } else if (run.advantage().estimator() == Estimator.GDPO) {
      problems.add(
          "reward.constraints",
          "do not fit estimator: gdpo, which looks at components itself (expected another, such as grpo)");
    }
  }

  private boolean isScheduled() {
    return run.reward().components().stream().anyMatch(component -> component.weight().changes());
  }

  private void checkReward() {
    if (!run.reward().constraints().isEmpty()) {
      checkConstraints();
    }
    if (run.reward().components().isEmpty()) {
      problems.add("reward.components", "is empty (expected at least one scorer)");
      return;
    }
    run.reward()
        .firstWithoutWeight()
        .ifPresent(
            step ->
                problems.add(
                    "reward.components",
                    "all weights are 0"
                        + (step > 0 || isScheduled() ? " at step " + step : "")
                        + " (expected at least one other weight)"));
  }
}
