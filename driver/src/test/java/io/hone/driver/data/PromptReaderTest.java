package io.hone.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.DataConfig;
import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptReaderTest {
  private static final int CONTEXT = 60;

  @TempDir Path directory;
  private ModelText model;

  @BeforeEach
  void openModel() throws IOException {
    model = Texts.model(directory.resolve("model"), Texts.TEMPLATE, CONTEXT);
  }

  @Test
  void readsTheTextOfAColumn() throws BadRowException {
    Prompt prompt = read(Texts.data(), row("prompt", "1 + 1 = ", "answer", 2));

    assertThat(prompt.text()).isEqualTo("1 + 1 = ");
    assertThat(prompt.tokenIds()).isEqualTo(model.tokenizer().encode("1 + 1 = "));
    assertThat(prompt.tokenIds()[0]).as("the tokenizer adds it").isEqualTo(Texts.BEGIN);
    assertThat(prompt.columns()).containsExactlyEntriesOf(row("prompt", "1 + 1 = ", "answer", 2));
    assertThat(prompt.columnsJson()).isEqualTo("{\"prompt\":\"1 + 1 = \",\"answer\":2}");
  }

  @Test
  void fillsATemplateFromColumns() throws BadRowException {
    DataConfig config = Texts.data("prompt-template: 'Q: {question} ({n}) as {{\"a\": 1}}'");

    Prompt prompt = read(config, row("question", "what is {n}?", "n", 7));

    assertThat(prompt.text()).isEqualTo("Q: what is {n}? (7) as {\"a\": 1}");
  }

  @Test
  void namesTheColumnThatATemplateLacks() {
    assertThatThrownBy(
            () -> read(Texts.data("prompt-template: '{question}'"), row("text", "a", "n", 1)))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("has no column question")
        .hasMessageContaining("text, n");
    assertThatThrownBy(
            () -> read(Texts.data("prompt-template: '{question}'"), row("question", List.of("a"))))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("column question is {\"question\":[\"a\"]}");
  }

  @Test
  void messagesGoThroughTheChatTemplate() throws BadRowException {
    Map<String, Object> row =
        row(
            "messages",
            List.of(message("user", "hi"), message("assistant", "yes"), message("user", "so?")));

    Prompt prompt = read(Texts.data(), row);

    assertThat(prompt.text()).isEqualTo("[user]hi</s>[assistant]yes</s>[user]so?</s>[assistant]");
    assertThat(prompt.tokenIds())
        .as("the template brings its special tokens along")
        .isEqualTo(model.tokenizer().encodeWithoutSpecialTokens(prompt.text()))
        .contains(Texts.END)
        .doesNotContain(Texts.BEGIN);
  }

  @Test
  void textBecomesAConversationWhereAskedFor() throws BadRowException {
    assertThat(read(Texts.data("chat-template: 'on'"), row("prompt", "hi")).text())
        .isEqualTo("[user]hi</s>[assistant]");
    assertThat(read(Texts.data("system-prompt: Be brief."), row("prompt", "hi")).text())
        .isEqualTo("[system]Be brief.</s>[user]hi</s>[assistant]");
  }

  @Test
  void conversationsThatCannotBeRenderedAreBadRows() {
    List<Object> bad =
        List.of(
            "hi",
            List.of(),
            List.of("hi"),
            List.of(Map.of("content", "hi")),
            List.of(message("user", 7)));
    for (Object messages : bad) {
      assertThatThrownBy(() -> read(Texts.data(), row("messages", messages)))
          .as(messages.toString())
          .isInstanceOf(BadRowException.class);
    }
    assertThatThrownBy(
            () ->
                read(
                    Texts.data("chat-template: 'off'"),
                    row("messages", List.of(message("user", "hi")))))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("data.chat-template is off");
  }

  @Test
  void aCheckpointWithoutATemplateIsNoFaultOfTheRow() throws IOException {
    ModelText plain = Texts.model(directory.resolve("plain"), null, CONTEXT);

    assertThatThrownBy(
            () ->
                new PromptReader(Texts.data(), plain)
                    .read(row("messages", List.of(message("user", "hi")))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no chat template");
  }

  @Test
  void extractsColumns() throws BadRowException {
    DataConfig config =
        Texts.data("columns:", "  answer:", "    from: solution", "    pattern: '#### (-?[0-9]+)'");

    Prompt prompt = read(config, row("prompt", "p", "solution", "so\n#### 42\n#### 43"));

    assertThat(prompt.columns()).containsEntry("answer", "42");
    assertThat(List.copyOf(prompt.columns().keySet()))
        .containsExactly("prompt", "solution", "answer");
    assertThat(prompt.columnsJson()).endsWith("\"answer\":\"42\"}");
    assertThatThrownBy(() -> read(config, row("prompt", "p", "solution", "no")))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("column solution has no match");
    assertThatThrownBy(() -> read(config, row("prompt", "p", "solution", "#### 1", "answer", "1")))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("has a column answer already");
  }

  @Test
  void patternsThatCannotExtractAreRefused() {
    for (String pattern : List.of("[0-9]+", "([0-9]+", "(a)\\1")) {
      assertThatThrownBy(
              () ->
                  new PromptReader(
                      Texts.data("columns: {answer: {from: text, pattern: '" + pattern + "'}}"),
                      model))
          .as(pattern)
          .isInstanceOf(UserException.class)
          .hasMessageContaining("data.columns.answer.pattern");
    }
  }

  @Test
  void promptsMustFit() throws BadRowException {
    // The begin token counts.
    assertThat(read(Texts.data(), row("prompt", "x".repeat(CONTEXT - 2))).tokenIds())
        .hasSize(CONTEXT - 1);
    assertTooLong(Texts.data(), CONTEXT - 1, "context");
    assertTooLong(Texts.data("max-prompt-tokens: 10"), 10, "data.max-prompt-tokens");
    assertTooLong(Texts.data("max-prompt-tokens: 1000"), CONTEXT - 1, "context");
    assertThat(read(Texts.data("max-prompt-tokens: 10"), row("prompt", "x".repeat(9))).tokenIds())
        .hasSize(10);
  }

  private void assertTooLong(DataConfig config, int characters, String limit) {
    assertThatThrownBy(() -> read(config, row("prompt", "x".repeat(characters))))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("the prompt has " + (characters + 1) + " tokens")
        .hasMessageContaining("at most " + characters)
        .hasMessageContaining(limit);
  }

  @Test
  void textThatIsNotUnicodeIsABadRow() {
    assertThatThrownBy(() -> read(Texts.data(), row("prompt", "a\ud800b")))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("surrogate");
    assertThatThrownBy(() -> read(Texts.data("chat-template: 'on'"), row("prompt", "a\ud800b")))
        .isInstanceOf(BadRowException.class);
  }

  @Test
  void promptsOfOtherTypesAreBadRows() {
    for (Object value : Arrays.asList(null, 7, true, List.of("a"), Map.of("a", 1))) {
      assertThatThrownBy(() -> read(Texts.data(), row("prompt", value)))
          .as("%s", value)
          .isInstanceOf(BadRowException.class)
          .hasMessageContaining("prompt");
    }
  }

  @Test
  void equalContentHasEqualIds() throws BadRowException {
    PromptReader reader = new PromptReader(Texts.data(), model);
    String id = reader.read(row("prompt", "a", "answer", "1")).promptId();

    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(reader.read(row("prompt", "a", "answer", "1")).promptId()).isEqualTo(id);
    assertThat(reader.read(row("answer", "1", "prompt", "a")).promptId())
        .as("the order of columns is no content")
        .isEqualTo(id);
    assertThat(
            new PromptReader(Texts.data("chat-template: 'on'"), model)
                .read(row("prompt", "a", "answer", "1"))
                .promptId())
        .as("neither is what is made of it")
        .isEqualTo(id);
    List<String> others = new ArrayList<>();
    others.add(reader.read(row("prompt", "a", "answer", "2")).promptId());
    others.add(reader.read(row("prompt", "b", "answer", "1")).promptId());
    others.add(reader.read(row("prompt", "a")).promptId());
    others.add(reader.read(row("prompt", "a", "answer", 1)).promptId());
    assertThat(others).doesNotContain(id).doesNotHaveDuplicates();
  }

  @Test
  void idsCanBeAColumn() throws BadRowException {
    PromptReader reader = new PromptReader(Texts.data("id-column: key"), model);

    assertThat(reader.read(row("prompt", "a", "key", "k1")).promptId()).isEqualTo("k1");
    assertThat(reader.read(row("prompt", "b", "key", 2)).promptId()).isEqualTo("2");
    assertThat(reader.read(row("prompt", "a", "key", "k1")).promptId())
        .as("a row that comes twice")
        .isEqualTo("k1");
    assertThatThrownBy(() -> reader.read(row("prompt", "c", "key", "k1")))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("id k1 is that of an earlier row with other content");
    for (Object id : Arrays.asList(null, true, List.of("k"))) {
      assertThatThrownBy(() -> reader.read(row("prompt", "d", "key", id)))
          .isInstanceOf(BadRowException.class)
          .hasMessageContaining("column key, which data.id-column names");
    }
  }

  private Prompt read(DataConfig config, Map<String, Object> row) throws BadRowException {
    return new PromptReader(config, model).read(row);
  }

  private static Map<String, Object> message(String role, Object content) {
    return row("role", role, "content", content);
  }

  private static Map<String, Object> row(Object... namesAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return row;
  }
}
