package io.hone.executor.reward.math;

import io.hone.executor.reward.math.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Splits an answer in LaTeX or plain text into tokens, without what is there for the eye only:
 * dollar signs, spaces, {@code \left} and {@code \right}, sizes and fonts.
 *
 * <p>Letters that stand together are a product of variables, unless they are the name of a
 * function, the symbol of a unit behind a number, four or more, or in {@code \text}: then they are
 * a word.
 */
final class Lexer {
  private static final int MAX_CHARACTERS = 2_000;
  private static final int MAX_TOKENS = 500;
  private static final int MAX_NESTED_TEXTS = 4;
  private static final int MIN_WORD = 4;
  private static final Set<String> PERCENT = Set.of("percent", "percentage", "pct");

  private final Cursor text;
  private final boolean commasGroup;
  private final int textDepth;
  private final List<Token> tokens;

  private Lexer(String text, boolean commasGroup, int textDepth, List<Token> tokens) {
    this.text = new Cursor(text);
    this.commasGroup = commasGroup;
    this.textDepth = textDepth;
    this.tokens = tokens;
  }

  /**
   * The tokens of an answer, {@link Token#END} at the end.
   *
   * @param commasGroup whether {@code 1,234} is one number, and not two
   * @throws UnreadableException if something is not known, or the answer is too long
   */
  static List<Token> tokens(String answer, boolean commasGroup) {
    if (answer.length() > MAX_CHARACTERS) {
      throw new UnreadableException("longer than " + MAX_CHARACTERS + " characters");
    }
    List<Token> tokens = new ArrayList<>();
    new Lexer(answer, commasGroup, 0, tokens).scan();
    tokens.add(Token.END);
    return tokens;
  }

  private void scan() {
    while (!text.atEnd()) {
      if (tokens.size() > MAX_TOKENS) {
        throw new UnreadableException("more than " + MAX_TOKENS + " tokens");
      }
      next();
    }
  }

  private void next() {
    char next = text.peek();
    if (text.isDigit(0) || (next == '.' && text.isDigit(1))) {
      tokens.add(new NumberLexer(text, commasGroup).take());
    } else if (Cursor.isLetter(next)) {
      letters(text.takeLetters());
    } else if (next == '\\') {
      text.skip(1);
      command(Cursor.isLetter(text.peek()) ? text.takeLetters() : String.valueOf(text.take()));
    } else {
      character(text.take());
    }
  }

  private void command(String name) {
    if (Vocabulary.IGNORED.contains(name)) {
      // The point of \left. stands for no bracket.
      text.skip((name.equals("left") || name.equals("right")) && text.peek() == '.' ? 1 : 0);
    } else if (Vocabulary.TEXTS.contains(name)) {
      if (textDepth == MAX_NESTED_TEXTS) {
        throw new UnreadableException("texts stand in each other");
      }
      text.skipSpaces();
      new Lexer(text.takeGroup(), commasGroup, textDepth + 1, tokens).scan();
    } else if (Vocabulary.SYMBOLS.containsKey(name)) {
      symbol(Vocabulary.SYMBOLS.get(name));
    } else if (Vocabulary.NAMES.containsKey(name)) {
      tokens.add(Token.of(Kind.NAME, Vocabulary.NAMES.get(name)));
    } else if (Vocabulary.GREEK.contains(name)) {
      variable(name);
    } else {
      throw new UnreadableException("\\" + name + " is not known");
    }
  }

  private void character(char next) {
    String spelling = String.valueOf(next);
    if (next == '*' && text.take("*")) {
      symbol("^");
    } else if ((next == '<' || next == '>') && text.take("=")) {
      symbol(next == '<' ? "≤" : "≥");
    } else if (next == '!' && text.take("=")) {
      symbol("≠");
    } else if (Vocabulary.PLAIN_SYMBOLS.indexOf(next) >= 0) {
      symbol(spelling);
    } else if (Vocabulary.SYMBOLS.containsKey(spelling)) {
      symbol(Vocabulary.SYMBOLS.get(spelling));
    } else if (Vocabulary.NAMES.containsKey(spelling)) {
      tokens.add(Token.of(Kind.NAME, Vocabulary.NAMES.get(spelling)));
    } else if (next == '²' || next == '³') {
      symbol("^");
      tokens.add(Token.number(next == '²' ? "2" : "3", Rational.of(next == '²' ? 2 : 3)));
    } else if (Character.UnicodeBlock.of(next) == Character.UnicodeBlock.GREEK) {
      variable(spelling);
    } else if (next == '.') {
      endOfSentence();
    } else if (Character.isLetter(next)) {
      tokens.add(Token.of(Kind.WORD, spelling));
    } else if (!isIgnored(next)) {
      throw new UnreadableException("'" + next + "' is not known");
    }
  }

  private static boolean isIgnored(char next) {
    return Character.isWhitespace(next)
        || Character.isSpaceChar(next)
        || next == '~'
        || Character.getType(next) == Character.CURRENCY_SYMBOL;
  }

  private void endOfSentence() {
    while (!text.atEnd()) {
      if (!isIgnored(text.peek())) {
        throw new UnreadableException("a point is neither in a number nor at the end");
      }
      text.skip(1);
    }
  }

  private void letters(String letters) {
    String lower = letters.toLowerCase(Locale.ROOT);
    boolean behindNumber = isBehindNumber();
    if (lower.equals("and") || lower.equals("or")) {
      symbol(",");
    } else if (PERCENT.contains(lower)) {
      symbol("%");
    } else if (Vocabulary.NAMES.containsKey(letters) && !(textDepth > 0 && isUnit(letters))) {
      tokens.add(Token.of(Kind.NAME, Vocabulary.NAMES.get(letters)));
    } else if (letters.length() >= MIN_WORD
        || (textDepth > 0 && (letters.length() > 1 || behindNumber || isBehindWordAndStroke()))
        || (letters.length() > 1 && isUnit(letters))) {
      tokens.add(Token.of(Kind.WORD, lower));
    } else {
      letters.chars().forEach(letter -> variable(String.valueOf((char) letter)));
    }
  }

  private boolean isUnit(String letters) {
    return isBehindNumber() && Unit.leading(letters).isPresent();
  }

  /** Whether what stands here may be a unit. */
  private boolean isBehindNumber() {
    return !tokens.isEmpty()
        && (last().kind() == Kind.NUMBER
            || last().isName("pi")
            || last().is("}")
            || last().is(")"));
  }

  /** Such as {@code km/}. */
  private boolean isBehindWordAndStroke() {
    int count = tokens.size();
    return count > 1 && last().is("/") && tokens.get(count - 2).kind() == Kind.WORD;
  }

  private void variable(String name) {
    tokens.add(Token.of(Kind.VARIABLE, name + subscript()));
  }

  /** {@code _1}, {@code _{max}}, primes, or nothing. */
  private String subscript() {
    StringBuilder subscript = new StringBuilder();
    if (text.peek() == '_') {
      text.skip(1);
      subscript.append('_').append(text.peek() == '{' ? text.takeGroup().strip() : text.take());
    }
    while (text.take("'")) {
      subscript.append('\'');
    }
    return subscript.toString();
  }

  private Token last() {
    return tokens.get(tokens.size() - 1);
  }

  private void symbol(String text) {
    tokens.add(Token.of(Kind.SYMBOL, text));
  }
}
