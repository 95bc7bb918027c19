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
      List<Segment> segments = new ArrayList<>();
      int start = 0;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
        add(segments, text, start, end);
        start = end + 1;
      }
      add(segments, text, start, text.length());
      return segments;
    }
  },
  @Doc("at empty lines")
  PARAGRAPHS {
    @Override
    List<Segment> cut(String text) {
      List<Segment> segments = new ArrayList<>();
      int start = 0;
      int line = 0;
      while (line <= text.length()) {
        int found = text.indexOf('\n', line);
        int end = found < 0 ? text.length() : found;
        if (text.substring(line, end).isBlank()) {
          add(segments, text, start, line);
          start = end;
        }
        line = end + 1;
      }
      add(segments, text, start, text.length());
      return segments;
    }
  },
  @Doc("at the ends of sentences, by the rules of Unicode for English")
  SENTENCES {
    @Override
    List<Segment> cut(String text) {
      return sentences(text, false);
    }
  },
  @Doc("at the ends of sentences, and behind commas, semicolons and colons before white space")
  CLAUSES {
    @Override
    List<Segment> cut(String text) {
      return sentences(text, true);
    }
  },
  @Doc("behind closing tags, such as `</think>`")
  TAGS {
    @Override
    List<Segment> cut(String text) {
      List<Segment> segments = new ArrayList<>();
      int start = 0;
      for (int tag = text.indexOf("</"); tag >= 0; tag = text.indexOf("</", start)) {
        int close = text.indexOf('>', tag);
        if (close < 0) {
          break;
        }
        add(segments, text, start, close + 1);
        start = close + 1;
      }
      add(segments, text, start, text.length());
      return segments;
    }
  };

  /**
   * A part of a text.
   *
   * @param end index behind its last character that is no white space
   */
  record Segment(String text, int end) {
    /** Index of its first character, which is no white space. */
    int start() {
      return end - text.length();
    }
  }

  /** The parts in their order. */
  abstract List<Segment> cut(String text);

  private static List<Segment> sentences(String text, boolean clauses) {
    BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    sentences.setText(text);
    List<Segment> segments = new ArrayList<>();
    int start = sentences.first();
    for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
      for (int index = start + 1; clauses && index < end; index++) {
        if (",;:".indexOf(text.charAt(index - 1)) >= 0
            && Character.isWhitespace(text.charAt(index))) {
          add(segments, text, start, index);
          start = index;
        }
      }
      add(segments, text, start, end);
      start = end;
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
