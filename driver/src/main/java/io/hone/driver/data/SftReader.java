package io.hone.driver.data;

import io.hone.conf.DataConfig;
import io.hone.executor.gradient.TokenSequence;
import java.util.List;
import java.util.Map;

/**
 * Makes fine-tuning examples of rows: the prompt is read, the completion learned. In a conversation
 * the completion is the last message, which must be the assistant's.
 */
public final class SftReader implements RowReader<TokenSequence> {
  private final DataConfig config;
  private final ModelText model;
  private final RowText rows;
  private final SequenceText sequences;

  /**
   * @param ends tokens that end a completion; the first is added to text that has none of them
   * @param maximumTokens longer examples are cut
   */
  public SftReader(DataConfig config, ModelText model, List<Integer> ends, int maximumTokens) {
    this.config = config;
    this.model = model;
    this.rows = new RowText(config);
    this.sequences = new SequenceText(model, ends, maximumTokens);
  }

  @Override
  public TokenSequence read(Map<String, Object> row) throws BadRowException {
    Map<String, Object> columns = rows.extended(row);
    if (rows.hasMessages(columns) && rows.isConversation(columns)) {
      List<Map<String, Object>> messages = rows.messages(columns);
      if (!"assistant".equals(messages.get(messages.size() - 1).get("role"))) {
        throw new BadRowException(
            "its last message is not the assistant's (expected what to learn there)");
      }
      return sequences.rendered(
          model.render(messages.subList(0, messages.size() - 1), true),
          model.render(messages, false));
    }
    String completion = RowColumns.text(columns, config.completionColumn());
    if (rows.isConversation(columns)) {
      String prompt = model.render(rows.messages(columns), true);
      return sequences.rendered(prompt, prompt + completion);
    }
    return sequences.plain(rows.prompt(columns), completion);
  }
}
