package io.hone.jobs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** STAND-IN until the data package has its reader. */
final class InputRows {
  private InputRows() {}

  record Row(String location, Map<String, Object> columns) {
    Object require(String column) {
      if (!columns.containsKey(column)) throw error("lacks column " + column);
      return columns.get(column);
    }

    String requireText(String column) {
      return (String) require(column);
    }

    UserException error(String message) {
      return new UserException(location + ": " + message);
    }
  }

  static List<Row> read(String location, Configuration conf) {
    List<Row> rows = new ArrayList<>();
    try {
      int line = 0;
      for (String text : Files.readAllLines(java.nio.file.Path.of(location))) {
        rows.add(new Row(location + ":" + ++line, new ObjectMapper().readValue(text, new TypeReference<Map<String, Object>>() {})));
      }
    } catch (IOException e) {
      throw new UserException(location + ": " + e.getMessage());
    }
    return rows;
  }
}
