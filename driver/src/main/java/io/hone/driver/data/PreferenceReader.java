package io.hone.driver.data;

import io.hone.conf.DataConfig;
import io.hone.conf.PreferenceConfig.Loss;
import io.hone.executor.gradient.LabelledSequence;
import io.hone.executor.gradient.TokenSequence;
import io.hone.kernels.model.Preference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes examples of preferences of rows: pairs of a chosen and a rejected completion, or single
 * completions with a label for KTO. Completions are text or chat messages; messages that do not
 * begin with the assistant's are the whole conversation, of which the last message is the
 * completion. A row without a prompt column has such ones.
 */
public final class PreferenceReader implements RowReader<PreferenceExample> {
  private static final String ASSISTANT = "assistant";

  private final DataConfig config;
  private final Loss loss;
  private final ModelText model;
  private final RowText rows;
  private final SequenceText sequences;

  /**
   * @param loss what the examples are for, which decides what a row must have
   * @param ends tokens that end a completion; the first is added to text that has none of them
   * @param maximumTokens longer prompts with their completions are cut
   */
  public PreferenceReader(
      DataConfig config, Loss loss, ModelText model, List<Integer> ends, int maximumTokens) {
    this.config = config;
    this.loss = loss;
    this.model = model;
    this.rows = new RowText(config);
    this.sequences = new SequenceText(model, ends, maximumTokens);
  }

  @Override
  public PreferenceExample read(Map<String, Object> row) throws BadRowException {
    Map<String, Object> columns = rows.extended(row);
    if (loss == Loss.KTO) {
      Preference label = label(columns);
      return new PreferenceExample(
          List.of(new LabelledSequence(sequence(columns, config.completionColumn()), label)));
    }
    requireSamePrompt(columns);
    return new PreferenceExample(
        List.of(
            new LabelledSequence(sequence(columns, config.chosenColumn()), Preference.CHOSEN),
            new LabelledSequence(sequence(columns, config.rejectedColumn()), Preference.REJECTED)));
  }

  private Preference label(Map<String, Object> columns) throws BadRowException {
    Object label = RowColumns.present(columns, config.labelColumn());
    if (label instanceof Boolean desirable) {
      return desirable ? Preference.CHOSEN : Preference.REJECTED;
    }
    throw new BadRowException(
        "column %s is %s (expected true or false)"
            .formatted(config.labelColumn(), JsonLines.json(Map.of(config.labelColumn(), label))));
  }

  private TokenSequence sequence(Map<String, Object> columns, String column)
      throws BadRowException {
    if (RowColumns.present(columns, column) instanceof List) {
      rows.requireChatTemplate(column);
      Conversation conversation = conversation(columns, column);
      List<Map<String, Object>> all = new ArrayList<>(conversation.prompt());
      all.addAll(conversation.completion());
      return sequences.rendered(
          model.render(conversation.prompt(), true), model.render(all, false));
    }
    String completion = RowColumns.text(columns, column);
    if (rows.isConversation(columns)) {
      String prompt = model.render(rows.messages(columns), true);
      return sequences.rendered(prompt, prompt + completion);
    }
    return sequences.plain(rows.prompt(columns), completion);
  }

  private record Conversation(
      List<Map<String, Object>> prompt, List<Map<String, Object>> completion) {}

  private Conversation conversation(Map<String, Object> columns, String column)
      throws BadRowException {
    List<Map<String, Object>> messages = rows.messages(columns, column);
    int last = messages.size() - 1;
    if (!isAssistants(messages.get(last))) {
      throw new BadRowException(
          "the last message of column " + column + " is not the assistant's (expected its answer)");
    }
    return isAssistants(messages.get(0))
        ? new Conversation(rows.messages(columns), messages)
        : new Conversation(
            rows.withSystemPrompt(messages.subList(0, last)), messages.subList(last, last + 1));
  }

  private static boolean isAssistants(Map<String, Object> message) {
    return ASSISTANT.equals(message.get("role"));
  }

  /** Whole conversations bring their own prompts, which must not differ. */
  private void requireSamePrompt(Map<String, Object> columns) throws BadRowException {
    String chosen = config.chosenColumn();
    String rejected = config.rejectedColumn();
    if (columns.get(chosen) instanceof List
        && columns.get(rejected) instanceof List
        && !conversation(columns, chosen)
            .prompt()
            .equals(conversation(columns, rejected).prompt())) {
      throw new BadRowException(
          "columns "
              + chosen
              + " and "
              + rejected
              + " answer different prompts (expected conversations that differ in the last message)");
    }
  }
}
