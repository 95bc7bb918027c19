package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hone.kernels.checkpoint.Adapter;
import io.hone.kernels.checkpoint.AdapterDirectory;
import io.hone.kernels.checkpoint.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that train an adapter, and what their checkpoints are good for. */
class LoraTrainingTest {
  @TempDir private Path directory;
  private Path model;

  @BeforeEach
  void makeModel() {
    model = CommandRun.model(directory.resolve("model"), "--layers", 2, "--intermediate-size", 48);
  }

  /** It goes on from one checkpoint and makes another step again, with the masks that it had. */
  @Test
  void aResumedRunHasTheWeightsOfAnUninterruptedOne() throws IOException {
    Path whole = train("whole", grpo("training.steps=4"));
    Path resumed = train("resumed", grpo("training.steps=3"));
    assertThat(adapter(resumed, 2).weights().fingerprint())
        .isNotEqualTo(adapter(whole, 3).weights().fingerprint());
    assertThat(FileUtil.fullyDelete(checkpoint(resumed, 2).toFile())).isTrue();
    train("resumed", grpo("training.steps=4"));
    assertThat(adapter(resumed, 3).weights().fingerprint())
        .isEqualTo(adapter(whole, 3).weights().fingerprint());
    assertThat(manifest(resumed, 3).get("weights_fingerprint"))
        .isEqualTo(manifest(whole, 3).get("weights_fingerprint"));
  }

  @Test
  void onlyTheAdapterIsExchanged() throws IOException {
    List<String> options = grpo("training.steps=1");
    Path lora = train("lora", options);
    long bytes = 4 * adapter(lora, 0).weights().size();
    assertThat(metric(lora, "exchange/weight-bytes")).isEqualTo(2.0 * bytes);
    assertThat(metric(lora, "exchange/gradient-bytes")).isEqualTo(2.0 * 2 * bytes);

    options.removeIf(option -> option.startsWith("lora."));
    Path full = train("full", options);
    long all = 4 * Checkpoint.open(model).layout().size();
    assertThat(metric(full, "exchange/weight-bytes")).isEqualTo(2.0 * all);
    assertThat(metric(full, "exchange/gradient-bytes")).isEqualTo(2.0 * 2 * all);
    assertThat(bytes).isLessThan(all / 4);
  }

  /**
   * At the first update the policy is the reference, dropout or not, because the adapter is new.
   */
  @Test
  void theReferenceIsTheInitialPolicy() throws IOException {
    Path run =
        train("kl", grpo("training.steps=3", "training.mini-batches=1", "loss.kl-coefficient=0.1"));
    assertThat(metric(run, 0, "policy/reference-kl")).isLessThan(1e-9);
    assertThat(metric(run, 2, "policy/reference-kl")).isGreaterThan(1e-6);
    Path again =
        train(
            "again",
            grpo(
                "training.steps=1",
                "training.mini-batches=1",
                "loss.kl-coefficient=0.1",
                "lora.dropout=0",
                "model.adapter=" + checkpoint(run, 2)));
    assertThat(metric(again, 0, "policy/reference-kl")).isLessThan(1e-9);
  }

  @Test
  void fineTunesAndExports() throws IOException {
    Path rows = directory.resolve("rows.jsonl");
    Files.writeString(
        rows,
        "{\"prompt\": \"ab\", \"completion\": \"cd\"}\n{\"prompt\": \"x\", \"completion\": \"yz\"}\n");
    List<String> options =
        List.of(
            "algorithm=sft",
            "model.path=" + model,
            "data.path=" + rows,
            "training.batch-size=2",
            "training.steps=8",
            "optimizer.learning-rate=0.02",
            "lora.rank=4",
            "lora.dropout=0.1");
    Path run = train("sft", options);
    assertThat(metric(run, 7, "loss")).isLessThan(metric(run, 0, "loss") - 0.2);

    Path ids = directory.resolve("ids.jsonl");
    Files.writeString(ids, "{\"id\": 1, \"token_ids\": [5, 6, 7, 8, 9, 10]}\n");
    Path exported = directory.resolve("exported");
    CommandRun export = CommandRun.of("export", run, "--output", exported);
    assertThat(export.status()).as(export.err()).isZero();
    double[] merged = logprobs("merged", exported, ids);
    double[] adapted = logprobs("adapted", model, ids, "--adapter", checkpoint(run, 7));
    double[] base = logprobs("base", model, ids);
    assertThat(merged).containsExactly(adapted);
    assertThat(Math.abs(merged[0] - base[0])).isGreaterThan(1e-3);
    Adapter trained = adapter(run, 7);
    assertThat(trained.settings().rank()).isEqualTo(4);
    assertThat(trained.settings().dropout()).isEqualTo(0.1, within(0.0));
  }

