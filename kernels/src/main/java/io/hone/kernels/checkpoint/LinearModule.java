package io.hone.kernels.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** The linear layers of a decoder layer, in the order of an adapter. */
public enum LinearModule {
  QUERY("self_attn.q_proj"),
  KEY("self_attn.k_proj"),
  VALUE("self_attn.v_proj"),
  OUTPUT("self_attn.o_proj"),
  GATE("mlp.gate_proj"),
  UP("mlp.up_proj"),
  DOWN("mlp.down_proj");

  private final String path;

  LinearModule(String path) {
    this.path = path;
  }

  /** The name by which configurations and PEFT know it: {@code q_proj}. */
  public String moduleName() {
    return path.substring(path.indexOf('.') + 1);
  }

  /** The module of this name. */
  public static Optional<LinearModule> ofName(String name) {
    return Arrays.stream(values()).filter(module -> module.moduleName().equals(name)).findFirst();
  }

  /** Name of its matrix {@code [out, in]} in a checkpoint. */
  public String weight(int layer) {
    return prefix(layer) + ".weight";
  }

  /** Name of its A {@code [rank, in]} in an adapter. */
  public String down(int layer) {
    return LoraSettings.PREFIX + prefix(layer) + ".lora_A.weight";
  }

  /** Name of its B {@code [out, rank]} in an adapter. */
  public String up(int layer) {
    return LoraSettings.PREFIX + prefix(layer) + ".lora_B.weight";
  }

  private String prefix(int layer) {
    return "model.layers." + layer + "." + path;
  }
}
