package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That benchmarks run, and that their parts add up; never how fast. */
class BenchCommandTest {
  @TempDir private static Path directory;

  private static Path model;

  @BeforeAll
  static void makeModel() {
    model = CommandRun.model(directory.resolve("model"));
  }

  @Test
  void trainMeasuresUpdatesAndTheirMedian() throws Exception {
    List<JsonNode> lines =
        run("train", "--model", model, "--batch", 3, "--tokens", 9, "--warm-up", 0, "--recompute");

    assertThat(lines).hasSize(4);
    for (JsonNode line : lines.subList(0, 3)) {
      double parts =
          line.get("gradient").asDouble()
              + line.get("update").asDouble()
              + line.get("spark_overhead").asDouble();
      assertThat(parts).isCloseTo(line.get("seconds").asDouble(), offset(1e-9));
      assertThat(line.get("spark_overhead").asDouble())
          .isGreaterThan(line.get("publish").asDouble());
    }
    double[] seconds =
        lines.subList(0, 3).stream()
            .mapToDouble(line -> line.get("seconds").asDouble())
            .sorted()
            .toArray();
    JsonNode summary = lines.get(3);
    assertThat(summary.get("seconds").asDouble()).isEqualTo(seconds[1]);
    assertThat(summary.get("tokens_per_s").asDouble()).isCloseTo(27 / seconds[1], offset(1e-6));
    assertThat(summary.get("recompute").asBoolean()).isTrue();
  }

  @Test
  void generateCountsNewTokens() throws Exception {
    List<JsonNode> lines =
        run(
            "generate",
            "--model",
            model,
            "--batch",
            3,
            "--prompt-tokens",
            2,
            "--new-tokens",
            5,
            "--repeats",
            1,
            "--warm-up",
            0);

    assertThat(lines).hasSize(2);
    assertThat(lines.get(1).get("tokens_per_s").asDouble())
        .isCloseTo(15 / lines.get(1).get("seconds").asDouble(), offset(1e-6));
  }

  @Test
  void generateRefusesCompletionsThatTheContextCannotHold() {
    CommandRun run =
        CommandRun.of(
            "bench", "generate", "--model", model, "--prompt-tokens", 64, "--new-tokens", 1);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--prompt-tokens 64 and --new-tokens 1").contains("of 64");
  }

