package io.hone.driver.train;

import io.hone.conf.ConfigLoader;
import io.hone.conf.ConfigNode;
import io.hone.conf.OptimizerConfig.Schedule;
import io.hone.conf.ResolvedConfig;
import io.hone.conf.RunConfig;
import io.hone.conf.UserException;
import io.hone.driver.run.CommittedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What makes a run this run: everything that its weights depend on. It is written to {@code
 * run.yaml} when the run begins, and a restart must have the same.
 */
final class RunIdentity {
  /** Options that weights do not depend on; a section stands for all of its options. */
  private static final Set<String> FREE =
      Set.of(
          "run-dir",
          "checkpoint",
          "eval",
          "spark",
          "training.non-finite-quota",
          // Gradients are the same to the bit.
          "training.activation-memory",
          "training.allow-mixed-instruction-sets",
          "training.exchange",
          "training.shards",
          // Their contents are compared by fingerprint.
          "model.path",
          "model.adapter",
          "critic.path",
          "data.path",
          "provenance");

  private final ResolvedConfig<RunConfig> resolved;

  private RunIdentity(ResolvedConfig<RunConfig> resolved) {
    this.resolved = resolved;
  }

  static RunIdentity of(ResolvedConfig<RunConfig> resolved, Map<String, String> provenance) {
    return new RunIdentity(RunConfig.withProvenance(resolved, provenance));
  }

  /** The content of {@code run.yaml}; it can be run again. */
  String yaml() {
    return resolved.toYaml();
  }

  /**
   * Compares with what a run directory already holds.
   *
   * @throws UserException naming the options that differ
   */
  void requireSame(CommittedRun run) {
    Optional<String> file = run.runFile();
    if (file.isEmpty() || run.steps() == 0) {
      return;
    }
    // Both as written, where secrets are hidden: they neither differ for that nor show in the
    // message.
    Map<String, String> before = options(file.get());
    Map<String, String> now = options(yaml());
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String was = before.getOrDefault(name, "not set");
      String is = now.getOrDefault(name, "not set");
      if (!was.equals(is)) {
        differences.add(name + " was " + was + " and is " + is);
      }
    }
    if (!differences.isEmpty()) {
      throw new UserException(
          run.layout().root()
              + ": holds a run with another configuration: "
              + String.join("; ", differences)
              + " (expected the same, or another run-dir)");
    }
  }

  private static Map<String, String> options(String yaml) {
    ResolvedConfig<RunConfig> config =
        ConfigLoader.parse(RunConfig.class, "run.yaml", yaml, List.of());
    Map<String, String> options = new TreeMap<>();
    flatten(config.tree(), options);
    options.keySet().removeIf(RunIdentity::isFree);
    config
        .config()
        .provenance()
        .forEach(
            (name, value) -> {
              if (name.endsWith("-fingerprint")) {
                options.put("provenance." + name, value);
              }
            });
    // A constant learning rate does not know how many steps there will be, so a run can be made
    // longer.
    if (config.config().optimizer().schedule() == Schedule.CONSTANT
        && config.config().critic().optimizer().schedule() == Schedule.CONSTANT) {
      options.remove("training.steps");
    }
    return options;
  }

  private static boolean isFree(String option) {
    return FREE.stream().anyMatch(free -> option.equals(free) || option.startsWith(free + "."));
  }

  private static void flatten(ConfigNode node, Map<String, String> options) {
    if (node instanceof ConfigNode.Mapping mapping) {
      mapping.entries().values().forEach(value -> flatten(value, options));
    } else if (node instanceof ConfigNode.Sequence sequence) {
      sequence.items().forEach(item -> flatten(item, options));
    } else if (node instanceof ConfigNode.Scalar scalar && !scalar.isNull()) {
      options.put(scalar.path(), scalar.text());
    }
  }
}
