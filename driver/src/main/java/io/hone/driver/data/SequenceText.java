package io.hone.driver.data;

import io.hone.executor.gradient.TokenSequence;
import java.util.Arrays;
import java.util.List;

/** Makes token sequences of prompts with their completions. */
final class SequenceText {
  private final ModelText model;
  private final List<Integer> ends;
  private final int maximumTokens;

  /**
   * @param ends tokens that end a completion; the first is added to text that has none of them
   * @param maximumTokens longer sequences are cut
   */
  SequenceText(ModelText model, List<Integer> ends, int maximumTokens) {
    this.model = model;
    this.ends = List.copyOf(ends);
    this.maximumTokens = maximumTokens;
  }

  /** Of plain text, to which the tokenizer adds what it adds to text. */
  TokenSequence plain(String prompt, String completion) throws BadRowException {
    String whole = prompt + completion;
    return sequence(prompt, whole, model.encode(prompt), model.encode(whole));
  }

  /**
   * Of text that a chat template rendered.
   *
   * @param whole prompt and completion
   */
  TokenSequence rendered(String prompt, String whole) throws BadRowException {
    return sequence(prompt, whole, model.encodeRendered(prompt), model.encodeRendered(whole));
  }

  private TokenSequence sequence(String promptText, String wholeText, int[] prompt, int[] whole)
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
    return new TokenSequence(tokens, border);
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
