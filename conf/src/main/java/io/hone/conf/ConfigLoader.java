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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads a configuration: a YAML file, laid over what it {@code extends}, with {@code key=value}
 * overrides laid over both.
 *
 * <p>{@code extends:} names a preset, or a file by a path relative to the file that says so. Maps
 * are merged key by key, everything else is replaced.
 */
public final class ConfigLoader {
  /** The key that names what a file builds on. */
  static final String EXTENDS = "extends";

  private ConfigLoader() {}

  /** Loads the configuration of a run. See {@link #load(Class, Path, List)}. */
  public static ResolvedConfig<RunConfig> load(Path file, List<String> overrides) {
    return load(RunConfig.class, file, overrides);
  }

  /**
   * Loads a file into a record.
   *
   * @param overrides {@code key=value} arguments, later ones winning
   * @throws UserException if a file cannot be read, is not YAML or does not fit the record; a line
   *     for each problem
   */
  public static <R extends Record> ResolvedConfig<R> load(
      Class<R> type, Path file, List<String> overrides) {
    return resolve(type, Document.ofFile(file), overrides);
  }

  /**
   * Loads a text into a record.
   *
   * @param source what messages call the text
   * @throws UserException as for a file
   */
  public static <R extends Record> ResolvedConfig<R> parse(
      Class<R> type, String source, String text, List<String> overrides) {
    return resolve(type, new Document(source, Optional.empty(), text), overrides);
  }

  private static <R extends Record> ResolvedConfig<R> resolve(
      Class<R> type, Document document, List<String> overrides) {
    List<Document> chain = new ArrayList<>();
    Mapping written = extended(document, chain);
    Mapping overridden = Overrides.apply(written, overrides, type);
    Mapping complete = (Mapping) Defaults.complete(overridden, type);
    R config = ConfigBinder.bindComplete(complete, type);
    return new ResolvedConfig<>(config, complete, chain.stream().map(Document::source).toList());
  }

  private static Mapping extended(Document document, List<Document> chain) {
    chain.add(document);
    Mapping own = document.read();
    Map<String, ConfigNode> entries = new LinkedHashMap<>(own.entries());
    ConfigNode base = entries.remove(EXTENDS);
    Mapping remaining = new Mapping("", own.origin(), entries);
    return base == null || base.isNull()
        ? remaining
        : (Mapping) merge(extended(document.base(base, chain), chain), remaining);
  }

  /** An empty section over a full one changes nothing; an option set to nothing goes back. */
  private static ConfigNode merge(ConfigNode under, ConfigNode over) {
    if (!(under instanceof Mapping base)) {
      return over;
    }
    if (over.isNull()) {
      return under;
    }
    if (!(over instanceof Mapping top)) {
      return over;
    }
    Map<String, ConfigNode> entries = new LinkedHashMap<>(base.entries());
    top.entries().forEach((key, value) -> entries.merge(key, value, ConfigLoader::merge));
    return new Mapping(top.path(), top.origin(), entries);
  }

  /** A YAML text and what to call it; the file is where relative paths begin. */
  private record Document(String source, Optional<Path> file, String text) {

    static Document ofFile(Path file) {
      try (InputStream stream = Files.newInputStream(file)) {
        // One byte more than allowed tells a long file, and ends reading of an endless one.
        byte[] bytes = stream.readNBytes(YamlReader.MAXIMUM_CHARACTERS + 1);
        if (bytes.length > YamlReader.MAXIMUM_CHARACTERS) {
          throw new UserException(
              file + ": is too long for a configuration (expected at most 1 MiB)");
        }
        String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return new Document(file.toString(), Optional.of(file), text);
      } catch (NoSuchFileException e) {
        throw new UserException(file + ": no such file (expected a YAML file)", e);
      } catch (CharacterCodingException e) {
        throw new UserException(file + ": is not UTF-8 text (expected a YAML file)", e);
      } catch (IOException e) {
        String reason = Files.isDirectory(file) ? "it is a directory" : e.getMessage();
        throw new UserException(
            file + ": cannot be read: " + reason + " (expected a YAML file)", e);
      }
    }

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
    Document base(ConfigNode node, List<Document> chain) {
      if (!(node instanceof Scalar name)) {
        throw node.error(node.describe() + " stands where a preset or a path must be");
      }
      Document base = name.text().matches(".*[/\\\\].*|.*\\.ya?ml") ? relative(name) : preset(name);
      if (chain.stream().anyMatch(base::isSame)) {
        String circle =
            Stream.concat(chain.stream(), Stream.of(base))
                .map(Document::source)
                .collect(Collectors.joining(" -> "));
        throw name.error("goes in a circle: " + circle + " (remove one of these)");
      }
      return base;
    }

    private Document relative(Scalar name) {
      try {
        Path path = Path.of(name.text());
        return ofFile(file.map(own -> own.resolveSibling(path)).orElse(path));
      } catch (InvalidPathException | UserException e) {
        throw name.error(e.getMessage());
      }
    }

    private static Document preset(Scalar name) {
      if (!Presets.NAMES.contains(name.text())) {
        throw name.error(
            name.describe()
                + " is no preset "
                + Suggestions.suggest(name.text(), Presets.NAMES)
                + "; a file's name ends in .yaml");
      }
      return new Document("preset " + name.text(), Optional.empty(), Presets.text(name.text()));
    }

    private boolean isSame(Document other) {
      return file.map(Document::absolute).equals(other.file.map(Document::absolute))
          && (file.isPresent() || source.equals(other.source));
    }

    private static Path absolute(Path path) {
      return path.toAbsolutePath().normalize();
    }
  }
}
