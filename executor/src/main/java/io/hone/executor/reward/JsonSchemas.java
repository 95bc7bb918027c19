package io.hone.executor.reward;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.DialectId;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.List;
import java.util.Set;

/**
 * Reads schemas of JSON. Regular expressions in them run on RE2/J, and what they refer to has to
 * stand in them: nothing is ever loaded.
 */
final class JsonSchemas {
  private static final RegularExpressionFactory EXPRESSIONS =
      regex -> TextPattern.compile(regex)::matchesIn;

  /** The schemas of schemas, which the library brings along. */
  private static final SchemaRegistry DRAFTS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static final Set<String> KNOWN_DRAFTS =
      Set.of(
          DialectId.DRAFT_4,
          DialectId.DRAFT_6,
          DialectId.DRAFT_7,
          DialectId.DRAFT_2019_09,
          DialectId.DRAFT_2020_12);

  private JsonSchemas() {}

  /**
   * Reads a schema, of draft 2020-12 unless its {@code $schema} says otherwise.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Schema of(JsonNode schema) {
    if (!schema.isObject() && !schema.isBoolean()) {
      throw new IllegalArgumentException("expected an object, or true or false");
    }
    String draft = schema.path("$schema").asText(DialectId.DRAFT_2020_12);
    if (!KNOWN_DRAFTS.contains(draft)) {
      throw new IllegalArgumentException(
          "$schema is '" + draft + "' (expected a draft of JSON Schema)");
    }
    try {
      List<com.networknt.schema.Error> faults =
          DRAFTS.getSchema(SchemaLocation.of(draft)).validate(schema);
      if (!faults.isEmpty()) {
        throw new IllegalArgumentException(faults.get(0).toString());
      }
      // A registry of its own, so that no schema can refer to that of another row.
      Schema read =
          SchemaRegistry.withDefaultDialect(
                  SpecificationVersion.DRAFT_2020_12,
                  builder ->
                      builder
                          .schemaCacheEnabled(false)
                          .schemaLoader(loader -> loader.block(address -> true))
                          .schemaRegistryConfig(
                              SchemaRegistryConfig.builder()
                                  .regularExpressionFactory(EXPRESSIONS)
                                  .failFast(true)
                                  .build()))
              .getSchema(schema);
      read.initializeValidators();
      return read;
    } catch (SchemaException | StackOverflowError e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }
}
