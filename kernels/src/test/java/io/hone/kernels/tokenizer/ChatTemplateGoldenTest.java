package io.hone.kernels.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every case of {@code chat-templates.json}: what Jinja2 renders, or that it raises. */
class ChatTemplateGoldenTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> rendersAsJinja2Does() throws IOException {
    Path file =
        Path.of(
            System.getProperty("hone.golden.dir", "../../shared/golden"), "chat-templates.json");
    assumeTrue(Files.exists(file), "No " + file + "; set hone.golden.dir to where it is");
    JsonNode cases = MAPPER.readTree(file.toFile()).get("cases");
    assertThat(cases).isNotEmpty();
    return StreamSupport.stream(cases.spliterator(), false)
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.get("name").asText() + " " + golden.get("messages"),
                    () -> assertRendered(golden)));
  }

  private static void assertRendered(JsonNode golden) {
    ChatTemplate template =
        new ChatTemplate(
            golden.get("name").asText(),
            golden.get("template").asText(),
            Map.of("bos_token", "<s>", "eos_token", "</s>"));
    List<Map<String, Object>> messages =
        MAPPER.convertValue(golden.get("messages"), new TypeReference<>() {});
    boolean addGenerationPrompt = golden.get("add_generation_prompt").asBoolean();

    if (golden.get("error").asBoolean()) {
      assertThatThrownBy(() -> template.render(messages, addGenerationPrompt))
          .isInstanceOf(UserException.class);
    } else {
      assertThat(template.render(messages, addGenerationPrompt))
          .isEqualTo(golden.get("rendered").asText());
    }
  }
}
