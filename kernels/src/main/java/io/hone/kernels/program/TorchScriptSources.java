package io.hone.kernels.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The kernel sources that this artefact carries, one module per concern. */
final class TorchScriptSources {
  private static final List<String> MODULES =
      List.of(
          "attention",
          "decoder",
          "decoding",
          "flat",
          "generate",
          "importance",
          "kl_divergence",
          "logprobs",
          "lora",
          "mismatch",
          "policy_gradient",
          "policy_loss",
          "policy_objectives",
          "preference",
          "programs",
          "rotary",
          "sampling",
          "segments",
          "token_masks",
          "value_head",
          "value_loss");

  private TorchScriptSources() {}

  /** Text of each module by its name. */
  static Map<String, String> load() {
    Map<String, String> sources = new LinkedHashMap<>();
    MODULES.forEach(module -> sources.put(module, read("/torchscript/" + module + ".py")));
    return sources;
  }

  private static String read(String resource) {
    try (InputStream stream = TorchScriptSources.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("no resource " + resource + " on the class path");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
