package io.hone.kernels.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The chat template of a checkpoint: Jinja text that turns a conversation into the text that the
 * model was trained on.
 *
 * <p>Rendered as transformers does, with trimmed blocks, the checkpoint's special tokens and {@code
 * raise_exception}. Two things differ on purpose. There are no tools, and {@code strftime_now} is
 * undefined, because a prompt must not depend on the day: Llama's templates then use the date
 * written in them. Anything that a template asks for and that is not computed here is an error.
 * What messages say is never evaluated as a template.
 *
 * <p>The text brings its special tokens along: encode it with {@link
 * Tokenizer#encodeWithoutSpecialTokens}.
 *
 * <p>Safe for use by several threads.
 */
public final class ChatTemplate {
  private static final String TEMPLATE_FILE = "chat_template.jinja";
  private static final String CONFIG_KEY = "chat_template";
  private static final String DEFAULT_NAME = "default";

  /** Published templates have less than 20,000. */
  private static final int MAX_TEMPLATE_CHARACTERS = 1 << 20;

  private final String source;
  private final String template;
  private final Map<String, String> specialTokens;
  private final JinjaEnvironment environment = new JinjaEnvironment();

  /**
   * @param source where the template is from, for messages
   * @param template Jinja text
   * @param specialTokens variables of the template such as {@code bos_token}
   * @throws UserException if the template is too long or nested too deeply
   */
  ChatTemplate(String source, String template, Map<String, String> specialTokens) {
    this.source = source;
    this.template = normalise(source, template);
    this.specialTokens = Map.copyOf(specialTokens);
  }

  /**
   * The template of a checkpoint directory: {@code chat_template.jinja}, or else {@code
   * chat_template} of {@code tokenizer_config.json}, which is a text or a list of named ones with a
   * {@code default}.
   *
   * @return empty if the checkpoint has none
   * @throws UserException if a file is damaged, or if none of the named templates is the default
   */
  public static Optional<ChatTemplate> read(Path directory) {
    Map<String, String> specialTokens = SpecialTokens.read(directory).texts();
    Path file = directory.resolve(TEMPLATE_FILE);
    if (Files.exists(file)) {
      return Optional.of(new ChatTemplate(file.toString(), readText(file), specialTokens));
    }
    Path config = directory.resolve(SpecialTokens.CONFIG_FILE);
    return JsonObject.readIfPresent(config)
        .flatMap(ChatTemplate::defaultTemplate)
        .map(template -> new ChatTemplate(config + ": " + CONFIG_KEY, template, specialTokens));
  }

  /**
   * Renders a conversation.
   *
   * @param messages JSON objects with the texts {@code role} and {@code content}, and whatever else
   *     the template reads
   * @param addGenerationPrompt whether to add the beginning of the assistant's next message
   * @throws UserException if a message lacks a text, the template refuses the conversation, asks
   *     for something that is not computed, or exceeds the bounds of a rendering
   */
  public String render(List<Map<String, Object>> messages, boolean addGenerationPrompt) {
    for (int i = 0; i < messages.size(); i++) {
      requireText(messages.get(i), i, "role");
      requireText(messages.get(i), i, "content");
    }
    Map<String, Object> variables = new HashMap<>(specialTokens);
    variables.put("messages", messages);
    variables.put("add_generation_prompt", addGenerationPrompt);
    RenderResult result = render(variables);
    if (!result.getErrors().isEmpty()) {
      throw new UserException("The chat template of " + source + " fails: " + reason(result));
    }
    return result.getOutput();
  }

  private static String normalise(String source, String template) {
    if (template.length() > MAX_TEMPLATE_CHARACTERS) {
      throw new UserException(
          "The chat template of %s has %d characters; expected at most %d"
              .formatted(source, template.length(), MAX_TEMPLATE_CHARACTERS));
    }
    // Jinja2 drops one line end at the end of a template.
    int end = template.endsWith("\n") ? template.length() - 1 : template.length();
    try {
      return JinjaWhitespace.normalise(template.substring(0, end));
    } catch (TemplateFailure e) {
      throw new UserException("The chat template of " + source + " fails: " + e.getMessage(), e);
    }
  }

  private RenderResult render(Map<String, Object> variables) {
    synchronized (environment) {
      try {
        return environment.render(template, variables);
      } catch (StackOverflowError e) {
        throw new UserException(
            "The chat template of " + source + " fails: its expressions are nested too deeply", e);
      }
    }
  }

  private static void requireText(Map<String, Object> message, int index, String key) {
    if (!(message.get(key) instanceof String)) {
      throw new UserException(
          "messages[%d]: %s is %s; expected a string".formatted(index, key, message.get(key)));
    }
  }

  /** The template's own words if it has any, or else those of the first error. */
  private static String reason(RenderResult result) {
    for (TemplateError error : result.getErrors()) {
      for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
        if (cause instanceof TemplateFailure) {
          return cause.getMessage();
        }
      }
    }
    TemplateError first = result.getErrors().get(0);
    return "line " + first.getLineno() + ": " + first.getMessage();
  }

  private static Optional<String> defaultTemplate(JsonObject config) {
    Optional<JsonNode> value = config.value(CONFIG_KEY);
    if (value.isEmpty() || !value.get().isArray()) {
      return config.optionalText(CONFIG_KEY);
    }
    List<JsonObject> named = config.objects(CONFIG_KEY);
    return Optional.of(
        named.stream()
            .filter(entry -> entry.text("name").equals(DEFAULT_NAME))
            .findFirst()
            .orElseThrow(
                () ->
                    config.wrong(
                        CONFIG_KEY,
                        named.stream().map(entry -> entry.text("name")).toList(),
                        "one of these templates to be named " + DEFAULT_NAME))
            .text("template"));
  }

  private static String readText(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserException(
          "Cannot read " + file + ": " + e.getMessage() + "; expected UTF-8 text", e);
    }
  }
}
