package io.hone.executor.reward.math;

/**
 * A piece of an answer.
 *
 * @param text of a symbol in one spelling for each meaning, such as {@code *} for {@code \times}
 * @param number the value of a number; null for other kinds
 */
record Token(Kind kind, String text, Rational number) {
  /** Ends every list of tokens. */
  static final Token END = new Token(Kind.END, "the end", null);

  /** What a piece is. */
  enum Kind {
    NUMBER,
    VARIABLE,
    /** A function or a constant. */
    NAME,
    /** What is no mathematics: a unit, or text. */
    WORD,
    SYMBOL,
    END
  }

  static Token of(Kind kind, String text) {
    return new Token(kind, text, null);
  }

  static Token number(String text, Rational value) {
    return new Token(Kind.NUMBER, text, value);
  }

  boolean is(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  boolean isName(String name) {
    return kind == Kind.NAME && text.equals(name);
  }

  /** Whether it is a number without a point. */
  boolean isWhole() {
    return kind == Kind.NUMBER && text.indexOf('.') < 0;
  }
}
