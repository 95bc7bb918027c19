package io.hone.driver.data;

import io.hone.conf.DataConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Makes fine-tuning examples of rows: the prompt is read, the completion learned. In a conversation
 * the completion is the last message, which must be the assistant's.
 */
public final class SftReader implements RowReader<SftExample> {
  private final DataConfig config;
  private final ModelText model;
  private final RowText rows;
  private final List<Integer> ends;
  private final int maximumTokens;

  /**
   * @param ends tokens that end a completion; the first is added to text that has none of them
   * @param maximumTokens longer examples are cut
   */
  public SftReader(DataConfig config, ModelText model, List<Integer> ends, int maximumTokens) {
    this.config = config;
    this.model = model;
    this.rows = new RowText(config);
    this.ends = List.copyOf(ends);
    this.maximumTokens = maximumTokens;
  }

  @Override
  public SftExample read(Map<String, Object> row) throws BadRowException {
    Map<String, Object> columns = rows.extended(row);
    if (rows.hasMessages(columns) && rows.isConversation(columns)) {
      List<Map<String, Object>> messages = rows.messages(columns);
      if (!"assistant".equals(messages.get(messages.size() - 1).get("role"))) {
        throw new BadRowException(
            "its last message is not the assistant's (expected what to learn there)");
      }
      return example(
          model.render(messages.subList(0, messages.size() - 1), true),
          model.render(messages, false));
    }
    String completion = RowColumns.text(columns, config.completionColumn());
    if (rows.isConversation(columns)) {
      String prompt = model.render(rows.messages(columns), true);
      return example(
          prompt,
          prompt + completion,
          model.encodeRendered(prompt),
          model.encodeRendered(prompt + completion));
    }
    String prompt = rows.prompt(columns);
    return example(
        prompt, prompt + completion, model.encode(prompt), model.encode(prompt + completion));
  }

  private SftExample example(String prompt, String whole) throws BadRowException {
    return example(prompt, whole, model.encodeRendered(prompt), model.encodeRendered(whole));
  }

  private SftExample example(String promptText, String wholeText, int[] prompt, int[] whole)
      throws BadRowException {
    if (!wholeText.startsWith(promptText)) {
      throw new BadRowException(
          "the chat template renders the conversation differently once it is answered, so its answer has no place of its own");
    }
    // Text is tokenised as a whole, as a reader of it would; a token that spans the border belongs
    // to the completion.
    int border = 0;
    while (border < prompt.length && border < whole.length && prompt[border] == whole[border]) {
      border++;
    }
    int[] tokens = ended(whole, border);
    tokens = tokens.length > maximumTokens ? Arrays.copyOf(tokens, maximumTokens) : tokens;
    if (border == 0 || border >= tokens.length) {
      throw new BadRowException(
          border == 0
              ? "the prompt has no token of its own (expected text, or a tokenizer with a begin token)"
              : "the completion has no token (expected text that fits into "
                  + maximumTokens
                  + " tokens with its prompt)");
    }
    return new SftExample(tokens, border);
  }

  /** Up to the first end token of the completion, which is added where there is none. */
  private int[] ended(int[] tokens, int border) {
    for (int i = border; i < tokens.length; i++) {
      if (ends.contains(tokens[i])) {
        return Arrays.copyOf(tokens, i + 1);
      }
    }
    if (ends.isEmpty()) {
      return tokens;
    }
    int[] ended = Arrays.copyOf(tokens, tokens.length + 1);
    ended[tokens.length] = ends.get(0);
    return ended;
  }
}
