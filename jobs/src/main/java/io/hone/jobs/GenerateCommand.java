package io.hone.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.ConfigLoader;
import io.hone.conf.DataConfig;
import io.hone.conf.UserException;
import io.hone.driver.data.JsonLines;
import io.hone.driver.data.ModelText;
import io.hone.driver.data.Prompt;
import io.hone.driver.data.PromptReader;
import io.hone.executor.batch.GenerateSettings;
import io.hone.executor.batch.GenerateTask;
import io.hone.executor.batch.RowSlice;
import io.hone.executor.model.TokenizerFiles;
import io.hone.executor.rollout.SampledText;
import io.hone.jobs.output.OutputFile;
import io.hone.jobs.spark.SparkRuntime;
import io.hone.jobs.terminal.Console;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.model.SamplingSettings;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hone generate}: completions of a file's prompts. */
@Command(
    name = "generate",
    sortOptions = false,
    description = {
      "Complete the prompts of a file.",
      "",
      "Reads JSON lines with a text {\"prompt\"} or chat {\"messages\"}; writes a line for each completion with prompt,"
          + " completion, token_ids, logprobs (of the policy at the sampling temperature) and finish_reason (stop or"
          + " length). The completion of a row depends on the seed, its place in the file and its sample, not on the"
          + " cluster.",
      ""
    })
final class GenerateCommand implements Runnable {
  private final Console console;

  @Mixin private ModelOptions model;

  @Option(
      names = "--prompts",
      required = true,
      paramLabel = "FILE.jsonl",
      description = "Rows to complete.")
  private String prompts;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE.jsonl",
      description = "New file for the completions.")
  private String output;

  @Option(
      names = "--max-new-tokens",
      paramLabel = "N",
      defaultValue = "128",
      description = "Greatest length of a completion (default: ${DEFAULT-VALUE}).")
  private int maxNewTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "1.0",
      description =
          "Divisor of the logits; 0 takes the likeliest token (default: ${DEFAULT-VALUE}).")
  private float temperature;

  @Option(
      names = "--top-k",
      paramLabel = "K",
      defaultValue = "0",
      description =
          "Number of likeliest tokens to sample from; 0 = all (default: ${DEFAULT-VALUE}).")
  private int topK;

  @Option(
      names = "--top-p",
      paramLabel = "P",
      defaultValue = "1.0",
      description =
          "Probability mass of the likeliest tokens to sample from; 1 = all (default: ${DEFAULT-VALUE}).")
  private float topP;

  @Option(
      names = "--min-p",
      paramLabel = "P",
      defaultValue = "0.0",
      description =
          "Least probability, relative to the likeliest token's, to sample a token; 0 = any (default:"
              + " ${DEFAULT-VALUE}).")
  private float minP;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "R",
      defaultValue = "1.0",
      description =
          "Divisor of positive logits, factor of negative ones, of tokens already seen; 1 = off (default:"
              + " ${DEFAULT-VALUE}).")
  private float repetitionPenalty;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "Text that ends a completion and is cut off; may be given several times.")
  private List<String> stopStrings = List.of();

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of the sampling (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--samples",
      paramLabel = "G",
      defaultValue = "1",
      description = "Completions of each prompt (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "32",
      description = "Sequences decoded together in a task (default: ${DEFAULT-VALUE}).")
  private int batch;

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    validate();
    Configuration conf = HadoopSettings.read();
    try (OutputFile file = OutputFile.create(output, conf)) {
      Checkpoint checkpoint = model.open();
      List<Prompt> rows = read(checkpoint, conf);
      try (SparkRuntime spark = SparkRuntime.start("generate")) {
        generate(spark.context(), checkpoint, rows, file);
      }
      file.publish();
    }
  }

  private List<Prompt> read(Checkpoint checkpoint, Configuration conf) {
    ModelText text = ModelText.of(checkpoint);
    DataConfig defaults =
        ConfigLoader.parse(DataConfig.class, "generate", "path: rows.jsonl", List.of()).config();
    return JsonLines.strict(prompts).read(conf, new PromptReader(defaults, text)).items();
  }

  private void generate(
      JavaSparkContext spark, Checkpoint checkpoint, List<Prompt> rows, OutputFile file) {
    GenerateTask task =
        new GenerateTask(
            new GenerateSettings(sampling(checkpoint), stopStrings, seed, samples),
            spark.broadcast(TokenizerFiles.read(model.directory())),
            spark.broadcast(model.weights(checkpoint)));
    int unit = Math.max(1, batch / samples);
    BatchRun.run(
        console,
        spark,
        "row",
        RowSlice.cut(rows.stream().map(Prompt::tokenIds).toList(), unit),
        task::run,
        (slice, completions) -> write(slice, completions, rows, file));
  }

  private long write(
      RowSlice<int[]> slice, List<SampledText> completions, List<Prompt> rows, OutputFile file) {
    long tokens = 0;
    for (int i = 0; i < completions.size(); i++) {
      Prompt prompt = rows.get(Math.toIntExact(slice.firstRow() + i / samples));
      file.writeLine(JsonRows.line(row(prompt, completions.get(i))));
      tokens += completions.get(i).completion().tokenIds().length;
    }
    return tokens;
  }

  /** What was generated, then the other columns of the row, so that the file can be scored. */
  private static ObjectNode row(Prompt prompt, SampledText sampled) {
    ObjectNode row = JsonRows.newRow();
    row.put("prompt", prompt.text());
    row.put("completion", sampled.text());
    row.set("token_ids", JsonRows.array(sampled.completion().tokenIds()));
    row.set("logprobs", JsonRows.array(sampled.completion().logprobs()));
    row.put("finish_reason", sampled.completion().finishReason().name().toLowerCase(Locale.ROOT));
    prompt
        .columns()
        .forEach(
            (name, value) -> {
              if (!row.has(name)) {
                row.set(name, JsonRows.value(value));
              }
            });
    return row;
  }

  private SamplingSettings sampling(Checkpoint checkpoint) {
    int[] stopIds =
        checkpoint.generationConfig().endTokenIds().stream().mapToInt(Integer::intValue).toArray();
    return new SamplingSettings(
        temperature, topK, topP, minP, repetitionPenalty, maxNewTokens, stopIds, batch);
  }

  private void validate() {
    require(maxNewTokens >= 1, "--max-new-tokens", maxNewTokens, "1 or more");
    require(
        temperature >= 0 && Float.isFinite(temperature),
        "--temperature",
        temperature,
        "0 or more; 0 takes the likeliest token");
    require(topK >= 0, "--top-k", topK, "0 or more; 0 keeps all tokens");
    require(topP > 0 && topP <= 1, "--top-p", topP, "more than 0, at most 1");
    require(minP >= 0 && minP <= 1, "--min-p", minP, "0 to 1");
    require(
        repetitionPenalty > 0 && Float.isFinite(repetitionPenalty),
        "--repetition-penalty",
        repetitionPenalty,
        "more than 0; 1 is off");
    require(!stopStrings.contains(""), "--stop", "''", "at least one character");
    require(samples >= 1, "--samples", samples, "1 or more");
    require(batch >= 1, "--batch", batch, "1 or more");
  }

  private static void require(boolean holds, String option, Object value, String expected) {
    if (!holds) {
      throw new UserException(
          option + " " + value + ": is out of range (expected " + expected + ")");
    }
  }
}
