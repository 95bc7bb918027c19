package io.hone.executor.reward;

import io.hone.conf.Doc;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a completion is cut into parts; parts of nothing but white space are none. */
enum Segmenter {
  @Doc("at line ends")
  LINES {
    @Override
    List<Segment> cut(String text) {
      return between(text, "\n");
    }
  },
  @Doc("at empty lines")
  PARAGRAPHS {
    @Override
    List<Segment> cut(String text) {
      return between(text, "\n\n");
    }
  },
  @Doc("at the ends of sentences, by the rules of Unicode for English")
  SENTENCES {
    @Override
    List<Segment> cut(String text) {
      BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ENGLISH);
      sentences.setText(text);
      List<Segment> segments = new ArrayList<>();
      int start = sentences.first();
      for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
        add(segments, text, start, end);
        start = end;
      }
      return segments;
    }
  };

  /**
   * A part of a text.
   *
   * @param end index behind its last character that is no white space
   */
  record Segment(String text, int end) {}

  /** The parts in their order. */
  abstract List<Segment> cut(String text);

  private static List<Segment> between(String text, String separator) {
    List<Segment> segments = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int found = text.indexOf(separator, start);
      int end = found < 0 ? text.length() : found;
      add(segments, text, start, end);
      start = end + separator.length();
    }
    return segments;
  }

  private static void add(List<Segment> segments, String text, int start, int end) {
    String part = text.substring(start, end).stripTrailing();
    if (!part.isBlank()) {
      segments.add(new Segment(part.stripLeading(), start + part.length()));
    }
  }
}
