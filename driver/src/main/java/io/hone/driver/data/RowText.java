package io.hone.driver.data;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.hone.conf.DataConfig;
import io.hone.conf.DataConfig.ChatTemplate;
import io.hone.conf.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the {@code data} section of a configuration takes out of rows: extracted columns, prompts,
 * messages.
 */
final class RowText {
  private final DataConfig config;
  private final Map<String, Pattern> extractions = new LinkedHashMap<>();
  private final Optional<PromptTemplate> template;

  RowText(DataConfig config) {
    this.config = config;
    this.template = config.promptTemplate().map(PromptTemplate::new);
    config
        .columns()
        .forEach((name, extraction) -> extractions.put(name, compile(name, extraction.pattern())));
  }

  private static Pattern compile(String column, String pattern) {
    try {
      Pattern compiled = Pattern.compile(pattern);
      if (compiled.groupCount() < 1) {
        throw new UserException(
            "data.columns."
                + column
                + ".pattern: '"
                + pattern
                + "' has no group (expected parentheses around the value)");
      }
      return compiled;
    } catch (PatternSyntaxException invalid) {
      throw new UserException(
          "data.columns."
              + column
              + ".pattern: '"
              + pattern
              + "' is not an RE2 pattern: "
              + invalid.getDescription());
    }
  }

  /** The row with its extracted columns, which come last. */
  Map<String, Object> extended(Map<String, Object> row) throws BadRowException {
    Map<String, Object> extended = new LinkedHashMap<>(row);
    for (Map.Entry<String, Pattern> extraction : extractions.entrySet()) {
      String from = config.columns().get(extraction.getKey()).from();
      Matcher matcher = extraction.getValue().matcher(scalar(row, from));
      if (!matcher.find() || matcher.group(1) == null) {
        throw new BadRowException(
            "column "
                + from
                + " has no match of "
                + extraction.getValue()
                + ", from which "
                + extraction.getKey()
                + " is made");
      }
      if (extended.putIfAbsent(extraction.getKey(), matcher.group(1)) != null) {
        throw new BadRowException(
            "has a column " + extraction.getKey() + " already, which data.columns would make");
      }
    }
    return extended;
  }

  /** A column as text, which lists and objects are not. */
  private static String scalar(Map<String, Object> row, String column) throws BadRowException {
    Object value = RowColumns.present(row, column);
    if (value instanceof List || value instanceof Map) {
      throw new BadRowException(
          "column %s is %s (expected text or a number)"
              .formatted(column, JsonLines.json(Map.of(column, value))));
    }
    return value.toString();
  }

  boolean hasMessages(Map<String, Object> row) {
    return template.isEmpty() && row.get(config.messagesColumn()) != null;
  }

  /** The text of the prompt: the template's, or the prompt column's. */
  String prompt(Map<String, Object> row) throws BadRowException {
    if (template.isEmpty()) {
      return RowColumns.text(row, config.promptColumn());
    }
    return template.get().fill(column -> scalar(row, column));
  }

  /** The column with the prompt as messages: the one for messages, or the prompt's as a list. */
  private Optional<String> conversationColumn(Map<String, Object> row) {
    if (hasMessages(row)) {
      return Optional.of(config.messagesColumn());
    }
    return template.isEmpty() && row.get(config.promptColumn()) instanceof List
        ? Optional.of(config.promptColumn())
        : Optional.empty();
  }

  /** The conversation of a row, system prompt first; a text prompt becomes one user message. */
  List<Map<String, Object>> messages(Map<String, Object> row) throws BadRowException {
    Optional<String> column = conversationColumn(row);
    return withSystemPrompt(
        column.isPresent()
            ? messages(row, column.get())
            : List.of(Map.of("role", "user", "content", prompt(row))));
  }

  /** Messages behind the system prompt, where one is configured. */
  List<Map<String, Object>> withSystemPrompt(List<Map<String, Object>> messages) {
    List<Map<String, Object>> all = new ArrayList<>();
    config.systemPrompt().ifPresent(system -> all.add(Map.of("role", "system", "content", system)));
    all.addAll(messages);
    return all;
  }

  /** The messages in a column. */
  List<Map<String, Object>> messages(Map<String, Object> row, String column)
      throws BadRowException {
    if (!(row.get(column) instanceof List<?> list) || list.isEmpty()) {
      throw new BadRowException(
          "column "
              + column
              + " is not a list of messages (expected [{\"role\": ..., \"content\": ...}])");
    }
    List<Map<String, Object>> messages = new ArrayList<>();
    for (Object message : list) {
      messages.add(message(column, message));
    }
    return messages;
  }

  private static Map<String, Object> message(String column, Object message) throws BadRowException {
    if (message instanceof Map<?, ?> map && map.get("role") instanceof String) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put((String) key, value));
      return copy;
    }
    throw new BadRowException(
        "column "
            + column
            + " holds a message without a role (expected {\"role\": ..., \"content\": ...})");
  }

  /**
   * Refuses messages that no template may render.
   *
   * @param column where they are
   */
  void requireChatTemplate(String column) throws BadRowException {
    if (config.chatTemplate() == ChatTemplate.OFF) {
      throw new BadRowException("has messages in " + column + ", but data.chat-template is off");
    }
  }

  /** Whether a row goes through the chat template. */
  boolean isConversation(Map<String, Object> row) throws BadRowException {
    Optional<String> column = conversationColumn(row);
    if (column.isPresent()) {
      requireChatTemplate(column.get());
    }
    return config.chatTemplate() == ChatTemplate.ON
        || config.systemPrompt().isPresent()
        || column.isPresent();
  }
}
