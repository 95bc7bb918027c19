package io.hone.kernels.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.checkpoint.CheckpointWriter;
import io.hone.kernels.checkpoint.Family;
import io.hone.kernels.checkpoint.GenerationConfig;
import io.hone.kernels.checkpoint.RandomCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
  private static final String CHARACTERS = "ab 0123456789+=?\n\t\"\\é日😀\u0301<>/s";

  @TempDir Path directory;

  private static Architecture architecture(int vocabSize) {
    return Architecture.standard(Family.LLAMA, vocabSize, 8, 12, 1, 2, 1, 4, 64, 1e4, true);
  }

  private Tokenizer characters() throws IOException {
    CharacterTokenizer.of(CHARACTERS).writeTo(directory);
    return Tokenizer.open(directory, architecture(40));
  }

  @Test
  void charactersAreTheirOwnTokens() throws IOException {
    try (Tokenizer tokenizer = characters()) {
      assertThat(tokenizer.encode("a b")).containsExactly(1, 4, 6, 5);
      assertThat(tokenizer.encodeWithoutSpecialTokens("a b")).containsExactly(4, 6, 5);
      assertThat(tokenizer.encode("")).containsExactly(1);
      assertThat(tokenizer.encodeWithoutSpecialTokens("")).isEmpty();
      assertThat(tokenizer.encodeWithoutSpecialTokens("a!zb")).containsExactly(4, 3, 3, 5);
      assertThat(tokenizer.encodeWithoutSpecialTokens("</s>a")).containsExactly(2, 4);
      assertThat(tokenizer.size()).isEqualTo(4 + CHARACTERS.codePoints().count());
      assertThat(tokenizer.beginTokenId()).isEqualTo(OptionalInt.of(1));
      assertThat(tokenizer.endTokenId()).isEqualTo(OptionalInt.of(2));
      assertThat(tokenizer.padTokenId()).isEqualTo(OptionalInt.of(0));
    }
  }

  @Test
  void textsOfTheCharactersComeBackExactly() throws IOException {
    int[] codePoints = CHARACTERS.codePoints().toArray();
    SplittableRandom random = new SplittableRandom(3);
    try (Tokenizer tokenizer = characters()) {
      for (int i = 0; i < 500; i++) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(30); length > 0; length--) {
          text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
        }
        int[] ids = tokenizer.encode(text.toString());
        assertThat(tokenizer.decode(ids, true)).isEqualTo(withoutSpecialTokens(text));
        int cut = 1 + random.nextInt(ids.length);
        int[] prompt = java.util.Arrays.copyOf(ids, cut);
        int[] completion = java.util.Arrays.copyOfRange(ids, cut, ids.length);
        assertThat(tokenizer.decode(prompt, true) + tokenizer.decodeCompletion(prompt, completion))
            .isEqualTo(withoutSpecialTokens(text));
      }
    }
  }

  private static String withoutSpecialTokens(CharSequence text) {
    return text.toString().replaceAll("</?s>", "");
  }

  @Test
  void longTextsAreNeitherTruncatedNorPadded() throws IOException {
    try (Tokenizer tokenizer = characters()) {
      assertThat(tokenizer.encodeWithoutSpecialTokens("ab".repeat(5000))).hasSize(10_000);
    }
  }

  @Test
  void truncationAndPaddingOfTheFileAreOff() throws IOException {
    CharacterTokenizer.of(CHARACTERS).writeTo(directory);
    Path file = directory.resolve("tokenizer.json");
    Files.writeString(
        file,
        Files.readString(file)
            .replace(
                "\"truncation\" : null",
                "\"truncation\": {\"direction\": \"Right\", \"max_length\": 3,"
                    + " \"strategy\": \"LongestFirst\", \"stride\": 0}")
            .replace(
                "\"padding\" : null",
                "\"padding\": {\"strategy\": {\"Fixed\": 9}, \"direction\": \"Right\","
                    + " \"pad_to_multiple_of\": null, \"pad_id\": 0, \"pad_type_id\": 0,"
                    + " \"pad_token\": \"<pad>\"}"));
    try (Tokenizer tokenizer = Tokenizer.open(directory, architecture(40))) {
      assertThat(tokenizer.encode("ababa")).containsExactly(1, 4, 5, 4, 5, 4);
      assertThat(tokenizer.encode("a")).containsExactly(1, 4);
    }
  }

  @Test
  void idsOfPaddedVocabulariesHaveNoText() throws IOException {
    try (Tokenizer tokenizer = characters()) {
      assertThat(tokenizer.decode(new int[] {4, 39, 5, 1_000_000}, false)).isEqualTo("ab");
      assertThatThrownBy(() -> tokenizer.decode(new int[] {-1}, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("-1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\ud800", "\udc00a", "a\ud800b", "\udc00\ud800"})
  void refusesTextThatIsNotUnicode(String text) throws IOException {
    try (Tokenizer tokenizer = characters()) {
      assertThatThrownBy(() -> tokenizer.encode(text))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("surrogate");
    }
  }

  @Test
  void refusesTokenizerThatDoesNotFitTheVocabulary() throws IOException {
    CharacterTokenizer.of("abc").writeTo(directory);
    assertThatThrownBy(() -> Tokenizer.open(directory, architecture(6)))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("tokenizer.json", "\"c\" with id 6", "vocab_size is 6");
    Path file = directory.resolve("tokenizer.json");
    Files.writeString(file, Files.readString(file).replaceFirst("\"id\" : 3", "\"id\" : 77"));
    assertThatThrownBy(() -> Tokenizer.open(directory, architecture(77)))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("\"<unk>\" with id 77");
  }

  @Test
  void refusesMissingOrDamagedFile() throws IOException {
    assertRefused("is missing");
    Path file = directory.resolve("tokenizer.json");
    for (String damaged :
        List.of("", "{", "[]", "3", "{}", "{\"model\": {}}", "{\"model\": {\"vocab\": 3}}")) {
      Files.writeString(file, damaged);
      assertRefused("tokenizer.json");
    }
    Files.writeString(
        file, "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": -1}, \"merges\": []}}");
    assertRefused("token \"a\" is -1");
    Files.writeString(
        file, "{\"version\": \"1.0\", \"model\": {\"type\": \"Other\", \"vocab\": {\"a\": 1}}}");
    assertRefused("not a tokenizer");
    Files.writeString(
        file,
        "{\"version\": \"1.0\", \"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 1},"
            + " \"merges\": [\"b c\"]}}");
    assertRefused("not a tokenizer");
  }

  private void assertRefused(String words) {
    assertThatThrownBy(() -> Tokenizer.open(directory, architecture(40)))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(directory.toString(), words);
  }

  @Test
  void refusesBadCharacterSets() {
    assertThatThrownBy(() -> CharacterTokenizer.of(""))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> CharacterTokenizer.of("a\ud800"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("U+D800");
    assertThat(CharacterTokenizer.of("aab").size()).isEqualTo(6);
  }

  @Test
  void newCheckpointsCarryTheirTokenizerAndSoDoCopies() {
    Path first = directory.resolve("first");
    RandomCheckpoint.write(first, architecture(40), 1, 0.02, CharacterTokenizer.of(CHARACTERS));
    Checkpoint checkpoint = Checkpoint.open(first);
    assertThat(checkpoint.generationConfig())
        .isEqualTo(new GenerationConfig(List.of(2), OptionalInt.of(1), OptionalInt.of(0)));
    Path written = directory.resolve("written");
    CheckpointWriter.write(written, checkpoint, checkpoint.weights());
    Path copied = directory.resolve("copied");
    RandomCheckpoint.write(copied, architecture(50), 1, 0.02, CopiedTokenizer.of(written));

    assertThat(Checkpoint.open(copied).generationConfig()).isEqualTo(checkpoint.generationConfig());
    try (Tokenizer tokenizer = Tokenizer.open(copied, architecture(50))) {
      assertThat(tokenizer.encode("a b")).containsExactly(1, 4, 6, 5);
    }
  }

  @Test
  void copyTakesIdsOfSpecialTokensWhereNoGenerationConfigIs() throws IOException {
    CharacterTokenizer.of("abc").writeTo(directory);
    assertThat(CopiedTokenizer.of(directory).generationConfig())
        .isEqualTo(new GenerationConfig(List.of(2), OptionalInt.of(1), OptionalInt.of(0)));
    Files.writeString(directory.resolve("generation_config.json"), "{\"eos_token_id\": [2, 5]}");
    assertThat(CopiedTokenizer.of(directory).generationConfig().endTokenIds())
        .containsExactly(2, 5);
    assertThat(CopiedTokenizer.of(directory).size()).isEqualTo(7);
  }

  @Test
  void severalThreadsMayUseOneTokenizer() throws IOException {
    try (Tokenizer tokenizer = characters()) {
      assertThat(
              IntStream.range(0, 2000)
                  .parallel()
                  .mapToObj(i -> tokenizer.decode(tokenizer.encode(i + "+" + i), true))
                  .toList())
          .isEqualTo(IntStream.range(0, 2000).mapToObj(i -> i + "+" + i).toList());
    }
  }
}
