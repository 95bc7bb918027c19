package io.hone.executor.reward;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import io.hone.conf.Doc;
import io.hone.conf.Validated;
import java.util.Optional;

/** 1 where the answer of the completion is JSON of a form that a schema describes, else 0. */
final class JsonSchemaScorer implements Scorer {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final AnswerPattern pattern;
  private final Options options;
  private final Optional<Schema> schema;

  JsonSchemaScorer(Options options) {
    this.options = options;
    this.pattern = AnswerPattern.compile(options.pattern());
    this.schema = options.schema().map(JsonSchemaScorer::read);
  }

  @Override
  public Score score(Sample sample) {
    Schema expected = schema.orElseGet(() -> ofRow(sample));
    Optional<JsonNode> answer = pattern.find(sample).flatMap(JsonSchemaScorer::answer);
    return answer.isEmpty()
        ? Score.noAnswer()
        : Score.of(expected.validate(answer.get()).isEmpty() ? 1 : 0);
  }

  private static Optional<JsonNode> answer(String text) {
    try {
      JsonNode answer = JSON.readTree(Fence.last(text).orElse(text));
      return answer.isMissingNode() || !isFinite(answer) ? Optional.empty() : Optional.of(answer);
    } catch (JsonProcessingException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether all numbers are some that can be calculated with. */
  private static boolean isFinite(JsonNode node) {
    for (JsonNode child : node) {
      if (!isFinite(child)) {
        return false;
      }
    }
    return !node.isNumber() || Double.isFinite(node.doubleValue());
  }

  private Schema ofRow(Sample sample) {
    String column = options.schemaColumn().orElseThrow();
    Object value = sample.columns().get(column);
    try {
      return value instanceof String text ? read(text) : JsonSchemas.of(JSON.valueToTree(value));
    } catch (IllegalArgumentException e) {
      throw new UnscorableException(
          "column '%s' holds no JSON schema: %s".formatted(column, e.getMessage()));
    }
  }

  private static Schema read(String schema) {
    try {
      return JsonSchemas.of(JSON.readTree(schema));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  @Doc(
      "1 where the answer of the completion is JSON that satisfies a JSON schema (draft 2020-12, or what its `$schema`"
          + " says), else 0; an answer that is not JSON is 0 with confidence 0. Of a text with fences of three backquotes, what"
          + " stands between the last two is the answer. Regular expressions in a schema have the syntax of RE2, and what it"
          + " refers to has to stand in it: nothing is loaded.")
  record Options(
      @Doc("The schema, as text in JSON; either this or `schema-column`.") Optional<String> schema,
      @Doc("Column with the schema of each row, as text or as an object.")
          Optional<String> schemaColumn,
      @Doc(AnswerPattern.DOC) Optional<String> pattern)
      implements Validated {
    @Override
    public void validate(Problems problems) {
      TextPattern.report("pattern", pattern, problems);
      if (schema.isPresent() == schemaColumn.isPresent()) {
        problems.add("schema", "set either this or schema-column");
      }
      if (schema.isPresent()) {
        try {
          read(schema.get());
        } catch (IllegalArgumentException e) {
          problems.add("schema", "is no JSON schema: " + e.getMessage());
        }
      }
    }
  }
}
