package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Validated;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * 1 for a completion of the form {@code <think>...</think><answer>...</answer>}, else 0: each tag
 * exactly once, in order, and nothing outside (R1-Reward, Zhang et al. 2025).
 */
final class FormatScorer implements Scorer {
  private final Options options;

  FormatScorer(Options options) {
    this.options = options;
  }

  @Override
  public Score score(Sample sample) {
    return Score.of(isWellFormed(sample.completion()) ? 1 : 0);
  }

  private boolean isWellFormed(String text) {
    int position = 0;
    for (String tag : options.tags()) {
      String opening = "<" + tag + ">";
      String closing = "</" + tag + ">";
      boolean isOpen = options.opened() && tag.equals(options.tags().get(0));
      int start = isOpen ? startOfOpened(text, opening) : onlyIndex(text, opening);
      int end = onlyIndex(text, closing);
      if (start < position || end < start || !isGap(text, position, start)) {
        return false;
      }
      position = end + closing.length();
    }
    return isGap(text, position, text.length());
  }

  /** Where a piece of text is; -1 if it is nowhere or more than once. */
  private static int onlyIndex(String text, String piece) {
    int index = text.indexOf(piece);
    return index == text.lastIndexOf(piece) ? index : -1;
  }

  /** The prompt has opened it, so that nothing else may. */
  private static int startOfOpened(String text, String opening) {
    return text.contains(opening) ? -1 : 0;
  }

  private boolean isGap(String text, int start, int end) {
    return switch (options.outside()) {
      case NOTHING -> start == end;
      case WHITESPACE -> text.substring(start, end).isBlank();
      case TEXT_BEHIND -> end == text.length() || text.substring(start, end).isBlank();
      case TEXT -> true;
    };
  }

  @Doc(
      "1 where the completion is a row of tagged parts, each tag exactly once, in order, and nothing"
          + " outside; else 0. The thinking format of TRL is `tags: [think], outside: text-behind`.")
  record Options(
      @Doc("Names of the tags, in order.") @Default("[think, answer]") List<String> tags,
      @Doc("What may stand before, between and after the parts.") @Default("whitespace")
          Outside outside,
      @Doc("Whether the prompt ends with the first tag, so that the completion begins behind it.")
          @Default("false")
          boolean opened)
      implements Validated {
    Options {
      tags = List.copyOf(tags);
    }

    @Override
    public void validate(Problems problems) {
      if (tags.isEmpty()) {
        problems.add("tags", "is empty (expected the name of a tag)");
      }
      Set<String> seen = new HashSet<>();
      for (int index = 0; index < tags.size(); index++) {
        String tag = tags.get(index);
        String key = "tags[" + index + "]";
        if (TagName.report(key, tag, problems) && !seen.add(tag)) {
          problems.add(key, "'" + tag + "' is there twice (expected each tag once)");
        }
      }
    }
  }

  /** What may stand outside the parts. */
  enum Outside {
    @Doc("nothing")
    NOTHING,
    @Doc("white space")
    WHITESPACE,
    @Doc("white space, and behind the last part any text")
    TEXT_BEHIND,
    @Doc("any text")
    TEXT
  }
}
