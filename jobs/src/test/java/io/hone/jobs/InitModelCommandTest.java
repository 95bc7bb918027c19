package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InitModelCommandTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral", "qwen2", "qwen3"})
  void makesACheckpointOfEveryFamily(String family) {
    Path output = directory.resolve(family);
    CommandRun run =
        CommandRun.of(
            "init-model",
            "--arch",
            family,
            "--vocab-size",
            40,
            "--hidden-size",
            32,
            "--intermediate-size",
            48,
            "--layers",
            3,
            "--heads",
            4,
            "--kv-heads",
            2,
            "--head-size",
            16,
            "--max-positions",
            77,
            "--rope-theta",
            5000,
            "--tied",
            "--seed",
            3,
            "--characters",
            "ab c\u00e9",
            "--output",
            output);
    assertThat(run.status()).as(run.err()).isZero();
    Checkpoint checkpoint = Checkpoint.open(output);
    assertThat(checkpoint.architecture().family().modelType()).isEqualTo(family);
    assertThat(checkpoint.architecture())
        .returns(40, architecture -> architecture.vocabSize())
        .returns(32, architecture -> architecture.hiddenSize())
        .returns(48, architecture -> architecture.intermediateSize())
        .returns(3, architecture -> architecture.layers())
        .returns(4, architecture -> architecture.heads())
        .returns(2, architecture -> architecture.keyValueHeads())
        .returns(16, architecture -> architecture.headSize())
        .returns(77, architecture -> architecture.maxPositions())
        .returns(5000.0, architecture -> architecture.rope().theta())
        .returns(true, architecture -> architecture.tiedEmbeddings());
    assertThat(run.err())
        .isEqualTo(
            "%s: %s, %d parameters, vocabulary of 40%n"
                .formatted(output, family, checkpoint.layout().size()));
    try (Tokenizer tokenizer = Tokenizer.open(output, checkpoint.architecture())) {
      assertThat(tokenizer.decode(tokenizer.encode("a\u00e9 cb"), true)).isEqualTo("a\u00e9 cb");
    }
  }

  @Test
  void theSeedDecidesTheWeights() {
    long first = fingerprint(CommandRun.model(directory.resolve("a"), "--seed", 1));
    assertThat(fingerprint(CommandRun.model(directory.resolve("b"), "--seed", 1))).isEqualTo(first);
    assertThat(fingerprint(CommandRun.model(directory.resolve("c"), "--seed", 2)))
        .isNotEqualTo(first);
  }

  @Test
  void copiesATokenizer() throws IOException {
    Path source = CommandRun.model(directory.resolve("source"), "--characters", "xyz");
    Path copy = CommandRun.model(directory.resolve("copy"), "--tokenizer", source);
    assertThat(copy.resolve("tokenizer.json"))
        .hasSameBinaryContentAs(source.resolve("tokenizer.json"));
    assertThat(Checkpoint.open(copy).architecture().vocabSize())
        .isEqualTo(Checkpoint.open(source).architecture().vocabSize());
  }

  @Test
  void refusesAnOutputThatExists() throws IOException {
    Path output = Files.createDirectory(directory.resolve("taken"));
    CommandRun run = CommandRun.of("init-model", "--arch", "llama", "--output", output);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("hone init-model: " + output + " exists already");
    assertThat(output).isEmptyDirectory();
  }

  @Test
  void refusesATokenizerThatDoesNotFitTheVocabulary() {
    Path output = directory.resolve("small");
    CommandRun run =
        CommandRun.of(
            "init-model",
            "--arch",
            "llama",
            "--vocab-size",
            6,
            "--characters",
            "abc",
            "--output",
            output);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("vocabulary size is 6").contains("at least 7");
    assertThat(output).doesNotExist();
  }

  @Test
  void refusesAFamilyThatIsUnknown() {
    CommandRun run =
        CommandRun.of("init-model", "--arch", "gpt2", "--output", directory.resolve("gpt"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("'gpt2' is unknown (expected llama, mistral, qwen2, qwen3)");
  }

  @Test
  void refusesTwoTokenizers() {
    CommandRun run =
        CommandRun.of(
            "init-model",
            "--arch",
            "llama",
            "--characters",
            "abc",
            "--tokenizer",
            directory,
            "--output",
            directory.resolve("two"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--characters").contains("--tokenizer").contains("exclusive");
  }

  @Test
  void refusesAShapeThatCannotBe() {
    CommandRun run =
        CommandRun.of(
            "init-model",
            "--arch",
            "llama",
            "--heads",
            4,
            "--kv-heads",
            3,
            "--output",
            directory.resolve("odd"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("num_attention_heads is 4");
    assertThat(directory).isEmptyDirectory();
  }

  private static long fingerprint(Path model) {
    return Checkpoint.open(model).weights().fingerprint();
  }
}
