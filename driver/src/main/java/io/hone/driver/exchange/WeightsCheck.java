package io.hone.driver.exchange;

import io.hone.driver.run.RunFailedException;
import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.WeightsUsed;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Every task says which weights it used; a stale or damaged copy fails the step instead of training
 * on.
 */
public final class WeightsCheck {
  private WeightsCheck() {}

  /**
   * Compares what tasks used with what was published.
   *
   * @throws RunFailedException naming the executor whose weights differ, or the instruction sets
   *     where they are mixed
   */
  public static void require(PolicyVersion published, List<WeightsUsed> used) {
    for (WeightsUsed weights : used) {
      if (weights.version() != published.version()
          || weights.fingerprint() != published.fingerprint()) {
        throw new RunFailedException(
            String.format(
                "executor %s computed with weights %016x of version %d, but version %d is %016x",
                weights.executor(),
                weights.fingerprint(),
                weights.version(),
                published.version(),
                published.fingerprint()));
      }
    }
    TreeSet<String> sets =
        used.stream()
            .map(WeightsUsed::instructionSet)
            .collect(Collectors.toCollection(TreeSet::new));
    if (sets.size() > 1 && !published.settings().allowMixedInstructionSets()) {
      throw new RunFailedException(
          "executors have different instruction sets "
              + sets
              + ", so results would depend on which of them ran a task (use machines of one kind, set"
              + " ATEN_CPU_CAPABILITY on all to what they have in common, or accept it with"
              + " training.allow-mixed-instruction-sets)");
    }
  }
}
