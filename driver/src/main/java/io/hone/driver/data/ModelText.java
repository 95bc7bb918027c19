package io.hone.driver.data;

import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.tokenizer.ChatTemplate;
import io.hone.kernels.tokenizer.Tokenizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a checkpoint turns text and conversations into tokens.
 *
 * @param tokenizer of the checkpoint
 * @param template of the checkpoint, where it has one
 * @param contextTokens most tokens that the model reads at once
 */
public record ModelText(Tokenizer tokenizer, Optional<ChatTemplate> template, int contextTokens) {

  /**
   * Of a checkpoint.
   *
   * @throws UserException if its tokenizer or template cannot be used
   */
  public static ModelText of(Checkpoint checkpoint) {
    return new ModelText(
        Tokenizer.open(checkpoint.directory(), checkpoint.architecture()),
        ChatTemplate.read(checkpoint.directory()),
        checkpoint.architecture().maxPositions());
  }

  /**
   * A conversation as the model reads it.
   *
   * @param prompting whether it ends where the assistant's next turn begins
   * @throws UserException if the checkpoint has no chat template
   * @throws BadRowException if the template refuses the messages
   */
  String render(List<Map<String, Object>> messages, boolean prompting) throws BadRowException {
    ChatTemplate present =
        template.orElseThrow(
            () ->
                new UserException(
                    "the checkpoint has no chat template, but the data has messages (expected chat_template in"
                        + " tokenizer_config.json, or data.chat-template: off with text prompts)"));
    try {
      return present.render(messages, prompting);
    } catch (UserException refused) {
      throw new BadRowException(refused.getMessage());
    }
  }

  /**
   * Tokens of a rendered conversation; the template wrote its special tokens already.
   *
   * @throws BadRowException if the text is not Unicode
   */
  int[] encodeRendered(String text) throws BadRowException {
    try {
      return tokenizer.encodeWithoutSpecialTokens(text);
    } catch (UserException refused) {
      throw new BadRowException(refused.getMessage());
    }
  }

  /**
   * Tokens of plain text, with what the tokenizer itself adds.
   *
   * @throws BadRowException if the text is not Unicode
   */
  int[] encode(String text) throws BadRowException {
    try {
      return tokenizer.encode(text);
    } catch (UserException refused) {
      throw new BadRowException(refused.getMessage());
    }
  }
}
