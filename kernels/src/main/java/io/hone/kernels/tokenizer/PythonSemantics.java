package io.hone.kernels.tokenizer;

import com.hubspot.jinjava.objects.SafeString;
import com.hubspot.jinjava.objects.serialization.PyishObjectMapper;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What Python means by truth, equality, plus and slices, where Jinjava follows Java's expression
 * language, which converts types: there {@code "" == false} holds, {@code "false"} is false, and
 * text plus nothing is text with "null" in it.
 */
final class PythonSemantics {
  /** Characters of a rendered conversation, and of any text on the way. */
  static final int MAX_CHARACTERS = 1 << 24;

  /** Elements of any list or map. */
  static final int MAX_ELEMENTS = 1 << 16;

  private PythonSemantics() {}

  /** Nothing, false, zero and whatever is empty are false. */
  static boolean isTrue(Object value) {
    if (value == null) {
      return false;
    }
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (value instanceof CharSequence text) {
      return text.length() > 0;
    }
    if (value instanceof Collection<?> elements) {
      return !elements.isEmpty();
    }
    return !(value instanceof Map<?, ?> map && map.isEmpty());
  }

  /**
   * What printing writes, without quotes around text; nothing is written for an undefined value.
   */
  static String print(Object value) {
    if (value instanceof String || value instanceof SafeString) {
      return value.toString();
    }
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    return value == null ? "" : PyishObjectMapper.getAsUnquotedPyishString(value);
  }

  /**
   * Both texts.
   *
   * @throws TemplateFailure if they are longer than {@link #MAX_CHARACTERS}
   */
  static String concatenate(String left, String right) {
    requireLength((long) left.length() + right.length());
    return left + right;
  }

  /** Throws a {@link TemplateFailure} if a text of so many characters would be too long. */
  static void requireLength(long characters) {
    if (characters > MAX_CHARACTERS) {
      throw new TemplateFailure("a text grows beyond " + MAX_CHARACTERS + " characters");
    }
  }

  /** Numbers and truth values are compared as numbers, everything else within its own type. */
  static boolean areEqual(Object left, Object right) {
    BigDecimal leftNumber = number(left);
    BigDecimal rightNumber = number(right);
    if (leftNumber != null && rightNumber != null) {
      return leftNumber.compareTo(rightNumber) == 0;
    }
    return Objects.equals(left, right);
  }

  /**
   * The sum of two numbers, two texts or two lists.
   *
   * @throws TemplateFailure for anything else
   */
  static Object add(Object left, Object right) {
    if (left instanceof String leftText && right instanceof String rightText) {
      return concatenate(leftText, rightText);
    }
    if (left instanceof Collection<?> leftElements
        && right instanceof Collection<?> rightElements) {
      if ((long) leftElements.size() + rightElements.size() > MAX_ELEMENTS) {
        throw new TemplateFailure("a list grows beyond " + MAX_ELEMENTS + " elements");
      }
      List<Object> elements = new ArrayList<>(leftElements);
      elements.addAll(rightElements);
      return elements;
    }
    if (isWhole(left) && isWhole(right)) {
      return ((Number) left).longValue() + ((Number) right).longValue();
    }
    if (left instanceof Number leftNumber && right instanceof Number rightNumber) {
      return leftNumber.doubleValue() + rightNumber.doubleValue();
    }
    throw new TemplateFailure("cannot add " + typeName(right) + " to " + typeName(left));
  }

  /**
   * {@code sequence[start:end:step]} of a list or a text (by code points).
   *
   * @param start null for the beginning in the direction of the step
   * @param end null for the end in the direction of the step
   * @param step null for 1
   * @throws TemplateFailure if the sequence is none, a bound is no whole number, or the step is 0
   */
  static Object slice(Object sequence, Object start, Object end, Object step) {
    long stride = step == null ? 1 : whole(step);
    if (stride == 0) {
      throw new TemplateFailure("the step of a slice is 0");
    }
    if (sequence instanceof List<?> elements) {
      return indices(elements.size(), start, end, stride)
          .mapToObj(elements::get)
          .collect(Collectors.toCollection(ArrayList::new));
    }
    if (sequence instanceof String text) {
      int[] codePoints = text.codePoints().toArray();
      StringBuilder result = new StringBuilder();
      indices(codePoints.length, start, end, stride)
          .forEach(index -> result.appendCodePoint(codePoints[index]));
      return result.toString();
    }
    throw new TemplateFailure("cannot slice " + typeName(sequence));
  }

  /**
   * {@code range(end)} or {@code range(start, end[, step])} as a list.
   *
   * @throws TemplateFailure if an argument is no whole number, the step is 0, or the list is too
   *     long
   */
  static List<Object> range(Object first, Object... others) {
    long start = others.length == 0 ? 0 : whole(first);
    long end = whole(others.length == 0 ? first : others[0]);
    long step = others.length < 2 ? 1 : whole(others[1]);
    if (step == 0 || others.length > 2) {
      throw new TemplateFailure("range needs one to three numbers, the third not 0");
    }
    List<Object> numbers = new ArrayList<>();
    for (long i = start; step > 0 ? i < end : i > end; i += step) {
      if (numbers.size() == MAX_ELEMENTS) {
        throw new TemplateFailure("a range has more than " + MAX_ELEMENTS + " numbers");
      }
      numbers.add(i);
    }
    return numbers;
  }

  /** The rules of Python's {@code slice.indices}. */
  private static IntStream indices(int size, Object start, Object end, long stride) {
    long lowest = stride > 0 ? 0 : -1;
    long highest = stride > 0 ? size : size - 1L;
    long first =
        start == null ? (stride > 0 ? lowest : highest) : bound(start, size, lowest, highest);
    long last = end == null ? (stride > 0 ? highest : lowest) : bound(end, size, lowest, highest);
    return LongStream.iterate(
            first, index -> stride > 0 ? index < last : index > last, index -> index + stride)
        .mapToInt(Math::toIntExact);
  }

  private static long bound(Object value, int size, long lowest, long highest) {
    long index = whole(value);
    return Math.max(lowest, Math.min(highest, index < 0 ? index + size : index));
  }

  private static long whole(Object value) {
    if (isWhole(value)) {
      return ((Number) value).longValue();
    }
    throw new TemplateFailure("expected a whole number, not " + typeName(value));
  }

  private static boolean isWhole(Object value) {
    return value instanceof Integer || value instanceof Long;
  }

  private static BigDecimal number(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    return value instanceof Number number ? new BigDecimal(number.toString()) : null;
  }

  private static String typeName(Object value) {
    if (value == null) {
      return "an undefined value";
    }
    return value instanceof String ? "text" : "a " + value.getClass().getSimpleName();
  }
}
