package io.hone.driver.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.hone.conf.DataConfig.OnError;
import io.hone.conf.UserException;
import io.hone.executor.table.HadoopFiles;
import io.hone.executor.table.StorageFailures;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/**
 * Reads a file of one JSON object a line, compressed or not, through Hadoop's file systems. Blank
 * lines do not count; a line that is not UTF-8, not an object or too long is a bad row, like one
 * that the reader of its row refuses.
 */
public final class JsonLines {
  /** Longer lines are bad rows: nothing that a model reads is as long. */
  static final int MAXIMUM_LINE_BYTES = 64 << 20;

  private static final int EXCERPT = 40;
  private static final TypeReference<LinkedHashMap<String, Object>> OBJECT =
      new TypeReference<>() {};
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();
  private static final ObjectWriter SORTED =
      JSON.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

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
   * @throws UserException if the file cannot be read, holds no usable row, or a row is bad and
   *     {@code on-error} is {@code fail}; the message names file and line
   */
  public <T> DataSet<T> read(Configuration hadoop, RowReader<T> reader) {
    List<T> items = new ArrayList<>();
    RowFingerprint fingerprint = new RowFingerprint();
    long skipped = 0;
    String firstBad = "";
    LineReader lines = null;
    try (InputStream in = open(hadoop)) {
      lines = new LineReader(in, MAXIMUM_LINE_BYTES);
      while (items.size() < limit && lines.next()) {
        if (lines.isBlank()) {
          continue;
        }
        try {
          Map<String, Object> columns = row(lines.text());
          items.add(reader.read(columns));
          fingerprint.add(json(columns));
        } catch (BadRowException bad) {
          String problem = path + ":" + lines.number() + ": " + bad.getMessage();
          if (onError == OnError.FAIL) {
            throw new UserException(problem + advice);
          }
          firstBad = skipped == 0 ? problem : firstBad;
          skipped++;
        }
      }
    } catch (IOException failure) {
      throw unreadable(lines, failure);
    }
    if (items.isEmpty()) {
      throw new UserException(
          path
              + ": has no usable row (expected one JSON object a line)"
              + (skipped > 0
                  ? "; " + skipped + " bad ones were skipped, the first: " + firstBad
                  : ""));
    }
    return new DataSet<>(items, skipped, fingerprint.digits());
  }

  private UserException unreadable(LineReader lines, IOException failure) {
    if (lines == null || lines.number() == 0) {
      return StorageFailures.cannotRead(new Path(path), failure);
    }
    return new UserException(
        "%s: cannot be read behind line %d: %s (expected a complete file)"
            .formatted(path, lines.number(), failure.getMessage()),
        failure);
  }

  private InputStream open(Configuration hadoop) throws IOException {
    Path file;
    try {
      file = new Path(path);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "data file \"%s\": %s (expected a path, or an address such as hdfs://host/path)"
              .formatted(path, e.getMessage()),
          e);
    }
    FileSystem fileSystem = HadoopFiles.fileSystem(file, hadoop);
    if (fileSystem.getFileStatus(file).isDirectory()) {
      throw new UserException(path + ": is a directory (expected a file of JSON lines)");
    }
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    InputStream raw = fileSystem.open(file);
    try {
      return codec == null ? raw : codec.createInputStream(raw);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw new UserException(
          "%s: cannot be decompressed: %s (expected plain text or .gz)"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /** A row as JSON. */
  public static String json(Map<String, Object> columns) {
    return write(JSON.writer(), columns);
  }

  /** A row as JSON, the same whatever the order of its columns. */
  static String sortedJson(Map<String, Object> columns) {
    return write(SORTED, columns);
  }

  private static String write(ObjectWriter writer, Map<String, Object> columns) {
    try {
      return writer.writeValueAsString(columns);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a row of JSON values is not JSON", impossible);
    }
  }

  /**
   * A row from JSON.
   *
   * @throws BadRowException if the text is no JSON object
   */
  public static Map<String, Object> row(String text) throws BadRowException {
    if (!text.stripLeading().startsWith("{")) {
      throw new BadRowException(
          excerpt(text) + " is not a JSON object (expected {\"column\": value, ...})");
    }
    try {
      return JSON.readValue(text, OBJECT);
    } catch (JsonProcessingException notJson) {
      throw new BadRowException(
          "%s is not JSON: %s (expected one object a line)"
              .formatted(excerpt(text), notJson.getOriginalMessage()));
    }
  }

  private static String excerpt(String text) {
    String start = text.strip();
    return "'" + (start.length() > EXCERPT ? start.substring(0, EXCERPT) + "..." : start) + "'";
  }
}
