package io.hone.executor.reward.answer;

import io.hone.executor.reward.metric.LowerCase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Words of a text: runs of characters between white space. */
public final class Words {
  private Words() {}

  /** All words in order. */
  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int index = 0; index <= text.length(); index++) {
      if (index == text.length() || Character.isWhitespace(text.charAt(index))) {
        if (index > start) {
          words.add(text.substring(start, index));
        }
        start = index + 1;
      }
    }
    return words;
  }

  /**
   * The share of n-grams of words that occurred before: {@code 1 - different n-grams / n-grams},
   * without regard to case. 0 for a text of fewer than n words.
   */
  public static double repetition(String text, int n) {
    List<String> words = of(LowerCase.of(text));
    int count = words.size() - n + 1;
    if (count <= 0) {
      return 0;
    }
    Set<String> different = new HashSet<>();
    for (int start = 0; start < count; start++) {
      different.add(String.join(" ", words.subList(start, start + n)));
    }
    return 1 - (double) different.size() / count;
  }
}
