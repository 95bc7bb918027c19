package io.hone.jobs;

import io.hone.conf.ResolvedConfig;
import io.hone.conf.RunArithmetic;
import io.hone.conf.RunConfig;
import io.hone.jobs.terminal.Console;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hone config}: what a configuration comes to. */
@Command(
    name = "config",
    sortOptions = false,
    description = {
      "Show what a configuration comes to.",
      "",
      "Prints every option with where its value came from, and the arithmetic that follows. The output is a configuration"
          + " itself.",
      ""
    })
final class ConfigCommand implements Runnable {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "CONFIG",
      description = "YAML file that describes a run, or the name of a recipe.")
  private String config;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description = "Overrides, such as rollout.group-size=16 or reward.components[0].weight=2.")
  private List<String> overrides = List.of();

  ConfigCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    ResolvedConfig<RunConfig> resolved = Recipes.load(config, overrides);
    console.out().print(resolved.toYaml());
    RunArithmetic.of(resolved.config()).lines().forEach(line -> console.out().println("# " + line));
  }
}
