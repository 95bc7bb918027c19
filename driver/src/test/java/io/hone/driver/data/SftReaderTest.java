package io.hone.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.conf.DataConfig;
import io.hone.executor.gradient.TokenSequence;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SftReaderTest {
  private static final int MAXIMUM = 50;
  private static final List<Integer> ENDS = List.of(Texts.END);

  @TempDir Path directory;
  private ModelText model;

  @BeforeEach
  void openModel() throws IOException {
    model = Texts.model(directory.resolve("model"), Texts.TEMPLATE, MAXIMUM);
  }

  @Test
  void theCompletionAndAnEndTokenAreLearned() throws BadRowException {
    TokenSequence example = read(Texts.data(), Map.of("prompt", "1+1=", "completion", "2."));

    assertThat(prompt(example)).isEqualTo(model.tokenizer().encode("1+1="));
    assertThat(completion(example)).isEqualTo(ids("2.", Texts.END));
  }

  @Test
  void theEndIsNotDoubled() throws BadRowException {
    assertThat(
            completion(
                read(Texts.data(), Map.of("prompt", "1+1=", "completion", "2</s> and more"))))
        .isEqualTo(ids("2", Texts.END));
  }

  @Test
  void anyTokenThatStopsAModelEndsItsCompletion() throws BadRowException {
    int bar = ids("|")[0];
    SftReader reader = new SftReader(Texts.data(), model, List.of(Texts.END, bar), MAXIMUM);

    assertThat(completion(reader.read(Map.of("prompt", "a", "completion", "b|c"))))
        .isEqualTo(ids("b", bar));
    assertThat(completion(reader.read(Map.of("prompt", "a|", "completion", "b"))))
        .as("those of the prompt do not count; the first is added")
        .isEqualTo(ids("b", Texts.END));
  }

  @Test
  void withoutAnEndTokenNothingIsAdded() throws BadRowException {
    SftReader reader = new SftReader(Texts.data(), model, List.of(), MAXIMUM);

    assertThat(completion(reader.read(Map.of("prompt", "a", "completion", "b"))))
        .isEqualTo(ids("b"));
  }

  @Test
  void ofAConversationTheLastTurnIsLearned() throws BadRowException {
    TokenSequence example =
        read(
            Texts.data(),
            Map.of(
                "messages",
                List.of(
                    message("user", "a?"),
                    message("assistant", "no"),
                    message("user", "b?"),
                    message("assistant", "yes"))));

    assertThat(prompt(example))
        .isEqualTo(ids("[user]a?</s>[assistant]no</s>[user]b?</s>[assistant]"));
    assertThat(completion(example)).isEqualTo(ids("yes", Texts.END));
  }

  @Test
  void promptAndCompletionCanBecomeAConversation() throws BadRowException {
    TokenSequence example =
        read(
            Texts.data("chat-template: 'on'", "system-prompt: s"),
            Map.of("prompt", "a?", "completion", "b"));

    assertThat(prompt(example)).isEqualTo(ids("[system]s</s>[user]a?</s>[assistant]"));
    assertThat(completion(example)).isEqualTo(ids("b", Texts.END));
  }

  @Test
  void conversationsWithoutAnAnswerAreBadRows() {
    assertThatThrownBy(() -> read(Texts.data(), Map.of("messages", List.of(message("user", "a?")))))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("last message is not the assistant's");
  }

  @Test
  void aTemplateThatRewritesThePromptIsReported() throws IOException {
    ModelText rewriting =
        Texts.model(
            directory.resolve("rewriting"), "{{ messages | length }}{{ messages[0].content }}", 50);

    assertThatThrownBy(
            () ->
                new SftReader(Texts.data(), rewriting, ENDS, MAXIMUM)
                    .read(
                        Map.of(
                            "messages", List.of(message("user", "a"), message("assistant", "b")))))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("renders the conversation differently");
  }

  @Test
  void rowsWithoutACompletionAreBadRows() {
    assertThatThrownBy(() -> read(Texts.data(), Map.of("prompt", "a")))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("has no column completion");
    assertThatThrownBy(() -> read(Texts.data(), Map.of("prompt", "a", "completion", 7)))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("column completion is {\"completion\":7}");
    assertThatThrownBy(() -> read(Texts.data(), Map.of("prompt", "a", "completion", "\ud800")))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("surrogate");
  }

  @Test
  void longExamplesAreCut() throws BadRowException {
    TokenSequence example =
        read(Texts.data(), Map.of("prompt", "abc", "completion", "d".repeat(99)));

    assertThat(example.tokenIds()).hasSize(MAXIMUM).doesNotContain(Texts.END);
    assertThat(example.promptLength()).isEqualTo(4);
    assertThatThrownBy(
            () -> read(Texts.data(), Map.of("prompt", "a".repeat(99), "completion", "b")))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("fits into 50 tokens");
  }

  /** A tokenizer whose tokens span words: where prompt and completion meet is where it counts. */
  @Test
  void promptAndCompletionOfARealTokenizerMakeTheWholeText() throws Exception {
    Path stories = Path.of(System.getProperty("hone.models.dir"), "stories260K");
    assumeTrue(Files.exists(stories), "no models in " + stories.getParent());
    Tokenizer tokenizer = Tokenizer.open(stories, Architecture.read(stories));
    SftReader reader =
        new SftReader(Texts.data(), new ModelText(tokenizer, Optional.empty(), 512), ENDS, 512);

    for (String[] row :
        new String[][] {
          {"Once upon a time", " there was a dog."},
          {"Once upon a ti", "me there was a dog."},
          {"Once upon a time, ", "there was a dog."},
          {"One\n", "\nTwo"},
        }) {
      TokenSequence example = reader.read(Map.of("prompt", row[0], "completion", row[1]));
      int[] text = Arrays.copyOf(example.tokenIds(), example.tokenIds().length - 1);

      assertThat(tokenizer.decode(text, true).strip()).isEqualTo(row[0] + row[1]);
      assertThat(text).isEqualTo(tokenizer.encode(row[0] + row[1]));
      assertThat(example.promptLength())
          .isBetween(2, tokenizer.encode(row[0]).length)
          .isLessThan(text.length);
    }
  }

  private TokenSequence read(DataConfig config, Map<String, Object> row) throws BadRowException {
    return new SftReader(config, model, ENDS, MAXIMUM).read(row);
  }

  private static int[] prompt(TokenSequence example) {
    return Arrays.copyOf(example.tokenIds(), example.promptLength());
  }

  private static int[] completion(TokenSequence example) {
    return Arrays.copyOfRange(
        example.tokenIds(), example.promptLength(), example.tokenIds().length);
  }

  private int[] ids(String text, int... more) {
    int[] ids = model.tokenizer().encodeWithoutSpecialTokens(text);
    int[] all = Arrays.copyOf(ids, ids.length + more.length);
    System.arraycopy(more, 0, all, ids.length, more.length);
    return all;
  }

  private static Map<String, Object> message(String role, String content) {
    return Map.of("role", role, "content", content);
  }
}
