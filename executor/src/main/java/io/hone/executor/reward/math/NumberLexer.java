package io.hone.executor.reward.math;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads the numbers of {@link Lexer}: {@code 1234}, {@code 1,234}, {@code 1{,}234}, {@code 1 234},
 * {@code 0.5}, {@code .5}, {@code 0.1\overline{6}}, {@code 1.5e-3}.
 */
final class NumberLexer {
  private static final int MAX_DIGITS = 400;
  private static final int MAX_EXPONENT = 400;
  private static final String[] GROUP_MARKS = {"{,}", ",\\!", ",\\! ", "\\,", " "};

  private final Cursor text;
  private final boolean commasGroup;

  /**
   * @param commasGroup whether a comma before three digits separates thousands, and not two numbers
   */
  NumberLexer(Cursor text, boolean commasGroup) {
    this.text = text;
    this.commasGroup = commasGroup;
  }

  /**
   * Takes the number that comes next.
   *
   * @throws UnreadableException if it is too long
   */
  Token take() {
    StringBuilder digits = new StringBuilder(text.takeDigits());
    boolean mayGroup = !digits.isEmpty() && digits.length() <= 3 && digits.charAt(0) != '0';
    while (mayGroup && takeGroupMark()) {
      digits.append(text.takeDigits());
    }
    if (text.peek() == '.' && (text.isDigit(1) || text.peek(1) == '\\')) {
      text.skip(1);
      digits.append('.').append(text.takeDigits());
    }
    String written = digits.toString();
    if (written.length() > MAX_DIGITS) {
      throw new UnreadableException("the number is too long");
    }
    int point = written.indexOf('.');
    if (point >= 0 && (text.take("\\overline{") || text.take("\\bar{"))) {
      return Token.number(written, repeating(written, point, text.takeDigits()));
    }
    String decimal = written.endsWith(".") ? written.substring(0, written.length() - 1) : written;
    return Token.number(written, Rational.of(new BigDecimal(decimal + exponent())));
  }

  /** Moves behind what separates thousands, if exactly three digits follow it. */
  private boolean takeGroupMark() {
    for (String mark : GROUP_MARKS) {
      if (isMark(mark)) {
        text.skip(mark.length());
        return true;
      }
    }
    boolean isComma = commasGroup && isMark(",");
    text.skip(isComma ? 1 : 0);
    return isComma;
  }

  private boolean isMark(String mark) {
    for (int index = 0; index < mark.length(); index++) {
      if (text.peek(index) != mark.charAt(index)) {
        return false;
      }
    }
    int start = mark.length();
    return text.isDigit(start)
        && text.isDigit(start + 1)
        && text.isDigit(start + 2)
        && !text.isDigit(start + 3);
  }

  /** {@code 0.1\overline{6}} is {@code (16 - 1) / 90}. */
  private Rational repeating(String written, int point, String period) {
    if (period.isEmpty() || period.length() > MAX_DIGITS || !text.take("}")) {
      throw new UnreadableException("expected the digits that repeat");
    }
    int places = written.length() - point - 1;
    String before = "0" + written.replace(".", "");
    BigInteger difference = new BigInteger(before + period).subtract(new BigInteger(before));
    BigInteger nines = BigInteger.TEN.pow(period.length()).subtract(BigInteger.ONE);
    return new Rational(difference, nines.multiply(BigInteger.TEN.pow(places)));
  }

  /** {@code e-3} behind the digits; empty if there is none. */
  private String exponent() {
    boolean isSigned = text.peek(1) == '-' || text.peek(1) == '+';
    if ((text.peek() != 'e' && text.peek() != 'E') || !text.isDigit(isSigned ? 2 : 1)) {
      return "";
    }
    String sign = text.peek(1) == '-' ? "-" : "";
    text.skip(isSigned ? 2 : 1);
    String digits = text.takeDigits();
    if (digits.length() > 4 || Integer.parseInt(digits) > MAX_EXPONENT) {
      throw new UnreadableException("the exponent is too great");
    }
    return "e" + sign + digits;
  }
}
