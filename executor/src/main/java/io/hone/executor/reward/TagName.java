package io.hone.executor.reward;

import io.hone.conf.Validated.Problems;

/** The name between the angle brackets of a tag, as options hold it. */
final class TagName {
  private static final String FORM = "[\\p{L}_][\\p{L}\\p{N}_-]{0,63}";

  private TagName() {}

  /** Reports what is wrong with the name that an option holds; whether nothing is. */
  static boolean report(String key, String tag, Problems problems) {
    boolean valid = tag.matches(FORM);
    if (!valid) {
      problems.add(key, "'" + tag + "' is no name of a tag (expected letters, digits, _ and -)");
    }
    return valid;
  }
}
