package io.hone.jobs.quickstart;

import io.hone.conf.UserException;
import io.hone.executor.seed.Seeds;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Family;
import io.hone.kernels.checkpoint.RandomCheckpoint;
import io.hone.kernels.checkpoint.RopeScaling;
import io.hone.kernels.tokenizer.CharacterTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reversing four digits: {@code 4827=} is to be completed by {@code <answer>7284</answer>}. Small
 * enough to learn in a minute, and the policy meets its held-out prompts nowhere in training.
 */
public final class ReversalTask {
  private static final String CHARACTERS = "0123456789=<>/answer";
  private static final int HIDDEN_SIZE = 64;
  private static final int LAYERS = 2;
  private static final int HEADS = 4;
  private static final int CONTEXT = 64;
  // Wider than transformers' 0.02, which is made for large models: narrow ones learn slowly from
  // it.
  private static final double DEVIATION = 0.1;

  private static final int NUMBERS = 10_000;
  private static final int WARM_START_ROWS = 6_000;
  private static final int PROMPTS = 3_000;
  // The careless teacher is right once in so many rows.
  private static final int RIGHT_EVERY = 5;

  private final long seed;
  private final int[] numbers;

  /**
   * @param seed of the model's weights and of which numbers are for what
   */
  public ReversalTask(long seed) {
    this.seed = seed;
    this.numbers = Seeds.permutation(NUMBERS, Seeds.dataOrder(seed, 0));
  }

  /** Writes an untrained model of 86,000 parameters that reads and writes characters. */
  public void writeModel(Path directory) {
    CharacterTokenizer tokenizer = CharacterTokenizer.of(CHARACTERS);
    RandomCheckpoint.write(
        directory,
        new Architecture(
            Family.LLAMA,
            tokenizer.size(),
            HIDDEN_SIZE,
            2 * HIDDEN_SIZE,
            LAYERS,
            HEADS,
            HEADS,
            HIDDEN_SIZE / HEADS,
            CONTEXT,
            1e-5f,
            new RopeScaling.Default(10_000),
            true,
            false,
            false,
            false),
        seed,
        DEVIATION,
        tokenizer);
  }

  /**
   * Rows with prompt and completion, one in five of them right; the others only copy the digits.
   */
  public void writeWarmStart(Path file) {
    write(
        file,
        0,
        WARM_START_ROWS,
        row -> {
          String digits = digits(row);
          String completion = row % RIGHT_EVERY == 0 ? reversed(digits) : digits;
          return String.format(
              "{\"prompt\": \"%s=\", \"completion\": \"<answer>%s</answer>\"}", digits, completion);
        });
  }

  /** Rows with prompt and right answer, to train on. */
  public void writePrompts(Path file) {
    write(file, WARM_START_ROWS, WARM_START_ROWS + PROMPTS, this::prompt);
  }

  /** Rows with prompt and right answer that neither the warm start nor the training has. */
  public void writeHeldOut(Path file) {
    write(file, WARM_START_ROWS + PROMPTS, NUMBERS, this::prompt);
  }

  private String prompt(int row) {
    String digits = digits(row);
    return String.format("{\"prompt\": \"%s=\", \"answer\": \"%s\"}", digits, reversed(digits));
  }

  private String digits(int row) {
    return String.format(Locale.ROOT, "%04d", numbers[row]);
  }

  private static String reversed(String digits) {
    return new StringBuilder(digits).reverse().toString();
  }

  private static void write(Path file, int from, int to, IntFunction<String> row) {
    try {
      Files.writeString(
          file,
          IntStream.range(from, to).mapToObj(row).collect(Collectors.joining("\n", "", "\n")));
    } catch (IOException failure) {
      throw new UserException(
          file
              + ": cannot be written ("
              + failure
              + "); expected a directory that is writable and has room",
          failure);
    }
  }
}
