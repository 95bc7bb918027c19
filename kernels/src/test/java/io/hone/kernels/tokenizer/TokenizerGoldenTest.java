package io.hone.kernels.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hone.kernels.checkpoint.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tokenizer of {@code stories260K}, of the SentencePiece kind. */
class TokenizerGoldenTest {
  private Path directory;

  @BeforeEach
  void findModel() {
    directory =
        Path.of(System.getProperty("hone.models.dir", "../../shared/models"), "stories260K");
    assumeTrue(
        Files.isDirectory(directory), "No " + directory + "; set hone.models.dir to where it is");
  }

  private Tokenizer open() {
    return Tokenizer.open(directory, Architecture.read(directory));
  }

  /** Expected ids: transformers 5.18, {@code tokenizer(prompt)}. */
  @Test
  void idsAreThoseOfTransformers() {
    try (Tokenizer tokenizer = open()) {
      assertThat(tokenizer.encode("")).containsExactly(1);
      assertThat(tokenizer.encode("Once upon a time, there was a little girl named Lily."))
          .containsExactly(
              1, 403, 407, 261, 378, 432, 383, 286, 261, 376, 298, 315, 421, 395, 317, 426);
      assertThat(tokenizer.encode("The big dog")).containsExactly(1, 291, 370, 400, 428);
      assertThat(tokenizer.encodeWithoutSpecialTokens("The big dog"))
          .containsExactly(291, 370, 400, 428);
      assertThat(tokenizer.encode("Tom and Sue went to the park to"))
          .containsExactly(1, 274, 287, 269, 301, 425, 411, 263, 377, 267, 265, 282, 295, 433, 267);
      assertThat(tokenizer.encode("One day, a cat saw a red ball"))
          .containsExactly(1, 385, 328, 432, 261, 280, 294, 394, 261, 352, 266, 268, 388);
      assertThat(tokenizer.encode("\"Hello!\" said the bird."))
          .containsExactly(1, 313, 440, 411, 306, 414, 443, 436, 336, 265, 268, 315, 418, 426);
      assertThat(tokenizer.encode("Mom gave Ben 3 cookies"))
          .containsExactly(1, 392, 287, 298, 412, 360, 368, 302, 410, 472, 280, 347, 433, 417, 406);
      assertThat(tokenizer.encode("  two é😀\n"))
          .containsExactly(1, 410, 410, 259, 424, 414, 410, 485, 243, 162, 155, 131, 13);
    }
  }

  @Test
  void specialTokensComeFromTheConfiguration() {
    try (Tokenizer tokenizer = open()) {
      assertThat(tokenizer.size()).isEqualTo(512);
      assertThat(tokenizer.beginTokenId()).isEqualTo(OptionalInt.of(1));
      assertThat(tokenizer.endTokenId()).isEqualTo(OptionalInt.of(2));
      assertThat(tokenizer.padTokenId()).isEmpty();
      assertThat(tokenizer.decode(new int[] {1, 2}, false)).isEqualTo("<s></s>");
      assertThat(tokenizer.decode(new int[] {1, 2}, true)).isEmpty();
    }
  }

  /** However a text is cut, prompt and completion together are the text. */
  @Test
  void completionsAreExactWhereverTheTextIsCut() throws IOException {
    JsonNode golden = new ObjectMapper().readTree(directory.resolve("golden.json").toFile());
    assertThat(golden).isNotEmpty();
    try (Tokenizer tokenizer = open()) {
      for (JsonNode row : golden) {
        assertExactCompletions(tokenizer, row.get("greedy_text").asText());
      }
      assertExactCompletions(tokenizer, "é😀 日本 ok\n\n  two");
    }
  }

  private static void assertExactCompletions(Tokenizer tokenizer, String text) {
    int[] ids = tokenizer.encode(text);
    assertThat(tokenizer.decode(ids, true)).isEqualTo(text);
    for (int cut = 1; cut <= ids.length; cut++) {
      int[] prompt = Arrays.copyOf(ids, cut);
      int[] completion = Arrays.copyOfRange(ids, cut, ids.length);
      String before = tokenizer.decode(prompt, true);
      String added = tokenizer.decodeCompletion(prompt, completion);
      if (text.startsWith(before)) {
        assertThat(before + added).isEqualTo(text);
      } else { // cut within a character's bytes
        assertThat(text).endsWith(added);
        assertThat(before).contains("\uFFFD");
      }
    }
  }

  @Test
  void completionKeepsItsFirstSpace() {
    try (Tokenizer tokenizer = open()) {
      int[] prompt = tokenizer.encode("The big dog");
      int[] both = tokenizer.encode("The big dog was");
      int[] completion = Arrays.copyOfRange(both, prompt.length, both.length);
      assertThat(tokenizer.decodeCompletion(prompt, completion)).isEqualTo(" was");
      assertThat(tokenizer.decode(completion, true)).isEqualTo("was");
      assertThat(tokenizer.decodeCompletion(new int[] {1}, completion)).isEqualTo("was");
      assertThat(tokenizer.decodeCompletion(prompt, new int[] {2})).isEmpty();
    }
  }
}
