package io.hone.driver.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hone.conf.DataConfig.OnError;
import io.hone.conf.UserException;
import io.hone.executor.table.HadoopFiles;
import io.hone.executor.table.StorageFailures;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * Reads files of one JSON object a line, compressed or not, through Hadoop's file systems. Blank lines do not count; a line
 * that is not UTF-8, not an object or too long is a bad row like one that its reader refuses.
 */
public final class JsonLines {
  /** Longer lines are bad rows: nothing that a model reads is as long. */
  static final int MAXIMUM_LINE_BYTES = 64 << 20;

  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final int BUFFER = 1 << 16;
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT = new TypeReference<>() {};
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private final String path;
  private final OnError onError;
  private final long limit;
  private final String advice;

  /**
   * @param path a path or address that Hadoop knows
   * @param onError what a bad row does
   * @param limit most items to read
   */
  public JsonLines(String path, OnError onError, long limit) {
    this(path, onError, limit, "; data.on-error: skip leaves such rows out");
  }

  private JsonLines(String path, OnError onError, long limit, String advice) {
    this.path = path;
    this.onError = onError;
    this.limit = limit;
    this.advice = advice;
  }

  /** A file of which every row counts, such as one that is answered row by row. */
  public static JsonLines strict(String path) {
    return new JsonLines(path, OnError.FAIL, Long.MAX_VALUE, "");
  }

  /**
   * Reads all rows.
   *
   * @throws UserException if the file cannot be read, holds no usable row, or a row is bad and {@code on-error} is
   *     {@code fail}; the message names file and line
   */
  public <T> DataSet<T> read(Configuration hadoop, RowReader<T> reader) {
    Path file = new Path(path);
    List<T> items = new ArrayList<>();
    RowFingerprint fingerprint = new RowFingerprint();
    long skipped = 0;
    try (InputStream in = open(file, hadoop)) {
      Line line = new Line();
      while (items.size() < limit && line.next(in)) {
        if (line.isBlank()) {
          continue;
        }
        try {
          Map<String, Object> columns = parse(line);
          items.add(reader.read(columns));
          fingerprint.add(json(columns));
        } catch (BadRowException bad) {
          if (onError == OnError.FAIL) {
            throw new UserException(
                path + ":" + line.number + ": " + bad.getMessage() + advice);
          }
          skipped++;
        }
      }
    } catch (IOException failure) {
      throw StorageFailures.cannotRead(file, failure);
    }
    if (items.isEmpty()) {
      throw new UserException(
          path
              + ": has no usable row"
              + (skipped > 0 ? ", " + skipped + " bad ones were skipped" : "")
              + " (expected one JSON object a line)");
    }
    return new DataSet<>(items, skipped, fingerprint.digits());
  }

  private static InputStream open(Path file, Configuration hadoop) throws IOException {
    if (HadoopFiles.fileSystem(file, hadoop).getFileStatus(file).isDirectory()) {
      throw new UserException(file + ": is a directory (expected a file of JSON lines)");
    }
    InputStream raw = HadoopFiles.fileSystem(file, hadoop).open(file);
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    return new BufferedInputStream(codec == null ? raw : codec.createInputStream(raw), BUFFER);
  }

  /** A row as JSON. */
  public static String json(Map<String, Object> columns) {
    try {
      return JSON.writeValueAsString(columns);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a row of JSON values is not JSON", impossible);
    }
  }

  private static Map<String, Object> parse(Line line) throws BadRowException {
    String text = line.text();
    try {
      if (!text.stripLeading().startsWith("{")) {
        throw new BadRowException(excerpt(text) + " is not a JSON object (expected {\"column\": value, ...})");
      }
      return JSON.readValue(text, OBJECT);
    } catch (JsonProcessingException notJson) {
      throw new BadRowException(
          excerpt(text) + " is not JSON: " + notJson.getOriginalMessage() + " (expected one object a line)");
    }
  }

  private static String excerpt(String text) {
    String start = text.strip();
    return "'" + (start.length() > 40 ? start.substring(0, 40) + "..." : start) + "'";
  }

  /** One line at a time, bounded. */
  private static final class Line {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(BUFFER);
    private boolean tooLong;
    private long number;

    boolean next(InputStream in) throws IOException {
      bytes.reset();
      tooLong = false;
      number++;
      int read = in.read();
      if (read < 0) {
        return false;
      }
      while (read >= 0 && read != '\n') {
        if (bytes.size() < MAXIMUM_LINE_BYTES) {
          bytes.write(read);
        } else {
          tooLong = true;
        }
        read = in.read();
      }
      return true;
    }

    boolean isBlank() {
      for (byte b : bytes.toByteArray()) {
        if (b != ' ' && b != '\t' && b != '\r') {
          return false;
        }
      }
      return true;
    }

    String text() throws BadRowException {
      if (tooLong) {
        throw new BadRowException("the line is longer than " + (MAXIMUM_LINE_BYTES >> 20) + " MiB");
      }
      try {
        String text =
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes.toByteArray()))
                .toString();
        return number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK
            ? text.substring(1)
            : text;
      } catch (CharacterCodingException malformed) {
        throw new BadRowException("the line is not UTF-8");
      }
    }
  }
}
