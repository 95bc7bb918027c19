package io.hone.jobs.digits;

import io.hone.conf.UserException;
import io.hone.executor.seed.Seeds;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Family;
import io.hone.kernels.checkpoint.RandomCheckpoint;
import io.hone.kernels.tokenizer.CharacterTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Digit completion, the task of verl's early end-to-end test: {@code 6,8:9,3} asks for the next 3
 * numbers of the arithmetic sequence 6, 8, ... modulo 9, {@code 1,3,5}. The reward of scorer {@code
 * prefix-match} is dense, so that no supervised fine-tuning is needed; a policy that ends at once
 * earns 0.1, which is right where 0 numbers are asked for.
 *
 * <p>All 900 prompts that differ (first number 0 to 9, second 0 to 8, count 0 to 9), in an order
 * made from the seed; the first 80 % to train on.
 */
public final class DigitTask {
  private static final int MODULUS = 9;
  private static final int FIRST_NUMBERS = 10;
  private static final int COUNTS = 10;
  private static final int TRAINING_PERCENT = 80;

  private static final String CHARACTERS = "0123456789,:";
  private static final int HIDDEN_SIZE = 128;
  private static final int INTERMEDIATE_SIZE = 344;
  private static final int LAYERS = 4;
  private static final int HEADS = 4;
  private static final int CONTEXT = 64;
  // That of a layer in PyTorch's default initialisation; transformers' 0.02 is made for wide
  // models.
  private static final double DEVIATION = 0.05;

  private final long seed;
  private final List<String> rows;

  /**
   * @param seed of the model's weights and of which prompts are held out
   */
  public DigitTask(long seed) {
    this.seed = seed;
    List<String> all = new ArrayList<>();
    for (int first = 0; first < FIRST_NUMBERS; first++) {
      for (int second = 0; second < MODULUS; second++) {
        for (int count = 0; count < COUNTS; count++) {
          all.add(row(first, second, count));
        }
      }
    }
    this.rows = new ArrayList<>();
    for (int index : Seeds.permutation(all.size(), Seeds.dataOrder(seed, 0))) {
      rows.add(all.get(index));
    }
  }

  /** Writes an untrained Llama of 0.8 million parameters that reads and writes characters. */
  public void writeModel(Path directory) {
    CharacterTokenizer tokenizer = CharacterTokenizer.of(CHARACTERS);
    RandomCheckpoint.write(
        directory,
        Architecture.standard(
            Family.LLAMA,
            tokenizer.size(),
            HIDDEN_SIZE,
            INTERMEDIATE_SIZE,
            LAYERS,
            HEADS,
            HEADS,
            HIDDEN_SIZE / HEADS,
            CONTEXT,
            10_000,
            false),
        seed,
        DEVIATION,
        tokenizer);
  }

  /** Writes rows with prompt and right answer to train on. */
  public void writePrompts(Path file) {
    write(file, rows.subList(0, training()));
  }

  /** Writes rows with prompt and right answer that are not trained on. */
  public void writeHeldOut(Path file) {
    write(file, rows.subList(training(), rows.size()));
  }

  private int training() {
    return rows.size() * TRAINING_PERCENT / 100;
  }

  private static String row(int first, int second, int count) {
    return String.format(
        "{\"prompt\": \"%d,%d:%d,%d\", \"answer\": \"%s\"}",
        first, second, MODULUS, count, answer(first, second, count));
  }

  /** The numbers that follow. */
  static String answer(int first, int second, int count) {
    int difference = Math.floorMod(second - first, MODULUS);
    List<String> numbers = new ArrayList<>();
    int last = second;
    for (int i = 0; i < count; i++) {
      last = (last + difference) % MODULUS;
      numbers.add(Integer.toString(last));
    }
    return String.join(",", numbers);
  }

  private static void write(Path file, List<String> rows) {
    try {
      Files.writeString(file, String.join("\n", rows) + "\n");
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
