package io.hone.driver.train;

import io.hone.conf.CheckpointConfig;
import io.hone.conf.UserException;
import io.hone.driver.exchange.Exchange;
import io.hone.driver.exchange.OptimizerState;
import io.hone.executor.model.PolicyVersion;
import io.hone.kernels.checkpoint.AtomicDirectory;
import io.hone.kernels.checkpoint.DataType;
import io.hone.kernels.checkpoint.FlatSequence;
import io.hone.kernels.checkpoint.SafetensorsFile;
import io.hone.kernels.checkpoint.SafetensorsWriter;
import io.hone.kernels.checkpoint.TensorSlice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checkpoints of a run: a directory that other programs load, a whole model or an adapter, with the
 * state of the training beside it in {@value #STATE_FILE}.
 */
final class TrainingCheckpoints {
  /** Moments, exact weights and counters. */
  static final String STATE_FILE = "training.safetensors";

  /** Directory of a critic, in that of its policy. */
  static final String CRITIC = "critic";

  private static final String FIRST_MOMENT = "first_moment";
  private static final String SECOND_MOMENT = "second_moment";
  private static final String WEIGHTS = "weights";

  private final TrainedWeights trained;
  private final Optional<DataType> type;

  /**
   * @param trained what the run trains
   */
  TrainingCheckpoints(TrainedWeights trained, CheckpointConfig config) {
    this.trained = trained;
    this.type = DataType.of(config.dtype());
  }

  /**
   * Where a run goes on.
   *
   * @param step the last step in it
   * @param policyVersion version of the weights
   * @param weights exact, whatever type the checkpoint stores
   * @param optimizer state of the optimiser
   * @param skippedUpdates updates skipped so far for numbers that are not finite
   */
  record State(
      int step,
      long policyVersion,
      FlatSequence weights,
      OptimizerState optimizer,
      int skippedUpdates) {}

  /**
   * Writes a new directory, complete or not at all. Weights and moments go through memory a piece
   * at a time.
   *
   * @param critic of its own, written below the policy
   */
  void write(
      Path target, Exchange exchange, Optional<Critic> critic, int step, int skippedUpdates) {
    AtomicDirectory.create(
        target,
        directory -> {
          writeInto(directory, exchange, step, skippedUpdates);
          if (critic.isPresent()) {
            Path below = Files.createDirectory(directory.resolve(CRITIC));
            Critic own = critic.get();
            own.checkpoints().writeInto(below, own.exchange(), step, skippedUpdates);
          }
        });
  }

  private void writeInto(Path directory, Exchange exchange, int step, int skippedUpdates)
      throws IOException {
    PolicyVersion policy = exchange.policy();
    OptimizerState optimizer = exchange.optimizerState();
    trained.writeInto(directory, policy.weights(), type);
    List<TensorSlice> tensors = new ArrayList<>();
    tensors.add(TensorSlice.flat(FIRST_MOMENT, optimizer.firstMoment()));
    tensors.add(TensorSlice.flat(SECOND_MOMENT, optimizer.secondMoment()));
    if (!trained.storesExactly(type)) {
      tensors.add(TensorSlice.flat(WEIGHTS, policy.weights()));
    }
    SafetensorsWriter.write(
        directory.resolve(STATE_FILE),
        tensors,
        Map.of(
            "step", Integer.toString(step),
            "policy-version", Long.toString(policy.version()),
            "updates", Long.toString(optimizer.updates()),
            "skipped-updates", Integer.toString(skippedUpdates),
            "weights-fingerprint", fingerprint(policy.weights())));
  }

  /**
   * Reads a directory that {@link #write} wrote.
   *
   * @throws UserException if it is damaged: its weights are not those that it says
   */
  State read(Path directory) {
    SafetensorsFile file = SafetensorsFile.open(directory.resolve(STATE_FILE));
    FlatSequence weights =
        file.tensors().containsKey(WEIGHTS) ? file.sequence(WEIGHTS) : trained.read(directory);
    String expected = file.metadata().get("weights-fingerprint");
    if (!fingerprint(weights).equals(expected)) {
      throw new UserException(
          directory
              + ": its weights have fingerprint "
              + fingerprint(weights)
              + ", but "
              + STATE_FILE
              + " says "
              + expected
              + " (expected files of one checkpoint; delete the directory to go on from the one before)");
    }
    return new State(
        (int) number(file, "step"),
        number(file, "policy-version"),
        weights,
        new OptimizerState(
            file.sequence(FIRST_MOMENT), file.sequence(SECOND_MOMENT), number(file, "updates")),
        (int) number(file, "skipped-updates"));
  }

  private static String fingerprint(FlatSequence weights) {
    return String.format("%016x", weights.fingerprint());
  }

  private static long number(SafetensorsFile file, String key) {
    String value = file.metadata().get(key);
    if (value == null || !value.matches("\\d{1,18}")) {
      throw new UserException(
          file.path()
              + ": metadata "
              + key
              + " is "
              + value
              + " (expected a number, as Hone writes it)");
    }
    return Long.parseLong(value);
  }
}
