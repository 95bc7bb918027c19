package io.hone.jobs;

import io.hone.conf.ResolvedConfig;
import io.hone.conf.RunConfig;
import io.hone.driver.train.Evaluation;
import io.hone.driver.train.Metrics;
import io.hone.driver.train.TrainingInput;
import io.hone.executor.model.ComputeSettings;
import io.hone.executor.model.PolicyVersion;
import io.hone.jobs.inspect.StepDetail;
import io.hone.jobs.spark.SparkRuntime;
import io.hone.jobs.terminal.Console;
import io.hone.kernels.checkpoint.FlatWeights;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.broadcast.Broadcast;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hone eval}: how good a checkpoint is. */
@Command(
    name = "eval",
    sortOptions = false,
    description = {
      "Measure a checkpoint on a data set.",
      "",
      "Completes each row of eval.data (of data where that is not set) greedily once and eval.samples times at"
          + " eval.temperature; prints mean reward, share of passes and pass@k of the checkpoint in model.path.",
      ""
    })
final class EvalCommand implements Runnable {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "CONFIG",
      description = "YAML file that describes a run, or the name of a recipe.")
  private String config;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description =
          "Overrides, such as model.path=runs/dog/checkpoints/00000024 or eval.samples=8.")
  private List<String> overrides = List.of();

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description =
          "LoRA adapter directory in the format of PEFT, merged into the model (default: model.adapter).")
  private Optional<Path> adapter = Optional.empty();

  EvalCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    ResolvedConfig<RunConfig> resolved = Recipes.load(config, overrides);
    RunConfig run = resolved.config();
    TrainingInput input = TrainingInput.readForEvaluation(run, HadoopSettings.read());
    FlatWeights weights =
        AdaptedWeights.of(
            input.checkpoint(), adapter.or(() -> run.model().adapter().map(Path::of)));
    int prompts = input.heldOut().orElseThrow().items().size();
    console
        .err()
        .printf(
            "%d prompts, a greedy and %d sampled completions of each%n",
            prompts, run.eval().samples());
    try (SparkRuntime spark = SparkRuntime.start("eval", run.spark())) {
      Broadcast<PolicyVersion> policy =
          spark
              .context()
              .broadcast(
                  new PolicyVersion(
                      0, input.checkpoint().architecture(), weights, ComputeSettings.of(run)));
      Metrics metrics =
          new Evaluation(
                  spark.context(),
                  run,
                  input.heldOut().orElseThrow().items(),
                  input.sampling(),
                  input.broadcast(spark.context()))
              .measure(policy);
      StepDetail.of(metrics).lines().forEach(console.out()::println);
    }
  }
}
