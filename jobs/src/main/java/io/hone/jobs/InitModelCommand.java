package io.hone.jobs;

import io.hone.conf.UserException;
import io.hone.jobs.terminal.Console;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Family;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.checkpoint.RandomCheckpoint;
import io.hone.kernels.checkpoint.RopeScaling;
import io.hone.kernels.checkpoint.TokenizerFiles;
import io.hone.kernels.tokenizer.CharacterTokenizer;
import io.hone.kernels.tokenizer.CopiedTokenizer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hone init-model}: a checkpoint to train from scratch. */
@Command(
    name = "init-model",
    sortOptions = false,
    description = {"Make a randomly initialised Hugging Face checkpoint with a tokenizer.", ""})
final class InitModelCommand implements Runnable {
  /** What transformers initialises matrices with unless told otherwise. */
  private static final double DEVIATION = 0.02;

  private static final float RMS_NORM_EPSILON = 1e-5f;

  /** Newline and the printable characters of ASCII. */
  private static final String PRINTABLE =
      IntStream.concat(IntStream.of('\n'), IntStream.rangeClosed(' ', '~'))
          .mapToObj(Character::toString)
          .collect(Collectors.joining());

  private final Console console;

  @Option(
      names = "--arch",
      paramLabel = "FAMILY",
      required = true,
      description = "Architecture: llama, mistral, qwen2 or qwen3.")
  private Family family;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description = "The new checkpoint directory.")
  private Path output;

  @Option(
      names = "--vocab-size",
      paramLabel = "V",
      description = "Rows of the embedding (default: what the tokenizer needs).")
  private Optional<Integer> vocabSize = Optional.empty();

  @Option(
      names = "--hidden-size",
      paramLabel = "D",
      defaultValue = "64",
      description = "Width of the residual stream (default: ${DEFAULT-VALUE}).")
  private int hiddenSize;

  @Option(
      names = "--intermediate-size",
      paramLabel = "F",
      description = "Width of the feed-forward layers (default: 4 x hidden size).")
  private Optional<Integer> intermediateSize = Optional.empty();

  @Option(
      names = "--layers",
      paramLabel = "L",
      defaultValue = "2",
      description = "Number of decoder layers (default: ${DEFAULT-VALUE}).")
  private int layers;

  @Option(
      names = "--heads",
      paramLabel = "H",
      defaultValue = "4",
      description = "Number of query heads (default: ${DEFAULT-VALUE}).")
  private int heads;

  @Option(
      names = "--kv-heads",
      paramLabel = "K",
      description = "Number of key and value heads (default: as many as query heads).")
  private Optional<Integer> keyValueHeads = Optional.empty();

  @Option(
      names = "--head-size",
      paramLabel = "S",
      description = "Dimensions of a head (default: hidden size / heads).")
  private Optional<Integer> headSize = Optional.empty();

  @Option(
      names = "--max-positions",
      paramLabel = "N",
      defaultValue = "512",
      description = "Longest sequence in tokens (default: ${DEFAULT-VALUE}).")
  private int maxPositions;

  @Option(
      names = "--rope-theta",
      paramLabel = "BASE",
      defaultValue = "10000",
      description = "Base of the rotary embedding (default: ${DEFAULT-VALUE}).")
  private double ropeTheta;

  @Option(names = "--tied", description = "Use the embedding as the output projection.")
  private boolean tied;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the weights (default: ${DEFAULT-VALUE}).")
  private long seed;

  @ArgGroup private TokenizerChoice tokenizer = new TokenizerChoice();

  /** Where the tokenizer comes from: one of the two. */
  private static final class TokenizerChoice {
    @Option(
        names = "--characters",
        paramLabel = "STRING",
        description =
            "Make a tokenizer with a token for each of these characters (default: newline and the printable characters"
                + " of ASCII).")
    private Optional<String> characters = Optional.empty();

    @Option(
        names = "--tokenizer",
        paramLabel = "DIR",
        description = "Copy the tokenizer of this checkpoint directory.")
    private Optional<Path> directory = Optional.empty();

    TokenizerFiles files() {
      return directory.isPresent()
          ? CopiedTokenizer.of(directory.get())
          : CharacterTokenizer.of(characters.orElse(PRINTABLE));
    }
  }

  InitModelCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    TokenizerFiles files = tokenizer.files();
    Architecture architecture = architecture(files.size());
    RandomCheckpoint.write(output, architecture, seed, DEVIATION, files);
    console
        .err()
        .printf(
            "%s: %s, %d parameters, vocabulary of %d%n",
            output, family.modelType(), Layout.of(architecture).size(), architecture.vocabSize());
  }

  private Architecture architecture(int tokens) {
    if (heads < 1) {
      throw new UserException("--heads " + heads + ": is no number of heads (expected 1 or more)");
    }
    return new Architecture(
        family,
        vocabSize.orElse(tokens),
        hiddenSize,
        intermediateSize.orElse(4 * hiddenSize),
        layers,
        heads,
        keyValueHeads.orElse(heads),
        headSize.orElse(hiddenSize / heads),
        maxPositions,
        RMS_NORM_EPSILON,
        new RopeScaling.Default(ropeTheta),
        tied,
        family == Family.QWEN2,
        false,
        family == Family.QWEN3);
  }
}
