package io.hone.conf;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A low-rank adapter in place of all weights; the options are PEFT's. */
@Doc(
    "LoRA: a low-rank adapter learns, the checkpoint's weights stay. Checkpoints are in the format of"
        + " PEFT.")
public record LoraConfig(
    @Doc("Rank of the adapter's matrices; 0 = off, all weights learn.")
        @Default("0")
        @Range(min = 0, max = 65_536)
        int rank,
    @Doc("The adapter's part of the outcome is scaled by this over the rank.")
        @Default("16")
        @Range(above = 0)
        double alpha,
    @Doc("Whether to scale by `alpha` over the root of the rank instead (PEFT's `use_rslora`).")
        @Default("false")
        boolean rankStabilized,
    @Doc("Share of the adapter's inputs set to zero while learning.")
        @Default("0.0")
        @Range(min = 0, below = 1)
        double dropout,
    @Doc("Matrices of every layer that get an adapter.")
        @Default("[q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj]")
        List<String> targetModules)
    implements Validated, Serializable {
  /** The linear layers of a decoder layer, in the order of an adapter. */
  public static final List<String> LINEAR_LAYERS =
      List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

  private static final double DEFAULT_ALPHA = 16;

  public LoraConfig {
    targetModules = List.copyOf(targetModules);
  }

  /** Whether an adapter learns, and not all weights. */
  public boolean isOn() {
    return rank > 0;
  }

  @Override
  public void validate(Problems problems) {
    for (int i = 0; i < targetModules.size(); i++) {
      String name = targetModules.get(i);
      String key = "target-modules[" + i + "]";
      if (!LINEAR_LAYERS.contains(name)) {
        problems.add(key, "'" + name + "' is unknown " + Suggestions.suggest(name, LINEAR_LAYERS));
      } else if (targetModules.indexOf(name) < i) {
        problems.add(key, "'" + name + "' is there twice (expected each name once)");
      }
    }
    if (targetModules.isEmpty()) {
      problems.add("target-modules", "is empty (expected at least one linear layer)");
    }
    if (!isOn()) {
      requireUnset(alpha != DEFAULT_ALPHA, "alpha", problems);
      requireUnset(rankStabilized, "rank-stabilized", problems);
      requireUnset(dropout != 0, "dropout", problems);
      Set<String> targets = new HashSet<>(targetModules);
      requireUnset(!targets.containsAll(LINEAR_LAYERS), "target-modules", problems);
    }
  }

  private static void requireUnset(boolean set, String key, Problems problems) {
    if (set) {
      problems.add(key, "has no effect (expected with lora.rank > 0 only)");
    }
  }
}
