package io.hone.conf;

import io.hone.conf.ConfigNode.Mapping;
import io.hone.conf.ConfigNode.Scalar;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads a configuration: a YAML file, laid over what it {@code extends}, with {@code key=value}
 * overrides laid over both.
 *
 * <p>{@code extends:} names a preset, or a file by a path relative to the file that says so. Maps
 * are merged key by key, everything else is replaced.
 */
public final class ConfigLoader {
  private static final String EXTENDS = "extends";

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
      try {
        if (Files.isDirectory(file)) {
          throw new UserException(file + ": is a directory (expected a YAML file)");
        }
        if (Files.exists(file) && Files.size(file) > YamlReader.MAXIMUM_CHARACTERS) {
          throw new UserException(
              file + ": " + Files.size(file) + " bytes are too many for a configuration");
        }
        return new Document(file.toString(), Optional.of(file), Files.readString(file));
      } catch (NoSuchFileException e) {
        throw new UserException(file + ": no such file (expected a YAML file)", e);
      } catch (CharacterCodingException e) {
        throw new UserException(file + ": is not UTF-8 text (expected a YAML file)", e);
      } catch (IOException e) {
        throw new UserException(file + ": cannot be read: " + e.getMessage(), e);
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
        throw node.error(
            "'" + name.text() + "' is being extended itself (expected no circle of files)");
      }
      return base;
    }

    private Document relative(Scalar name) {
      Path path = Path.of(name.text());
      try {
        return ofFile(file.map(own -> own.resolveSibling(path)).orElse(path));
      } catch (UserException e) {
        throw new UserException(Problem.format(name.origin(), name.path(), e.getMessage()), e);
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
