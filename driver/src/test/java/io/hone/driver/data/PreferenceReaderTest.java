package io.hone.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.DataConfig;
import io.hone.conf.PreferenceConfig.Loss;
import io.hone.executor.gradient.LabelledSequence;
import io.hone.executor.gradient.TokenSequence;
import io.hone.kernels.model.Preference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferenceReaderTest {
  @TempDir private Path directory;
  private ModelText model;

  @BeforeEach
  void makeModel() throws IOException {
    model = Texts.model(directory, Texts.TEMPLATE, 64);
  }

  @Test
  void readsPairsOfText() throws Exception {
    PreferenceExample pair =
        read(Loss.DPO, Texts.data(), Map.of("prompt", "1+1=", "chosen", "2", "rejected", "3, no."));
    assertThat(pair.sequences())
        .extracting(LabelledSequence::preference)
        .containsExactly(Preference.CHOSEN, Preference.REJECTED);
    assertThat(prompt(pair, 0)).isEqualTo(model.encode("1+1=")).isEqualTo(prompt(pair, 1));
    assertThat(text(pair, 0)).isEqualTo("2");
    assertThat(text(pair, 1)).isEqualTo("3, no.");
    assertThat(completion(pair, 0)).endsWith(Texts.END);
    assertThat(completion(pair, 1)).endsWith(Texts.END);
    assertThat(pair.chosenTokens()).isEqualTo(2);
  }

  @Test
  void columnsTemplatesAndTheChatTemplateAreThoseOfTheData() throws Exception {
    PreferenceExample pair =
        read(
            Loss.IPO,
            Texts.data(
                "chosen-column: good",
                "rejected-column: bad",
                "prompt-template: 'Q {question}'",
                "chat-template: on",
                "system-prompt: S"),
            Map.of("question", "a", "good", "b", "bad", "c"));
    assertThat(prompt(pair, 1))
        .isEqualTo(model.encodeRendered("[system]S</s>[user]Q a</s>[assistant]"));
    assertThat(text(pair, 0)).isEqualTo("b");
    assertThat(text(pair, 1)).isEqualTo("c");
  }

  /** The prompt as text, as messages in its own column, or as messages in the prompt column. */
  @Test
  void readsMessagesBehindAPrompt() throws Exception {
    List<Object> prompts = List.of(message("user", "a"));
    List<Map<String, Object>> rows =
        List.of(
            row("prompt", "a", answers("b"), answers("c")),
            row("messages", prompts, answers("b"), answers("c")),
            row("prompt", prompts, answers("b"), answers("c")),
            row("messages", prompts, "b", "c"));
    for (Map<String, Object> row : rows) {
      PreferenceExample pair = read(Loss.DPO, Texts.data(), row);
      assertThat(prompt(pair, 0))
          .as("%s", row)
          .isEqualTo(model.encodeRendered("[user]a</s>[assistant]"));
      assertThat(text(pair, 0)).isEqualTo("b");
      assertThat(text(pair, 1)).isEqualTo("c");
      assertThat(completion(pair, 1)).endsWith(Texts.END);
    }
  }

  @Test
  void wholeConversationsBringTheirPrompt() throws Exception {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("chosen", List.of(message("user", "a"), message("assistant", "b")));
    row.put("rejected", List.of(message("user", "a"), message("assistant", "c")));
    PreferenceExample pair = read(Loss.DPO, Texts.data("system-prompt: S"), row);
    assertThat(prompt(pair, 0))
        .isEqualTo(model.encodeRendered("[system]S</s>[user]a</s>[assistant]"));
    assertThat(text(pair, 0)).isEqualTo("b");
    assertThat(text(pair, 1)).isEqualTo("c");
    row.put("rejected", List.of(message("user", "x"), message("assistant", "c")));
    refuses(Loss.DPO, row, "chosen and rejected answer different prompts");
  }

  @Test
  void readsLabelledCompletionsForKto() throws Exception {
    PreferenceExample good =
        read(Loss.KTO, Texts.data(), Map.of("prompt", "a", "completion", "b", "label", true));
    assertThat(good.sequences())
        .extracting(LabelledSequence::preference)
        .containsExactly(Preference.CHOSEN);
    assertThat(text(good, 0)).isEqualTo("b");
    PreferenceExample bad =
        read(
            Loss.KTO,
            Texts.data("label-column: fine"),
            Map.of("prompt", "a", "completion", answers("b"), "fine", false));
    assertThat(bad.sequences())
        .extracting(LabelledSequence::preference)
        .containsExactly(Preference.REJECTED);
    assertThat(bad.chosenTokens()).isZero();
  }

  @Test
  void saysWhatIsWrongWithARow() {
    refuses(Loss.DPO, Map.of("prompt", "a", "chosen", "b"), "has no column rejected");
    refuses(Loss.DPO, Map.of("chosen", "b", "rejected", "c"), "has no column prompt");
    refuses(
        Loss.DPO,
        Map.of("prompt", "a", "chosen", "b", "rejected", 7),
        "column rejected is {\"rejected\":7} (expected text)");
    refuses(
        Loss.DPO,
        Map.of("prompt", "a", "chosen", List.of(message("user", "b")), "rejected", "c"),
        "the last message of column chosen is not the assistant's");
    refuses(
        Loss.DPO,
        Map.of("prompt", "a", "chosen", List.of("b"), "rejected", "c"),
        "column chosen holds a message without a role");
    refuses(
        Loss.DPO,
        Map.of("prompt", "a".repeat(70), "chosen", "b", "rejected", "c"),
        "the completion has no token (expected text that fits into 64 tokens with its prompt)");
    refuses(
        Loss.KTO,
        Map.of("prompt", "a", "completion", "b", "label", "yes"),
        "column label is {\"label\":\"yes\"} (expected true or false)");
    refuses(Loss.KTO, Map.of("prompt", "a", "chosen", "b", "rejected", "c"), "no column label");
    assertThatThrownBy(
            () ->
                read(
                    Loss.DPO,
                    Texts.data("chat-template: off"),
                    row("prompt", "a", answers("b"), answers("c"))))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("has messages in chosen, but data.chat-template is off");
  }

  private void refuses(Loss loss, Map<String, Object> row, String message) {
    assertThatThrownBy(() -> read(loss, Texts.data(), row))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining(message);
  }

  private static Map<String, Object> row(
      String promptColumn, Object prompt, Object chosen, Object rejected) {
    return Map.of(promptColumn, prompt, "chosen", chosen, "rejected", rejected);
  }

  private static List<Object> answers(String content) {
    return List.of(message("assistant", content));
  }

  private static Map<String, Object> message(String role, String content) {
    return Map.of("role", role, "content", content);
  }

  private PreferenceExample read(Loss loss, DataConfig config, Map<String, Object> row)
      throws BadRowException {
    return new PreferenceReader(config, loss, model, List.of(Texts.END), 64).read(row);
  }

  private static int[] prompt(PreferenceExample example, int index) {
    TokenSequence sequence = example.sequences().get(index).sequence();
    return Arrays.copyOf(sequence.tokenIds(), sequence.promptLength());
  }

  private static int[] completion(PreferenceExample example, int index) {
    TokenSequence sequence = example.sequences().get(index).sequence();
    return Arrays.copyOfRange(
        sequence.tokenIds(), sequence.promptLength(), sequence.tokenIds().length);
  }

  private String text(PreferenceExample example, int index) {
    int[] completion = completion(example, index);
    return model
        .tokenizer()
        .decodeCompletion(prompt(example, index), Arrays.copyOf(completion, completion.length - 1));
  }
}
