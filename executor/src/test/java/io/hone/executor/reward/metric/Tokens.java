package io.hone.executor.reward.metric;

import java.util.ArrayList;
import java.util.List;

/** Tokens as strings, for tests. */
final class Tokens {
  private Tokens() {}

  static List<String> of(Tokenizer tokenizer, String text) {
    List<String> tokens = new ArrayList<>();
    tokenizer.tokenize(
        text, (characters, start, end) -> tokens.add(new String(characters, start, end - start)));
    return tokens;
  }
}
