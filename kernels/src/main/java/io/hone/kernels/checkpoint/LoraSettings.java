package io.hone.kernels.checkpoint;

import io.hone.conf.LoraConfig;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;

/**
 * The shape of a low-rank adapter: Hu et al., "LoRA: low-rank adaptation of large language models",
 * 2021. A matrix W of a layer becomes W + scale B A.
 *
 * @param rank rows of every A and columns of every B, at least 1
 * @param alpha the scale is this over the rank, above 0
 * @param rankStabilized whether the scale is alpha over the root of the rank (Kalajdzievski, "A
 *     rank stabilization scaling factor for fine-tuning with LoRA", 2023)
 * @param dropout share of the inputs of every A that learning sets to zero, in [0, 1)
 * @param modules which matrices of every layer are adapted, in the order of {@link LinearModule}
 */
public record LoraSettings(
    int rank, double alpha, boolean rankStabilized, double dropout, List<LinearModule> modules)
    implements Serializable {
  /** What PEFT puts before the names of tensors. */
  static final String PREFIX = "base_model.model.";

  /**
   * @throws IllegalArgumentException if a value is out of range
   */
  public LoraSettings {
    require(rank >= 1, "rank", rank, "at least 1");
    require(alpha > 0 && Double.isFinite(alpha), "alpha", alpha, "above 0");
    require(dropout >= 0 && dropout < 1, "dropout", dropout, "at least 0, below 1");
    require(!modules.isEmpty(), "modules", modules, "at least one");
    modules = List.copyOf(EnumSet.copyOf(modules));
  }

  /** As configured. */
  public static LoraSettings of(LoraConfig config) {
    return new LoraSettings(
        config.rank(),
        config.alpha(),
        config.rankStabilized(),
        config.dropout(),
        config.targetModules().stream()
            .map(name -> LinearModule.ofName(name).orElseThrow())
            .toList());
  }

  /** The factor of B A. */
  public double scale() {
    return alpha / (rankStabilized ? Math.sqrt(rank) : rank);
  }

  /** Names of the adapted modules: {@code q_proj}. */
  public List<String> moduleNames() {
    return modules.stream().map(LinearModule::moduleName).toList();
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
    }
  }
}
