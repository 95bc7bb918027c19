package io.hone.executor.reward.sql;

import org.apache.spark.unsafe.types.UTF8String;

/**
 * Functions of text whose time or space Spark does not bound. Public since Spark's expressions call
 * them by reflection.
 */
public final class BoundedText {
  /** The longest text that a query may make, in bytes. */
  static final int MAXIMUM_BYTES = 1 << 16;

  private static final int ESCAPE = '\\';

  private BoundedText() {}

  /**
   * Whether a whole text has the form of a pattern of LIKE, in which {@code %} stands for any text,
   * {@code _} for any character, and a backslash takes the meaning from what follows. Takes time
   * proportional to the product of both lengths at most.
   */
  public static boolean like(UTF8String text, UTF8String pattern) {
    takeProduct(text, pattern);
    int[] form = pattern.toString().codePoints().toArray();
    int[] characters = text.toString().codePoints().toArray();
    int at = 0;
    int formAt = 0;
    int anyAt = -1;
    int resumeAt = 0;
    while (at < characters.length) {
      boolean escaped = formAt + 1 < form.length && form[formAt] == ESCAPE;
      if (formAt < form.length && form[formAt] == '%') {
        anyAt = formAt++;
        resumeAt = at;
      } else if (formAt < form.length
          && (escaped
              ? form[formAt + 1] == characters[at]
              : form[formAt] == '_' || form[formAt] == characters[at])) {
        formAt += escaped ? 2 : 1;
        at++;
      } else if (anyAt >= 0) {
        formAt = anyAt + 1;
        at = ++resumeAt;
      } else {
        return false;
      }
    }
    while (formAt < form.length && form[formAt] == '%') {
      formAt++;
    }
    return formAt == form.length;
  }

  /** The text with one part in place of another, as long as that does not become too long. */
  public static UTF8String replace(UTF8String text, UTF8String search, UTF8String replacement) {
    if (search.numBytes() == 0) {
      return text;
    }
    takeProduct(text, search);
    String part = search.toString();
    String all = text.toString();
    long times = 0;
    for (int at = all.indexOf(part); at >= 0; at = all.indexOf(part, at + part.length())) {
      times++;
    }
    requireShort(
        text.numBytes() + times * ((long) replacement.numBytes() - (long) search.numBytes()));
    return UTF8String.fromString(all.replace(part, replacement.toString()));
  }

  /** Where a text has a part for the first time, in characters from 1; 0 if it has none. */
  public static int instr(UTF8String text, UTF8String part) {
    takeProduct(text, part);
    return text.indexOf(part, 0) + 1;
  }

  /** The same with the part first. */
  public static int position(UTF8String part, UTF8String text) {
    return instr(text, part);
  }

  /** Whether a text has a part. */
  public static boolean contains(UTF8String text, UTF8String part) {
    takeProduct(text, part);
    return text.contains(part);
  }

  /** Looking for one text in another may compare each place with all of it. */
  private static void takeProduct(UTF8String text, UTF8String part) {
    Steps.current().takeBytes((long) text.numBytes() * part.numBytes());
  }

  static void requireShort(long bytes) {
    if (bytes > MAXIMUM_BYTES) {
      throw QueryEnd.stopped("the query makes a text of more than " + MAXIMUM_BYTES + " bytes");
    }
  }
}
