package io.hone.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.UserException;
import io.hone.jobs.bench.MemoryBenchmark;
import io.hone.jobs.bench.MemoryPlot;
import io.hone.jobs.bench.MemoryPoint;
import io.hone.jobs.output.OutputFile;
import io.hone.jobs.terminal.Console;
import io.hone.kernels.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hone bench memory}: what a gradient needs of memory. */
@Command(
    name = "memory",
    sortOptions = false,
    description = {
      "Measure the peak memory of a gradient: forward and backward of one micro-batch, on the CPU with one thread.",
      "",
      "A line for each length and batch: how far the resident memory of a fresh process rises above what it was with the"
          + " model loaded, the gradient included, and the least that must be there at once by the shapes. Linux only.",
      ""
    })
final class BenchMemoryCommand implements Runnable {
  private final Console console;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Hugging Face checkpoint directory.")
  private Path model;

  @Option(
      names = "--tokens",
      paramLabel = "T",
      split = ",",
      defaultValue = "128,256,512",
      description = "Tokens of a sequence, one length or several (default: ${DEFAULT-VALUE}).")
  private List<Integer> tokens;

  @Option(
      names = "--batch",
      paramLabel = "B",
      split = ",",
      defaultValue = "1,4,16",
      description =
          "Sequences of the micro-batch, one number or several (default: ${DEFAULT-VALUE}).")
  private List<Integer> batch;

  @Option(
      names = "--recompute",
      negatable = true,
      description =
          "Only with activations computed a second time in the backward pass, or only with all of them kept (default:"
              + " both).")
  private Boolean recompute;

  @Option(
      names = "--plot",
      paramLabel = "FILE.svg",
      description = "New file for a plot of the lines.")
  private Optional<String> plot = Optional.empty();

  BenchMemoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Checkpoint checkpoint = Checkpoint.open(model);
    batch.forEach(number -> Requirements.atLeast("--batch", number, 1));
    tokens.forEach(number -> requireLength(number, checkpoint.architecture().maxPositions()));
    MemoryBenchmark benchmark = new MemoryBenchmark(checkpoint);
    if (plot.isEmpty()) {
      measure(benchmark);
      return;
    }
    try (OutputFile file = OutputFile.create(plot.get(), HadoopSettings.read())) {
      file.writeLine(MemoryPlot.svg(measure(benchmark)));
      file.publish();
    }
  }

  private static void requireLength(int tokens, int context) {
    Requirements.atLeast("--tokens", tokens, 2);
    if (tokens > context) {
      throw new UserException(
          "--tokens "
              + tokens
              + ": is more than the model's context (max_position_embeddings) of "
              + context
              + " (expected no more than that)");
    }
  }

  private List<MemoryPoint> measure(MemoryBenchmark benchmark) {
    List<MemoryPoint> points = new ArrayList<>();
    for (boolean again : recompute == null ? List.of(false, true) : List.of(recompute)) {
      for (int rows : batch) {
        for (int length : tokens) {
          MemoryPoint point = benchmark.measure(rows, length, again);
          console.out().println(JsonRows.line(line(point)));
          points.add(point);
        }
      }
    }
    return points;
  }

  private static ObjectNode line(MemoryPoint point) {
    ObjectNode line = JsonRows.newRow();
    line.put("bench", "memory");
    line.put("batch", point.batch());
    line.put("tokens", point.tokens());
    line.put("recompute", point.recompute());
    line.put("weight_bytes", point.weightBytes());
    line.put("gradient_bytes", point.weightBytes());
    line.put("peak_bytes", point.peakBytes());
    line.put("least_bytes", point.leastBytes());
    return line;
  }
}
