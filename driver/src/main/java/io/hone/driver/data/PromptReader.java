package io.hone.driver.data;

import io.hone.conf.DataConfig;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes prompts of the rows of one data set.
 *
 * <p>Without an id column, rows of the same content have the same id; with one, rows of the same id
 * must have the same content, since a group of completions is named after it.
 */
public final class PromptReader implements RowReader<Prompt> {
  private final DataConfig config;
  private final ModelText model;
  private final RowText rows;
  private final Map<String, String> contentOfId = new HashMap<>();

  public PromptReader(DataConfig config, ModelText model) {
    this.config = config;
    this.model = model;
    this.rows = new RowText(config);
  }

  @Override
  public Prompt read(Map<String, Object> row) throws BadRowException {
    Map<String, Object> columns = rows.extended(row);
    boolean conversation = rows.isConversation(columns);
    String text = conversation ? model.render(rows.messages(columns), true) : rows.prompt(columns);
    int[] tokens = conversation ? model.encodeRendered(text) : model.encode(text);
    requireFits(tokens.length);
    if (tokens.length == 0) {
      throw new BadRowException(
          "the prompt has no tokens (expected text, or a tokenizer with a begin token)");
    }
    String json = JsonLines.json(columns);
    return new Prompt(id(row), text, tokens, columns, json);
  }

  private void requireFits(int tokens) throws BadRowException {
    int room = model.contextTokens() - 1;
    int most = Math.min(room, config.maxPromptTokens().orElse(room));
    if (tokens > most) {
      throw new BadRowException(
          "the prompt has %d tokens (expected at most %d, %s)"
              .formatted(
                  tokens,
                  most,
                  most < room
                      ? "data.max-prompt-tokens"
                      : "which leave room for one more in the model's context"));
    }
  }

  private String id(Map<String, Object> row) throws BadRowException {
    String content = RowFingerprint.of(JsonLines.sortedJson(row));
    if (config.idColumn().isEmpty()) {
      return content;
    }
    String column = config.idColumn().get();
    Object id = row.get(column);
    if (!(id instanceof String || id instanceof Number)) {
      throw new BadRowException(
          "column %s, which data.id-column names, is %s (expected text or a number)"
              .formatted(column, id));
    }
    String other = contentOfId.putIfAbsent(id.toString(), content);
    if (other != null && !other.equals(content)) {
      throw new BadRowException(
          "its id %s is that of an earlier row with other content (expected a column that identifies rows in data.id-column)"
              .formatted(id));
    }
    return id.toString();
  }
}
