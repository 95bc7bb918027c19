package io.hone.executor.reward;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Finds decimal numbers in text, in one pass.
 *
 * <p>Read are whole and decimal numbers with a sign, thousands separated by commas, and an
 * exponent: {@code 18}, {@code -1,234.50}, {@code .5}, {@code 2e-3}. What stands around them is
 * ignored: a currency sign (also between sign and digits, {@code -$5}), a percent sign, units, the
 * period that ends a sentence. Not read is what is only part of something else: of a word ({@code
 * H2O}), a fraction, ratio, power or date ({@code 1/2, 10:30, 2^3}), a version or address ({@code
 * 1.2.3}). A hyphen after a word, number or closing bracket is no sign. Of numbers joined by commas
 * ({@code 1,2,3}) each counts.
 */
final class DecimalNumbers {
  /** Longer ones are no answer, and arithmetic on them is slow. */
  private static final int MAX_DIGITS = 400;

  private static final int MAX_EXPONENT = 400;

  private final String text;
  private int position;
  private int count;
  private String last;

  private DecimalNumbers(String text) {
    this.text = text;
  }

  /** The last number in a text. */
  static Optional<BigDecimal> last(String text) {
    DecimalNumbers numbers = new DecimalNumbers(text);
    numbers.scan();
    return Optional.ofNullable(numbers.last).map(BigDecimal::new);
  }

  /** The number in a text that holds no other. */
  static Optional<BigDecimal> only(String text) {
    DecimalNumbers numbers = new DecimalNumbers(text);
    numbers.scan();
    return numbers.count == 1 ? Optional.of(new BigDecimal(numbers.last)) : Optional.empty();
  }

  private void scan() {
    while (position < text.length()) {
      boolean isPoint = at(position) == '.' && at(position - 1) != '.';
      if (isDigit(position) || (isPoint && isDigit(position + 1))) {
        number();
      } else {
        position++;
      }
    }
  }

  /** Reads what starts with a digit or a point: digits, commas and points up to the last digit. */
  private void number() {
    int start = position;
    do {
      position++;
    } while (isDigit(position) || (isSeparator(position) && isDigit(position + 1)));
    String digits = text.substring(start, position);
    String exponent = exponent();
    boolean partOfAWord = isLetter(start - 1) || at(start - 1) == '_';
    boolean joined =
        (isJoin(start - 1) && isDigit(start - 2)) || (isJoin(position) && isDigit(position + 1));
    if (partOfAWord || joined) {
      return;
    }
    String sign = isNegative(start) ? "-" : "";
    if (isGrouped(digits)) {
      accept(sign, digits.replace(",", ""), exponent);
      return;
    }
    String[] items = digits.split(",", -1);
    for (int item = 0; item < items.length; item++) {
      boolean isLast = item == items.length - 1;
      accept(item == 0 ? sign : "", items[item], isLast ? exponent : "");
    }
  }

  private void accept(String sign, String digits, String exponent) {
    boolean onePoint = digits.indexOf('.') == digits.lastIndexOf('.');
    boolean smallExponent =
        exponent.isEmpty()
            || (exponent.length() < 6
                && Math.abs(Integer.parseInt(exponent.substring(1))) <= MAX_EXPONENT);
    if (onePoint && smallExponent && digits.length() <= MAX_DIGITS) {
      last = sign + digits + exponent;
      count++;
    }
  }

  /** {@code e-3} after the digits; empty if there is none. */
  private String exponent() {
    if (at(position) != 'e' && at(position) != 'E') {
      return "";
    }
    int end = position + 1;
    if (at(end) == '-' || at(end) == '+') {
      end++;
    }
    if (!isDigit(end)) {
      return "";
    }
    while (isDigit(end)) {
      end++;
    }
    if (isLetter(end)) {
      return "";
    }
    String exponent = text.substring(position, end);
    position = end;
    return exponent;
  }

  private boolean isNegative(int start) {
    int sign = isCurrency(start - 1) ? start - 2 : start - 1;
    if (at(sign) != '-' && at(sign) != '\u2212') {
      return false;
    }
    int before = sign - 1;
    return !isDigit(before) && !isLetter(before) && ")]}%".indexOf(at(before)) < 0;
  }

  /** {@code 1,234,567.8}, or {@code 12,34,567} as in India: the last group has three digits. */
  private static boolean isGrouped(String digits) {
    int point = digits.indexOf('.');
    String[] groups = (point < 0 ? digits : digits.substring(0, point)).split(",", -1);
    if (groups.length < 2 || groups[0].length() > 3 || groups[0].startsWith("0")) {
      return false;
    }
    for (int group = 1; group < groups.length - 1; group++) {
      if (groups[group].length() < 2 || groups[group].length() > 3) {
        return false;
      }
    }
    boolean fractionIsPlain = point < 0 || digits.indexOf(',', point) < 0;
    return groups[groups.length - 1].length() == 3 && !groups[0].isEmpty() && fractionIsPlain;
  }

  private char at(int index) {
    return index >= 0 && index < text.length() ? text.charAt(index) : ' ';
  }

  private boolean isDigit(int index) {
    return at(index) >= '0' && at(index) <= '9';
  }

  /** Letters of English only: in Chinese, say, a number may follow a word without a space. */
  private boolean isLetter(int index) {
    char lower = (char) (at(index) | 0x20);
    return lower >= 'a' && lower <= 'z';
  }

  private boolean isSeparator(int index) {
    return at(index) == ',' || at(index) == '.';
  }

  private boolean isJoin(int index) {
    return at(index) == '/' || at(index) == ':' || at(index) == '^';
  }

  private boolean isCurrency(int index) {
    return Character.getType(at(index)) == Character.CURRENCY_SYMBOL;
  }
}
