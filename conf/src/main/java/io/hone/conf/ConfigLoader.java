package io.hone.conf;

import io.hone.conf.ConfigNode.Mapping;
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
    return resolve(type, ConfigDocument.ofFile(file), overrides);
  }

  /**
   * Loads a text into a record.
   *
   * @param source what messages call the text
   * @throws UserException as for a file
   */
  public static <R extends Record> ResolvedConfig<R> parse(
      Class<R> type, String source, String text, List<String> overrides) {
    return resolve(type, new ConfigDocument(source, Optional.empty(), text), overrides);
  }

  private static <R extends Record> ResolvedConfig<R> resolve(
      Class<R> type, ConfigDocument document, List<String> overrides) {
    List<ConfigDocument> chain = new ArrayList<>();
    Mapping written = extended(document, chain);
    Mapping overridden = Overrides.apply(written, overrides, type);
    Mapping complete = (Mapping) Defaults.complete(overridden, type);
    R config = ConfigBinder.bindComplete(complete, type);
    return new ResolvedConfig<>(
        config, complete, chain.stream().map(ConfigDocument::source).toList());
  }

  private static Mapping extended(ConfigDocument document, List<ConfigDocument> chain) {
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
}
