package io.hone.jobs;

import io.hone.conf.CheckpointConfig.Dtype;
import io.hone.conf.UserException;
import io.hone.driver.run.CommittedRun;
import io.hone.jobs.terminal.Console;
import io.hone.kernels.checkpoint.AdapterDirectory;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.checkpoint.CheckpointWriter;
import io.hone.kernels.checkpoint.DataType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hone export}: an adapter and its base model as one whole model. */
@Command(
    name = "export",
    sortOptions = false,
    description = {
      "Merge a LoRA adapter into its base model.",
      "",
      "Writes a Hugging Face checkpoint that needs no adapter any more: W + scale B A in place of every adapted W.",
      ""
    })
final class ExportCommand implements Runnable {
  private final Console console;

  @Parameters(
      paramLabel = "ADAPTER",
      description =
          "Adapter directory in the format of PEFT, or a run directory on a local disk, for the newest checkpoint of its"
              + " run.")
  private Path source;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "Base model (default: the one that the adapter names).")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--dtype",
      paramLabel = "TYPE",
      defaultValue = "source",
      description =
          "Number type of the weights written: source (that of the base model), float32, bfloat16 or float16 (default:"
              + " ${DEFAULT-VALUE}).")
  private Dtype dtype;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "The new checkpoint directory.")
  private Path output;

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    Path adapter = adapter();
    Checkpoint base = Checkpoint.open(base(adapter));
    CheckpointWriter.write(
        output, base, AdaptedWeights.of(base, Optional.of(adapter)), DataType.of(dtype));
    console.err().printf("%s: %s merged into %s%n", output, adapter, base.directory());
  }

  private Path adapter() {
    if (!Files.isDirectory(source.resolve("commits"))) {
      return source;
    }
    CommittedRun run = CommittedRun.open(source.toString(), HadoopSettings.read());
    int step =
        run.latestCheckpoint()
            .orElseThrow(
                () -> new UserException(source + ": has no checkpoint yet (expected a later try)"));
    Path checkpoint = Path.of(run.layout().checkpoint(step).toUri().getPath());
    if (!AdapterDirectory.holdsAdapter(checkpoint)) {
      throw new UserException(
          source
              + ": is a run that trained all weights, and "
              + checkpoint
              + " a whole model already (expected a run with lora.rank > 0)");
    }
    return checkpoint;
  }

  private Path base(Path adapter) {
    return model.orElseGet(
        () ->
            AdapterDirectory.base(adapter)
                .map(Path::of)
                .filter(Files::isDirectory)
                .orElseThrow(
                    () ->
                        new UserException(
                            adapter
                                + ": names the base model "
                                + AdapterDirectory.base(adapter).orElse("not at all")
                                + ", which is no directory here (expected --model: its directory)")));
  }
}
