package io.hone.jobs;

import io.hone.jobs.terminal.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hone bench}: what there is to measure. */
@Command(
    name = "bench",
    sortOptions = false,
    synopsisSubcommandLabel = "BENCHMARK",
    description = {"Measure this machine or cluster; JSON lines on standard output.", ""})
final class BenchCommand implements Runnable {
  private final Console console;

  private BenchCommand(Console console) {
    this.console = console;
  }

  /** The command with its benchmarks. */
  static CommandLine line(Console console) {
    return new CommandLine(new BenchCommand(console))
        .addSubcommand(new BenchGenerateCommand(console))
        .addSubcommand(new BenchTrainCommand(console))
        .addSubcommand(new BenchGrpoCommand(console))
        .addSubcommand(new BenchScoreCommand(console))
        .addSubcommand(new BenchMemoryCommand(console))
        .addSubcommand(new BenchDigitsCommand(console));
  }

  /** Without a benchmark: which ones there are. */
  @Override
  public void run() {
    line(console).setCommandName("hone bench").usage(console.out());
  }
}
