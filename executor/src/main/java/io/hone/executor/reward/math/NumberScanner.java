package io.hone.executor.reward.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds numbers in text, in one pass.
 *
 * <p>Read are whole and decimal numbers with a sign and thousands separated by commas, or as LaTeX
 * has it ({@code 18}, {@code -1,234.50}, {@code 1{,}234}, {@code .5}), with an exponent ({@code
 * 2e-3}, {@code 1.5 × 10^3}, {@code 1.5 \times 10^{-3}}), fractions and mixed numbers ({@code 1/2},
 * {@code 3 1/2}, {@code 3\frac{1}{2}}, {@code \dfrac12}). What stands around them is ignored: a
 * currency sign (also between sign and digits, {@code -$5}), a percent sign, units, the period that
 * ends a sentence. Not read is what is only part of something else: of a word ({@code H2O}), a
 * power ({@code 2^3, cm^2}), an index ({@code x_1}), a ratio or date ({@code 10:30, 1/2/2024}), a
 * version or address ({@code 1.2.3}). A hyphen after a word, number or closing bracket is no sign.
 * Of numbers joined by commas ({@code 1,2,3}) each counts.
 */
public final class NumberScanner {
  /** Longer ones are no answer, and arithmetic on them is slow. */
  private static final int MAX_DIGITS = 400;

  private static final int MAX_EXPONENT = 400;

  // Without repetition but of single marks, so java.util.regex is safe.
  private static final Pattern GROUP_MARK =
      Pattern.compile("(?<=[0-9])(?:\\{,\\}|,\\\\! ?|\\\\[,!])(?=[0-9]{3}(?![0-9]))");

  private static final String[] FRACTIONS = {"\\frac", "\\dfrac", "\\tfrac"};
  private static final String[] TIMES = {"\\times", "\\cdot", "×", "·", "*", "x"};

  private final String text;
  private int position;
  private int count;
  private Found last;

  private NumberScanner(String text) {
    this.text = text;
  }

  /** The last number in a text. */
  public static Optional<FoundNumber> last(String text) {
    NumberScanner numbers = new NumberScanner(withPlainGroups(text));
    numbers.scan();
    return Optional.ofNullable(numbers.last).map(numbers::read);
  }

  /** The number in a text that holds no other. */
  public static Optional<FoundNumber> only(String text) {
    NumberScanner numbers = new NumberScanner(withPlainGroups(text));
    numbers.scan();
    return numbers.count == 1 ? Optional.of(numbers.read(numbers.last)) : Optional.empty();
  }

  /** With commas for what LaTeX has between thousands. */
  private static String withPlainGroups(String text) {
    return text.indexOf('\\') < 0 && text.indexOf('{') < 0
        ? text
        : GROUP_MARK.matcher(text).replaceAll(",");
  }

  /** A number as it is written, made a number only if it is the one that is asked for. */
  private record Found(boolean negative, String decimal, Fraction fraction, int end) {}

  /** Digits over digits, the lower ones not all zeros. */
  private record Fraction(String above, String below, int end) {
    boolean isProper() {
      return new BigInteger(above).compareTo(new BigInteger(below)) < 0;
    }
  }

  private FoundNumber read(Found found) {
    Rational value = Rational.of(new BigDecimal(found.decimal()));
    if (found.fraction() != null) {
      value =
          value.plus(
              new Rational(
                  new BigInteger(found.fraction().above()),
                  new BigInteger(found.fraction().below())));
    }
    int behind = at(found.end()) == ' ' ? found.end() + 1 : found.end();
    boolean percent =
        text.startsWith("%", behind)
            || text.startsWith("\\%", behind)
            || text.startsWith("percent", behind);
    return new FoundNumber(
        found.negative() ? value.negated() : value,
        percent,
        Unit.leading(
            text.substring(found.end(), Math.min(text.length(), found.end() + Unit.MAX_LENGTH))));
  }

