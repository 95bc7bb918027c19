package io.hone.driver.train;

import io.hone.conf.LoraConfig;
import io.hone.conf.RunConfig;
import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.Adapter;
import io.hone.kernels.checkpoint.AdapterDirectory;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.LoraSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The adapter that a run begins with: a new one, or that of {@code model.adapter}. */
final class InitialAdapter {
  private InitialAdapter() {}

  /**
   * Reads or makes it.
   *
   * @return empty where all weights learn
   * @throws UserException if the adapter cannot be read, or is not what {@code lora} says
   */
  static Optional<Adapter> of(RunConfig config, Architecture architecture) {
    if (!config.lora().isOn()) {
      return Optional.empty();
    }
    LoraSettings settings = LoraSettings.of(config.lora());
    return Optional.of(
        config
            .model()
            .adapter()
            .map(
                directory ->
                    new Adapter(settings, read(directory, config.lora(), architecture).weights()))
            .orElseGet(() -> Adapter.initial(architecture, settings, config.seed())));
  }

  private static Adapter read(String directory, LoraConfig expected, Architecture architecture) {
    Adapter adapter = AdapterDirectory.read(Path.of(directory), architecture);
    LoraSettings found = adapter.settings();
    LoraSettings wanted = LoraSettings.of(expected);
    List<String> differences = new ArrayList<>();
    compare(differences, "rank", found.rank(), wanted.rank());
    compare(differences, "alpha", found.alpha(), wanted.alpha());
    compare(differences, "rank-stabilized", found.rankStabilized(), wanted.rankStabilized());
    compare(differences, "target-modules", found.moduleNames(), wanted.moduleNames());
    if (!differences.isEmpty()) {
      throw new UserException(
          "model.adapter: "
              + directory
              + " is another adapter than lora describes: "
              + String.join("; ", differences)
              + " (expected the adapter's own)");
    }
    return adapter;
  }

  private static void compare(
      List<String> differences, String option, Object found, Object wanted) {
    if (!found.equals(wanted)) {
      differences.add("lora." + option + " is " + wanted + ", the adapter's " + found);
    }
  }
}
