package io.hone.executor.model;

import io.hone.conf.UserException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The files that make a tokenizer, as bytes: executors share no disk with the driver.
 *
 * @param files content by file name
 */
public record TokenizerFiles(Map<String, byte[]> files) implements Serializable {
  private static final List<String> NAMES =
      List.of(
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "chat_template.jinja",
          "generation_config.json",
          "config.json");

  /** Reads the files that are there. */
  public static TokenizerFiles read(Path directory) {
    TreeMap<String, byte[]> files = new TreeMap<>();
    for (String name : NAMES) {
      Path file = directory.resolve(name);
      if (Files.isRegularFile(file)) {
        try {
          files.put(name, Files.readAllBytes(file));
        } catch (IOException failure) {
          throw new UserException(file + ": cannot be read (" + failure.getMessage() + ")");
        }
      }
    }
    return new TokenizerFiles(files);
  }

  /** Of names and contents. */
  public long fingerprint() {
    CRC32C checksum = new CRC32C();
    files.forEach(
        (name, content) -> {
          checksum.update(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
          checksum.update(content);
        });
    return checksum.getValue();
  }

  /** Writes the files into an existing directory. */
  void writeTo(Path directory) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
  }
}