  @Test
  void anAdapterOfAnotherShapeIsRefused() throws IOException {
    Path run = train("first", grpo("training.steps=1"));
    CommandRun refused =
        command(
            "second",
            grpo("training.steps=1", "lora.rank=5", "model.adapter=" + checkpoint(run, 0)));
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .contains("is another adapter than lora describes: lora.rank is 5, the adapter's 4");
    Path truncated = checkpoint(run, 0).resolve("adapter_model.safetensors");
    byte[] bytes = Files.readAllBytes(truncated);
    Files.write(truncated, Arrays.copyOf(bytes, bytes.length / 2));
    CommandRun damaged =
        command("third", grpo("training.steps=1", "model.adapter=" + checkpoint(run, 0)));
    assertThat(damaged.status()).isEqualTo(2);
    assertThat(damaged.err()).contains("adapter_model.safetensors").contains("truncated");
  }

  @Test
  void exportSaysWhatItNeeds() {
    CommandRun full = CommandRun.of("export", model, "--output", directory.resolve("out"));
    assertThat(full.status()).isEqualTo(2);
    assertThat(full.err()).contains("adapter_config.json is missing");
    assertThat(directory.resolve("out")).doesNotExist();
  }

  private List<String> grpo(String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "model.path=" + model,
                "data.prompts=[ab, cde, f, ghij]",
                "rollout.prompts-per-step=4",
                "rollout.group-size=3",
                "rollout.max-new-tokens=6",
                "reward.components=[{name: e, type: count, text: e}]",
                "optimizer.learning-rate=0.01",
                "training.mini-batches=2",
                "lora.rank=4",
                "lora.dropout=0.2"));
    all.addAll(List.of(options));
    return all;
  }

  private CommandRun command(String name, List<String> options) {
    List<Object> arguments = new ArrayList<>(List.of("train", empty()));
    arguments.addAll(options);
    arguments.add("run-dir=" + directory.resolve(name));
    return CommandRun.of(arguments.toArray());
  }

  private Path train(String name, List<String> options) {
    CommandRun run = command(name, options);
    assertThat(run.status()).as(run.err()).isZero();
    return directory.resolve(name);
  }

  private Path empty() {
    try {
      return Files.writeString(directory.resolve("run.yaml"), "{}\n");
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static Path checkpoint(Path run, int step) {
    return run.resolve("checkpoints").resolve("%08d".formatted(step));
  }

  private Adapter adapter(Path run, int step) {
    return AdapterDirectory.read(checkpoint(run, step), Checkpoint.open(model).architecture());
  }

  private static JsonNode manifest(Path run, int step) throws IOException {
    return new ObjectMapper()
        .readTree(run.resolve("commits").resolve("%08d.json".formatted(step)).toFile());
  }

  private static double metric(Path run, String name) throws IOException {
    return metric(run, 0, name);
  }

  private static double metric(Path run, int step, String name) throws IOException {
    return new ObjectMapper()
        .readTree(
            run.resolve("steps").resolve("%08d".formatted(step)).resolve("metrics.json").toFile())
        .at("/" + name.replace("/", "~1"))
        .asDouble(Double.NaN);
  }

  private double[] logprobs(String name, Path checkpoint, Path ids, Object... options)
      throws IOException {
    Path output = directory.resolve(name + ".jsonl");
    List<Object> arguments =
        new ArrayList<>(
            List.of("logprobs", "--model", checkpoint, "--input", ids, "--output", output));
    arguments.addAll(List.of(options));
    CommandRun run = CommandRun.of(arguments.toArray());
    assertThat(run.status()).as(run.err()).isZero();
    List<Double> numbers = new ArrayList<>();
    new ObjectMapper()
        .readTree(Files.readString(output))
        .get("logprobs")
        .forEach(number -> numbers.add(number.asDouble()));
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
