package io.hone.executor.reward.math;

import io.hone.executor.reward.math.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of tokens that is taken from the front. */
final class Tokens {
  private final List<Token> tokens;
  private int position;

  /**
   * @param tokens with {@link Token#END} at the end
   */
  Tokens(List<Token> tokens) {
    this.tokens = new ArrayList<>(tokens);
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int distance) {
    return tokens.get(Math.min(position + distance, tokens.size() - 1));
  }

  Token take() {
    Token next = peek();
    position++;
    return next;
  }

  /** Takes a symbol if it comes next. */
  boolean take(String symbol) {
    boolean isNext = peek().is(symbol);
    position += isNext ? 1 : 0;
    return isNext;
  }

  /**
   * Takes a symbol.
   *
   * @throws UnreadableException if another token comes next
   */
  void expect(String symbol) {
    if (!take(symbol)) {
      throw new UnreadableException("expected '" + symbol + "', found '" + peek().text() + "'");
    }
  }

  /** Takes {@code °} or {@code ^\circ} or {@code ^{\circ}} if it comes next. */
  boolean takeDegree() {
    int length = 0;
    if (peek().is("°")) {
      length = 1;
    } else if (peek().is("^") && peek(1).is("°")) {
      length = 2;
    } else if (peek().is("^") && peek(1).is("{") && peek(2).is("°") && peek(3).is("}")) {
      length = 4;
    }
    position += length;
    return length > 0;
  }

  /** Takes {@code 1/2}, {@code \frac{1}{2}} or {@code \frac12} behind a whole number. */
  Optional<Rational> takeProperFraction() {
    int start = position;
    Token above = null;
    Token below = null;
    if (peek().isName("frac")) {
      position++;
      above = takeWholeArgument();
      below = above == null ? null : takeWholeArgument();
    } else if (peek().isWhole() && peek(1).is("/") && peek(2).isWhole()) {
      above = peek();
      below = peek(2);
      position += 3;
    }
    boolean isProper =
        below != null && !below.number().isZero() && above.number().compareTo(below.number()) < 0;
    if (!isProper) {
      position = start;
      return Optional.empty();
    }
    return Optional.of(above.number().over(below.number()));
  }

  private Token takeWholeArgument() {
    splitDigits();
    boolean inBraces = peek().is("{") && peek(2).is("}");
    Token argument = peek(inBraces ? 1 : 0);
    if (!argument.isWhole()) {
      return null;
    }
    position += inBraces ? 3 : 1;
    return argument;
  }

  /** Makes a number of several digits that comes next one of one digit and one of the others. */
  void splitDigits() {
    Token next = peek();
    if (next.isWhole() && next.text().length() > 1) {
      tokens.set(position, digits(next.text().substring(0, 1)));
      tokens.add(position + 1, digits(next.text().substring(1)));
    }
  }

  private static Token digits(String digits) {
    return Token.number(digits, Rational.of(new BigDecimal(digits)));
  }

  /** Takes the words that come next, with their powers and strokes, as one text. */
  String takeUnit() {
    StringBuilder unit = new StringBuilder();
    while (peek().kind() == Kind.WORD) {
      unit.append(unit.isEmpty() || unit.charAt(unit.length() - 1) == '/' ? "" : " ")
          .append(take().text());
      if (peek().is("^") && peek(1).kind() == Kind.NUMBER) {
        unit.append('^').append(peek(1).text());
        position += 2;
      } else if (peek().is("^")
          && peek(1).is("{")
          && peek(2).kind() == Kind.NUMBER
          && peek(3).is("}")) {
        unit.append('^').append(peek(2).text());
        position += 4;
      }
      if (peek().is("/") && peek(1).kind() == Kind.WORD) {
        unit.append('/');
        position++;
      }
    }
    return unit.toString();
  }
}
