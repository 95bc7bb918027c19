package io.hone.driver.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads lines of UTF-8, which end with a line feed, with or without a carriage return before it. Of
 * a line that is too long only the beginning is kept, so that memory is bounded whatever the file
 * is. A byte order mark at the start of the file is passed over.
 */
final class LineReader {
  private static final int BUFFER = 1 << 16;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final int maximumBytes;
  private final byte[] buffer = new byte[BUFFER];
  private int start;
  private int end;
  private byte[] line = new byte[BUFFER];
  private int length;
  private boolean tooLong;
  private long number;

  /**
   * @param maximumBytes longest line that can be read, its end not counted
   */
  LineReader(InputStream in, int maximumBytes) {
    this.in = in;
    this.maximumBytes = maximumBytes;
  }

  /** Goes to the next line; false at the end of the file. */
  boolean next() throws IOException {
    length = 0;
    tooLong = false;
    boolean any = false;
    while (fill()) {
      any = true;
      int lineFeed = start;
      while (lineFeed < end && buffer[lineFeed] != '\n') {
        lineFeed++;
      }
      append(lineFeed - start);
      boolean ended = lineFeed < end;
      start = ended ? lineFeed + 1 : end;
      if (ended) {
        break;
      }
    }
    if (any) {
      number++;
      trim();
    }
    return any;
  }

  private boolean fill() throws IOException {
    if (start < end) {
      return true;
    }
    start = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private void append(int count) {
    // One more than is allowed, so that a carriage return can be told from a longer line.
    int kept = Math.min(count, maximumBytes + 1 - length);
    tooLong |= kept < count;
    if (length + kept > line.length) {
      int doubled = (int) Math.min(2L * line.length, maximumBytes + 1L);
      line = Arrays.copyOf(line, Math.max(length + kept, doubled));
    }
    System.arraycopy(buffer, start, line, length, kept);
    length += kept;
  }

  private void trim() {
    if (!tooLong && length > 0 && line[length - 1] == '\r') {
      length--;
    }
    tooLong |= length > maximumBytes;
    if (number == 1 && startsWithByteOrderMark()) {
      length -= BYTE_ORDER_MARK.length;
      System.arraycopy(line, BYTE_ORDER_MARK.length, line, 0, length);
    }
  }

  private boolean startsWithByteOrderMark() {
    int mark = BYTE_ORDER_MARK.length;
    return length >= mark && Arrays.equals(line, 0, mark, BYTE_ORDER_MARK, 0, mark);
  }

  /** Number of the line, from 1. */
  long number() {
    return number;
  }

  /** Whether the line has nothing but white space. */
  boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /**
   * The line without its end.
   *
   * @throws BadRowException if it is too long or not UTF-8
   */
  String text() throws BadRowException {
    if (tooLong) {
      throw new BadRowException(
          "the line is longer than %d bytes (expected one row a line)".formatted(maximumBytes));
    }
    try {
      // A new decoder reports what is malformed; String's constructor would replace it.
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line, 0, length))
          .toString();
    } catch (CharacterCodingException malformed) {
      throw new BadRowException("the line is not UTF-8 (expected text in UTF-8, or a .gz file)");
    }
  }
}
