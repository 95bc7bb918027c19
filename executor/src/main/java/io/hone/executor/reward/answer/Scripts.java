package io.hone.executor.reward.answer;

import java.lang.Character.UnicodeScript;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** In which scripts of Unicode a text is written. */
public final class Scripts {
  /** What has no script of its own, such as digits and accents that are characters. */
  private static final Set<UnicodeScript> NONE =
      Set.of(UnicodeScript.COMMON, UnicodeScript.INHERITED, UnicodeScript.UNKNOWN);

  private Scripts() {}

  /** The script of a name or code of ISO 15924, such as {@code latin} or {@code Hani}. */
  public static Optional<UnicodeScript> named(String name) {
    try {
      return Optional.of(UnicodeScript.forName(name.strip()))
          .filter(script -> !NONE.contains(script));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The share of a text's letters that are of one of some scripts; empty if it has no letters. */
  public static OptionalDouble share(String text, Set<UnicodeScript> scripts) {
    long letters = 0;
    long wanted = 0;
    for (int index = 0; index < text.length(); ) {
      int point = text.codePointAt(index);
      UnicodeScript script = UnicodeScript.of(point);
      if (Character.isLetter(point) && !NONE.contains(script)) {
        letters++;
        wanted += scripts.contains(script) ? 1 : 0;
      }
      index += Character.charCount(point);
    }
    return letters == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) wanted / letters);
  }
}