  @Test
  void grpoTellsOfEveryStep() throws Exception {
    List<JsonNode> lines = run("grpo", "--task", "dog", "--model", model, "--steps", 2);

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).get("step").asInt()).isEqualTo(1);
    for (JsonNode line : lines.subList(0, 2)) {
      double parts = 0;
      for (String part : List.of("rollout", "score", "gradient", "update", "spark_overhead")) {
        assertThat(line.get(part).asDouble()).as(part).isNotNegative();
        parts += line.get(part).asDouble();
      }
      assertThat(parts).isCloseTo(line.get("seconds").asDouble(), offset(1e-9));
    }
    assertThat(lines.get(2).get("task").asText()).isEqualTo("dog");
    assertThat(lines.get(2).has("median_step_seconds"))
        .as("no step is behind the warm-up")
        .isFalse();
    assertThat(lines.get(2).get("first_step_at_0.95").isNull()).isTrue();
  }

  @Test
  void scoreCountsRows() throws Exception {
    Path reward = directory.resolve("reward.yaml");
    Files.writeString(reward, "components: [{name: answer, type: number-match}]\n");
    Path rows = directory.resolve("rows.jsonl");
    Files.writeString(
        rows,
        """
        {"prompt": "2 + 2", "completion": "4", "answer": 4}
        {"prompt": "2 + 3", "completion": "6", "answer": "none"}
        """);

    List<JsonNode> lines = run("score", "--reward", reward, "--input", rows, "--repeats", 3);

    assertThat(lines).hasSize(4);
    assertThat(lines.get(3).get("rows").asInt()).isEqualTo(2);
    assertThat(lines.get(3).get("valid").asInt()).isEqualTo(1);
    assertThat(lines.get(3).get("rows_per_s").asDouble())
        .isCloseTo(2 / lines.get(3).get("seconds").asDouble(), offset(1e-3));
  }

  @Test
  void digitsTellsOfEveryEvaluation() throws Exception {
    for (String algorithm : List.of("ppo", "grpo")) {
      List<JsonNode> lines =
          run(
              "digits",
              "--algorithm",
              algorithm,
              "training.steps=2",
              "rollout.prompts-per-step=4",
              "training.mini-batches=1",
              "eval.every=1",
              "eval.limit=2");

      assertThat(lines).hasSize(3);
      assertThat(lines.get(1).get("step").asInt()).isEqualTo(2);
      assertThat(lines.get(1).get("held_out_reward").asDouble()).isBetween(0.0, 1.0);
      assertThat(lines.get(1).get("cpu_seconds").asDouble())
          .isGreaterThan(lines.get(0).get("cpu_seconds").asDouble());
      assertThat(lines.get(2).get("algorithm").asText()).isEqualTo(algorithm);
      assertThat(lines.get(2).has("first_at_0.8")).isTrue();
    }
  }

  /**
   * What is measured is what the shapes say must be there, and little more: so both the measure and
   * the count, on which it depends when activations are recomputed, are right. The backward pass of
   * a layer has gradients of its activations too; where all layers are kept, these take the place
   * of what was needed no more.
   */
  @Test
  void memoryRisesByWhatTheShapesSay() throws Exception {
    assumeTrue(
        Files.exists(Path.of("/proc/self/clear_refs")), "no /proc/self/clear_refs on this system");
    Path larger = directory.resolve("larger");
    CommandRun.of(
        "init-model",
        "--arch",
        "qwen3",
        "--hidden-size",
        128,
        "--kv-heads",
        2,
        "--layers",
        4,
        "--output",
        larger);
    Path plot = directory.resolve("memory.svg");

    List<JsonNode> lines =
        run("memory", "--model", larger, "--batch", "4,16", "--tokens", 256, "--plot", plot);

    assertThat(lines).hasSize(4);
    for (JsonNode line : lines) {
      long least = line.get("least_bytes").asLong();
      long more = line.get("recompute").asBoolean() ? least / 3 : least / 8;
      assertThat(line.get("peak_bytes").asLong())
          .as(line.toString())
          .isBetween(least, least + more + (6 << 20));
    }
    assertThat(lines.get(1).get("least_bytes").asLong())
        .isGreaterThan(2 * lines.get(3).get("least_bytes").asLong());
    assertThat(lines.get(3).get("recompute").asBoolean()).isTrue();
    assertThat(Files.readString(plot)).startsWith("<svg").contains("batch of 16");
  }

  @Test
  void memoryTellsWhatCannotBeMeasured() {
    CommandRun tooLong = CommandRun.of("bench", "memory", "--model", model, "--tokens", "8,65");
    assertThat(tooLong.status()).isEqualTo(2);
    assertThat(tooLong.err()).contains("--tokens 65").contains("of 64");

    // More token ids than the heap of the process that measures can hold.
    CommandRun tooMuch =
        CommandRun.of(
            "bench",
            "memory",
            "--model",
            model,
            "--tokens",
            64,
            "--batch",
            4_000_000,
            "--no-recompute");
    assertThat(tooMuch.status()).isEqualTo(2);
    assertThat(tooMuch.err()).contains("a batch of 4000000 with 64 tokens").contains("memory");
  }

  private static org.assertj.core.data.Offset<Double> offset(double value) {
    return org.assertj.core.data.Offset.offset(value);
  }

  private static List<JsonNode> run(Object... arguments) throws Exception {
    List<Object> all = new ArrayList<>(List.of("bench"));
    all.addAll(List.of(arguments));
    CommandRun run = CommandRun.of(all.toArray());
    assertThat(run.status()).as(run.err()).isZero();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }
}
