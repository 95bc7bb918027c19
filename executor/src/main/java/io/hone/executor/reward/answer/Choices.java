package io.hone.executor.reward.answer;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The choices of a multiple-choice question, numbered from 0 on; the first has the letter A.
 *
 * @param texts of the choices; empty if only their letters are known
 */
public record Choices(List<String> texts) {
  private static final int LETTERS = 26;
  private static final Pattern LETTER = Pattern.compile("[(\\[]?([A-Za-z])[)\\].:]?");

  /** Keeps an unmodifiable copy. */
  public Choices {
    texts = List.copyOf(texts);
  }

  /** How many there are, or may be. */
  public int count() {
    return texts.isEmpty() ? LETTERS : Math.min(LETTERS, texts.size());
  }

  /** The choice that a text names and says nothing else: by its letter or, if known, its text. */
  public OptionalInt named(String text) {
    String name = text.strip();
    Matcher letter = LETTER.matcher(name);
    int number = letter.matches() ? Character.toUpperCase(letter.group(1).charAt(0)) - 'A' : -1;
    if (number >= 0 && number < count()) {
      return OptionalInt.of(number);
    }
    OptionalInt found = OptionalInt.empty();
    for (int index = 0; index < count() && index < texts.size(); index++) {
      if (texts.get(index).strip().equalsIgnoreCase(name)) {
        if (found.isPresent()) {
          return OptionalInt.empty();
        }
        found = OptionalInt.of(index);
      }
    }
    return found;
  }

  /** The choice that a text answers: the one that it names, or that {@link ChoiceLetter} finds. */
  public OptionalInt answered(String text) {
    OptionalInt named = named(text);
    return named.isPresent() ? named : ChoiceLetter.find(text, count());
  }
}
