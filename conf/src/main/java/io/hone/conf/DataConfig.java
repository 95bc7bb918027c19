package io.hone.conf;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The data set and how its rows become prompts. */
@Doc(
    "The data set, of which either `path` or `prompts` must be set, and how its rows become prompts.")
public record DataConfig(
    @Doc(
            "JSONL file, one JSON object a line; read through Hadoop, so any of its addresses will do.")
        Optional<String> path,
    @Doc(
            "Prompts written out here in place of a file, for small tasks; each is a row with nothing"
                + " but `prompt-column`.")
        List<String> prompts,
    @Doc("Column with the prompt as text.") @Default("prompt") String promptColumn,
    @Doc("Column with the prompt as chat messages, used where a row has it.") @Default("messages")
        String messagesColumn,
    @Doc("Column with the completion to learn (sft, kto).") @Default("completion")
        String completionColumn,
    @Doc("Column with the preferred completion, as text or as chat messages (dpo).")
        @Default("chosen")
        String chosenColumn,
    @Doc("Column with the completion that the other is preferred to (dpo).") @Default("rejected")
        String rejectedColumn,
    @Doc("Column that says, by true or false, whether the completion is desirable (kto).")
        @Default("label")
        String labelColumn,
    @Doc("Column that identifies a row; without it, its content does.") Optional<String> idColumn,
    @Doc(
            "Column whose equal values make rows a query, such as the documents to rank for one question: they are"
                + " sampled in the same step and scored together. All queries have the same number of rows, which"
                + " divides `rollout.prompts-per-step`; an epoch has an order of queries.")
        Optional<String> queryColumn,
    @Doc("Whether prompts go through the chat template of the checkpoint.") @Default("auto")
        ChatTemplate chatTemplate,
    @Doc("Text with {column} placeholders that makes the prompt from the columns of a row.")
        Optional<String> promptTemplate,
    @Doc("System message put before the messages of each row; needs the chat template.")
        Optional<String> systemPrompt,
    @Doc(
            "Rows with longer prompts, in tokens, are bad rows; without it, the model's context bounds.")
        @Range(min = 1)
        Optional<Integer> maxPromptTokens,
    @Doc("What happens at a bad row: not JSON, a column missing, a prompt too long.")
        @Default("fail")
        OnError onError,
    @Doc("Whether each epoch has its own order, made from the seed; else the order of the file.")
        @Default("true")
        boolean shuffle,
    @Doc("Number of rows used, from the first; without it, all.") @Range(min = 1)
        Optional<Integer> limit,
    CurriculumConfig curriculum,
    @Doc("New columns, by name, each taken out of another column.")
        Map<String, ColumnExtraction> columns)
    implements Validated {

  /** When the chat template is applied. */
  public enum ChatTemplate {
    @Doc("where the row has messages")
    AUTO,
    @Doc("always; a text prompt becomes one user message")
    ON,
    @Doc("never; messages are an error")
    OFF
  }

  /** What a bad row does. */
  public enum OnError {
    @Doc("the run stops and names file and line")
    FAIL,
    @Doc("the row is left out and counted")
    SKIP
  }

  /** A column made from another one. */
  @Doc("A column made from another: what a regular expression finds there.")
  public record ColumnExtraction(
      @Doc("Column that is searched.") String from,
      @Doc("RE2 regular expression; its first group, in the first match, is the value.")
          String pattern)
      implements Serializable {}

  public DataConfig {
    prompts = List.copyOf(prompts);
    columns = Immutable.map(columns);
  }

  @Override
  public void validate(Problems problems) {
    checkSource(problems);
    if (systemPrompt.isPresent() && chatTemplate == ChatTemplate.OFF) {
      problems.add("system-prompt", "needs the chat template (expected chat-template: auto or on)");
    }
    if (queryColumn.isPresent() && curriculum.difficulty().isPresent()) {
      problems.add(
          "query-column", "does not go with curriculum.difficulty, which is of single prompts");
    }
    if (path.isEmpty() && curriculum.difficulty().isPresent()) {
      problems.add(
          "curriculum.difficulty",
          "has no effect on prompts, which have no columns (expected path in their place)");
    }
    columns.forEach(
        (name, extraction) -> {
          if (name.equals(extraction.from())) {
            problems.add(
                "columns." + name, "is taken out of itself (expected the name of a new column)");
          }
        });
  }

  private void checkSource(Problems problems) {
    if (path.isEmpty() && prompts.isEmpty()) {
      problems.add(
          "path", "is required without prompts (expected a JSONL file here, or a list of prompts)");
    } else if (path.isPresent() && !prompts.isEmpty()) {
      problems.add(
          "prompts",
          "are set beside path: '"
              + Secrets.hide("path", path.get())
              + "' (expected one of the two; null unsets the other)");
    } else if (path.filter(String::isBlank).isPresent()) {
      problems.add("path", "is blank (expected a JSONL file)");
    }
  }
}
