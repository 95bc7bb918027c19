package io.hone.executor.reward.metric;

/** Cuts text into tokens, or into words. A pure function, in time linear in the text. */
@FunctionalInterface
public interface Tokenizer {
  /** That of BLEU: mteval-v13a as sacrebleu has it, by {@link Tokenizer13a}. */
  Tokenizer MTEVAL_13A = Tokenizer13a::tokenize;

  /** Runs of characters between white space, as they are. */
  Tokenizer WHITE_SPACE = Words::betweenWhiteSpace;

  /**
   * That of ROUGE: runs of the letters a to z and of digits in the lower-case text, as Google's
   * rouge-score has it without stemming. Letters beyond ASCII separate words.
   */
  Tokenizer ASCII_WORDS = Words::ofAscii;

  /**
   * Runs of letters, digits and their marks of any script in the lower-case text; an ideograph is a
   * word.
   */
  Tokenizer WORDS = Words::ofAnyScript;

  /** Cuts a text: gives its tokens to {@code sink} in their order. */
  void tokenize(String text, TokenSink sink);

  /** The tokens of a text as their numbers in a vocabulary. */
  default int[] ids(String text, Vocabulary vocabulary) {
    TokenIds ids = new TokenIds(vocabulary);
    tokenize(text, ids);
    return ids.toArray();
  }
}