  private void scan() {
    while (position < text.length()) {
      char next = text.charAt(position);
      if (next >= '0' && next <= '9'
          || (next == '.' && isDigit(position + 1) && at(position - 1) != '.')) {
        number();
      } else if (next == '\\') {
        latexFraction();
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
    boolean isPart =
        isLetter(start - 1) || isRaised(start) || (isJoin(start - 1) && isDigit(start - 2));
    boolean mayBeginFraction = !isPart && !isJoin(start - 1) && isWhole(digits);
    Fraction fraction = mayBeginFraction ? fractionBehind(start) : null;
    if (fraction != null) {
      position = fraction.end();
      boolean isMixed = text.charAt(start + digits.length()) != '/';
      accept(isNegative(start), isMixed ? digits : "0", fraction);
      return;
    }
    String exponent = exponent();
    if (isPart || (isJoin(position) && isDigit(position + 1))) {
      return;
    }
    boolean negative = isNegative(start);
    if (isGrouped(digits)) {
      accept(negative, digits.replace(",", ""), exponent);
      return;
    }
    String[] items = digits.split(",", -1);
    for (int item = 0; item < items.length; item++) {
      boolean isLast = item == items.length - 1;
      accept(negative && item == 0, items[item], isLast ? exponent : "");
    }
  }

  private void accept(boolean negative, String digits, String exponent) {
    boolean onePoint = digits.indexOf('.') == digits.lastIndexOf('.');
    boolean smallExponent =
        exponent.isEmpty()
            || (exponent.length() < 6 && Math.abs(Integer.parseInt(exponent)) <= MAX_EXPONENT);
    if (onePoint && smallExponent && digits.length() <= MAX_DIGITS) {
      String decimal = exponent.isEmpty() ? digits : digits + "e" + exponent;
      last = new Found(negative, decimal, null, position);
      count++;
    }
  }

  private void accept(boolean negative, String whole, Fraction fraction) {
    last = new Found(negative, whole, fraction, position);
    count++;
  }

  /**
   * The fraction that whole digits begin ({@code 1/2}) or that makes them a mixed number ({@code 3
   * 1/2}, {@code 3\frac{1}{2}}); null if there is none.
   */
  private Fraction fractionBehind(int start) {
    if (at(position) == '/') {
      return fraction(start, position);
    }
    int next = at(position) == ' ' ? position + 1 : position;
    Fraction part = null;
    if (at(next) == '\\') {
      part = latexFractionAt(next);
    } else if (next > position && isDigit(next)) {
      part = fraction(next, endOfDigits(next));
    }
    return part != null && part.isProper() ? part : null;
  }

  /** Digits from a start to a slash, and digits behind it that no second slash follows. */
  private Fraction fraction(int start, int slash) {
    if (at(slash) != '/' || !isDigit(slash + 1)) {
      return null;
    }
    int end = endOfDigits(slash + 1);
    boolean goesOn = (isJoin(end) || isSeparator(end)) && isDigit(end + 1);
    return goesOn
        ? null
        : fraction(text.substring(start, slash), text.substring(slash + 1, end), end);
  }

  private static Fraction fraction(String above, String below, int end) {
    if (above.equals("-")) {
      return null;
    }
    boolean isShort = above.length() <= MAX_DIGITS && below.length() <= MAX_DIGITS;
    return isShort && below.chars().anyMatch(digit -> digit != '0')
        ? new Fraction(above, below, end)
        : null;
  }

  private void latexFraction() {
    Fraction fraction = latexFractionAt(position);
    if (fraction == null) {
      position++;
    } else {
      int start = position;
      position = fraction.end();
      accept(isNegative(start), "0", fraction);
    }
  }

  /** {@code \frac{1}{2}} or {@code \frac12}; null if it is none, or not of whole numbers. */
  private Fraction latexFractionAt(int start) {
    for (String command : FRACTIONS) {
      if (text.startsWith(command, start)) {
        int middle = endOfArgument(start + command.length(), true);
        int end = middle < 0 ? -1 : endOfArgument(middle, false);
        return end < 0
            ? null
            : fraction(argument(start + command.length(), middle), argument(middle, end), end);
      }
    }
    return null;
  }

  /**
   * Where an argument of digits in braces, or of one digit, ends; -1 if it is none.
   *
   * @param signed whether digits in braces may have a minus
   */
  private int endOfArgument(int start, boolean signed) {
    if (at(start) != '{') {
      return isDigit(start) ? start + 1 : -1;
    }
    int end = endOfDigits(signed && at(start + 1) == '-' ? start + 2 : start + 1);
    return end > start + 1 && at(end) == '}' ? end + 1 : -1;
  }

  private String argument(int start, int end) {
    return text.charAt(start) == '{'
        ? text.substring(start + 1, end - 1)
        : text.substring(start, end);
  }

  /** The exponent behind the digits, such as {@code -3}; empty if there is none. */
  private String exponent() {
    char next = at(position);
    if (next == 'e' || next == 'E') {
      int end = endOfSigned(position + 1);
      return end < 0 || isLetter(end) ? "" : taken(position + 1, end, end);
    }
    int times = next == ' ' ? position + 1 : position;
    for (String sign : TIMES) {
      if (text.startsWith(sign, times)) {
        int ten = times + sign.length() + (at(times + sign.length()) == ' ' ? 1 : 0);
        if (!text.startsWith("10^", ten)) {
          return "";
        }
        int start = ten + 3 + (at(ten + 3) == '{' ? 1 : 0);
        int end = endOfSigned(start);
        boolean inBraces = at(ten + 3) == '{';
        return end < 0 || (inBraces && at(end) != '}')
            ? ""
            : taken(start, end, inBraces ? end + 1 : end);
      }
    }
    return "";
  }

  private String taken(int start, int end, int next) {
    position = next;
    return text.substring(start, end);
  }

  /** Where digits with or without a sign end; -1 if there are none. */
  private int endOfSigned(int start) {
    int digits = at(start) == '-' || at(start) == '+' ? start + 1 : start;
    int end = endOfDigits(digits);
    return end == digits ? -1 : end;
  }

  private int endOfDigits(int start) {
    int end = start;
    while (isDigit(end)) {
      end++;
    }
    return end;
  }

  /** Whether an exponent or index starts here: {@code cm^2}, {@code x_{1}}, {@code 10^{-3}}. */
  private boolean isRaised(int start) {
    int before = at(start - 1) == '-' ? start - 2 : start - 1;
    int sign = at(before) == '{' ? before - 1 : before;
    return at(sign) == '^' || at(sign) == '_';
  }

  private boolean isNegative(int start) {
    int sign = isCurrency(start - 1) ? start - 2 : start - 1;
    if (at(sign) != '-' && at(sign) != '\u2212') {
      return false;
    }
    int before = sign - 1;
    return !isDigit(before) && !isLetter(before) && ")]}%".indexOf(at(before)) < 0;
  }

  private static boolean isWhole(String digits) {
    return digits.indexOf(',') < 0 && digits.indexOf('.') < 0 && digits.length() <= MAX_DIGITS;
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
