package io.hone.driver.train;

import io.hone.conf.CheckpointConfig;
import io.hone.conf.UserException;
import io.hone.driver.exchange.Exchange;
import io.hone.executor.model.PolicyVersion;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.AtomicDirectory;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.checkpoint.CheckpointWriter;
import io.hone.kernels.checkpoint.DataType;
import io.hone.kernels.checkpoint.FlatWeights;
import io.hone.kernels.checkpoint.Head;
import io.hone.kernels.checkpoint.HeadChange;
import io.hone.kernels.checkpoint.SafetensorsFile;
import io.hone.kernels.checkpoint.SafetensorsWriter;
import io.hone.kernels.checkpoint.TensorSlice;
import io.hone.kernels.model.AdamWState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checkpoints of a run: a Hugging Face directory that other programs load, with the state of the
 * training beside it in {@value #STATE_FILE}.
 */
final class TrainingCheckpoints {
  /** Moments, exact weights and counters. */
  static final String STATE_FILE = "training.safetensors";

  /** Directory of a critic, in that of its policy. */
  static final String CRITIC = "critic";

  private static final String FIRST_MOMENT = "first_moment";
  private static final String SECOND_MOMENT = "second_moment";
  private static final String WEIGHTS = "weights";

  private final Checkpoint source;
  private final Optional<DataType> type;
  private final Optional<Critic> critic;

  /**
   * @param source the checkpoint that the model began with, whose configuration and tokenizer are
   *     kept
   * @param critic a critic of its own, kept in {@value #CRITIC} below the policy
   */
  TrainingCheckpoints(Checkpoint source, CheckpointConfig config, Optional<Critic> critic) {
    this.source = source;
    this.critic = critic;
    this.type =
        switch (config.dtype()) {
          case SOURCE -> Optional.empty();
          case FLOAT32 -> Optional.of(DataType.FLOAT32);
          case BFLOAT16 -> Optional.of(DataType.BFLOAT16);
          case FLOAT16 -> Optional.of(DataType.FLOAT16);
        };
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
      FlatWeights weights,
      AdamWState optimizer,
      int skippedUpdates) {}

  /** Writes a new directory, complete or not at all. */
  void write(Path target, Exchange exchange, int step, int skippedUpdates) {
    AtomicDirectory.create(
        target,
        directory -> {
          writeInto(directory, exchange, step, skippedUpdates);
          if (critic.isPresent()) {
            Path beside = Files.createDirectory(directory.resolve(CRITIC));
            critic
                .get()
                .checkpoints()
                .writeInto(beside, critic.get().exchange(), step, skippedUpdates);
          }
        });
  }

  private void writeInto(Path directory, Exchange exchange, int step, int skippedUpdates)
      throws IOException {
    PolicyVersion policy = exchange.policy();
    AdamWState optimizer = exchange.optimizerState();
    writeModels(directory, policy);
    List<TensorSlice> tensors = new ArrayList<>();
    tensors.add(TensorSlice.flat(FIRST_MOMENT, optimizer.firstMoment()));
    tensors.add(TensorSlice.flat(SECOND_MOMENT, optimizer.secondMoment()));
    if (policy.architecture().head() == Head.LANGUAGE_AND_VALUE || !storesExactWeights()) {
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

  /** A model with two heads is two checkpoints: transformers has no class for it. */
  private void writeModels(Path directory, PolicyVersion policy) throws IOException {
    if (policy.architecture().head() == Head.LANGUAGE_AND_VALUE) {
      writeModel(directory, policy, Head.LANGUAGE);
      writeModel(Files.createDirectory(directory.resolve(CRITIC)), policy, Head.VALUE);
    } else {
      writeModel(directory, policy, policy.architecture().head());
    }
  }

  private void writeModel(Path directory, PolicyVersion policy, Head head) throws IOException {
    Architecture architecture = policy.architecture().withHead(head);
    FlatWeights weights = HeadChange.of(policy.architecture(), policy.weights(), architecture, 0);
    CheckpointWriter.writeInto(directory, source, architecture, weights, type);
  }

  /**
   * Reads a directory that {@link #write} wrote.
   *
   * @throws UserException if it is damaged: its weights are not those that it says
   */
  static State read(Path directory) {
    SafetensorsFile file = SafetensorsFile.open(directory.resolve(STATE_FILE));
    FlatWeights weights =
        file.tensors().containsKey(WEIGHTS)
            ? file.read(WEIGHTS)
            : Checkpoint.openAny(directory).weights();
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
        new AdamWState(file.read(FIRST_MOMENT), file.read(SECOND_MOMENT), number(file, "updates")),
        (int) number(file, "skipped-updates"));
  }

  private boolean storesExactWeights() {
    return type.map(wanted -> wanted == DataType.FLOAT32)
        .orElseGet(
            () -> source.dtypes().values().stream().allMatch(stored -> stored == DataType.FLOAT32));
  }

  private static String fingerprint(FlatWeights weights) {
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
