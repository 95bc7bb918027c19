package io.hone.driver.data;

import io.hone.conf.DataConfig;
import java.util.Map;

/** Makes prompts of rows. */
public final class PromptReader implements RowReader<Prompt> {
  private final DataConfig config;
  private final ModelText model;
  private final RowText rows;

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
    int most = config.maxPromptTokens().orElse(model.contextTokens() - 1);
    if (tokens.length > most) {
      throw new BadRowException(
          "the prompt has "
              + tokens.length
              + " tokens (expected at most "
              + most
              + (config.maxPromptTokens().isPresent()
                  ? ", data.max-prompt-tokens)"
                  : ", which leave room for one more in the model's context)"));
    }
    if (tokens.length == 0) {
      throw new BadRowException("the prompt has no tokens (expected text, or a tokenizer with a begin token)");
    }
    String json = JsonLines.json(columns);
    return new Prompt(id(row), text, tokens, columns, json);
  }

  private String id(Map<String, Object> row) throws BadRowException {
    if (config.idColumn().isEmpty()) {
      return RowFingerprint.of(JsonLines.json(row));
    }
    Object id = row.get(config.idColumn().get());
    if (id == null) {
      throw new BadRowException("has no column " + config.idColumn().get() + ", which data.id-column names");
    }
    return String.valueOf(id);
  }
}
