package io.hone.conf;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hone.conf.ConfigNode.Mapping;
import io.hone.conf.ConfigNode.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A YAML text and what to call it; the file is where relative paths begin. */
record ConfigDocument(String source, Optional<Path> file, String text) {

  /** Reads a file, at most as long as {@link YamlReader} takes. */
  static ConfigDocument ofFile(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      // One byte more than allowed tells a long file, and ends reading of an endless one.
      byte[] bytes = stream.readNBytes(YamlReader.MAXIMUM_CHARACTERS + 1);
      if (bytes.length > YamlReader.MAXIMUM_CHARACTERS) {
        throw new UserException(
            file + ": is too long for a configuration (expected at most 1 MiB)");
      }
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new ConfigDocument(file.toString(), Optional.of(file), text);
    } catch (NoSuchFileException e) {
      throw new UserException(file + ": no such file (expected a YAML file)", e);
    } catch (CharacterCodingException e) {
      throw new UserException(file + ": is not UTF-8 text (expected a YAML file)", e);
    } catch (IOException e) {
      String reason = Files.isDirectory(file) ? "it is a directory" : e.getMessage();
      throw new UserException(file + ": cannot be read: " + reason + " (expected a YAML file)", e);
    }
  }

  /** The map that the text holds; an empty text holds an empty one. */
  Mapping read() {
    ConfigNode root = YamlReader.read(source, text);
    if (root.isNull()) {
      return new Mapping("", root.origin(), Map.of());
    }
    if (root instanceof Mapping mapping) {
      return mapping;
    }
    throw root.error(root.describe() + " stands where a map of options must be");
  }

  /** What the value of {@code extends} in this document names. */
  ConfigDocument base(ConfigNode node, List<ConfigDocument> chain) {
    if (!(node instanceof Scalar name)) {
      throw node.error(node.describe() + " stands where a preset or a path must be");
    }
    ConfigDocument base =
        name.text().matches(".*[/\\\\].*|.*\\.ya?ml") ? relative(name) : preset(name);
    if (chain.stream().anyMatch(base::isSame)) {
      String circle =
          Stream.concat(chain.stream(), Stream.of(base))
              .map(ConfigDocument::source)
              .collect(Collectors.joining(" -> "));
      throw name.error("goes in a circle: " + circle + " (remove one of these)");
    }
    return base;
  }

  private ConfigDocument relative(Scalar name) {
    try {
      Path path = Path.of(name.text());
      return ofFile(file.map(own -> own.resolveSibling(path)).orElse(path));
    } catch (InvalidPathException | UserException e) {
      throw name.error(e.getMessage());
    }
  }

  private static ConfigDocument preset(Scalar name) {
    if (!Presets.NAMES.contains(name.text())) {
      throw name.error(
          name.describe()
              + " is no preset "
              + Suggestions.suggest(name.text(), Presets.NAMES)
              + "; a file's name ends in .yaml");
    }
    return new ConfigDocument("preset " + name.text(), Optional.empty(), Presets.text(name.text()));
  }

  private boolean isSame(ConfigDocument other) {
    return file.map(ConfigDocument::absolute).equals(other.file.map(ConfigDocument::absolute))
        && (file.isPresent() || source.equals(other.source));
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
