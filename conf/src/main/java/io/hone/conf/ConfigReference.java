package io.hone.conf;

import java.lang.reflect.Field;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the reference of all options from the records that define them. */
public final class ConfigReference {
  private static final String HEAD =
      """
      # Configuration

      <!-- Generated from the records of io.hone.conf by ConfigReference; ConfigReferenceTest says how. -->

      One YAML file describes a run. `hone config FILE` prints it with every option resolved and where \
      each value came from.

      - `key=value` arguments override the file: `rollout.top-p=0.9`, `reward.components[0].weight=2`, \
      `rollout.stop-strings=["\\n"]`, `spark.properties.spark.executor.memory=8g`.
      - `extends: NAME` takes a preset, `extends: path/to.yaml` a file beside this one, as the ground \
      to build on. Sections are merged option by option; lists and single values are replaced.
      - An option set to nothing, or to `null`, has its default.
      - Durations have a unit (`500ms`, `30s`, `5m`, `2h`, `1d`), and so have data sizes (`512B`, \
      `16KB`, `64MB`, `2GB`, `1TB`, in powers of 1024).
      - An option of the type "number or schedule" takes a number, or a map that changes it with the \
      steps, such as `{from: 0.1, to: 0.01, over: 200}`; [Schedules](#schedules) has its options.
      - Values of keys that look like secrets (`password`, `secret.key`, `api-key`, `token` ...) are \
      never written to a run directory.
      """;

  private ConfigReference() {}

  /** The whole reference page, in Markdown. */
  public static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("\n## Presets\n\n| name | what it is |\n|---|---|\n");
    Presets.NAMES.forEach(name -> row(page, "`" + name + "`", Presets.summary(name)));
    section(page, "Top level", "", RunConfig.class);
    section(page, "Schedules", "", NumberSchedule.Change.class);
    return page.toString();
  }

  /**
   * A Markdown table of the options of one record, without those of the records in it.
   *
   * @param record a record that {@link ConfigBinder} can bind
   */
  public static String table(Class<? extends Record> record) {
    StringBuilder table = new StringBuilder();
    table(table, record);
    return table.toString();
  }

  private static void section(StringBuilder page, String title, String path, Class<?> record) {
    page.append("\n## ").append(title).append("\n\n");
    ConfigKey.doc(record).ifPresent(doc -> page.append(doc).append("\n\n"));
    table(page, record);
    for (ConfigKey key : ConfigKey.of(record)) {
      nested(key.type())
          .ifPresent(
              type -> {
                String child = Names.child(path, key.name()) + placeholder(key.type());
                section(page, "`" + child + "`", child, type);
              });
    }
  }

  private static void table(StringBuilder table, Class<?> record) {
    List<ConfigKey> options =
        ConfigKey.of(record).stream().filter(key -> !key.rest() && !isSection(key)).toList();
    if (!options.isEmpty()) {
      row(table, "option", "type", "default", "what it is");
      table.append("|---|---|---|---|\n");
      for (ConfigKey key : options) {
        row(table, "`" + key.name() + "`", typeName(key.type()), fallback(key), description(key));
      }
    }
  }

  private static void row(StringBuilder table, String... cells) {
    table
        .append("| ")
        .append(
            Arrays.stream(cells)
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ")))
        .append(" |\n");
  }

  private static boolean isSection(ConfigKey key) {
    return ConfigKey.raw(key.type()).isRecord() && nested(key.type()).isPresent();
  }

  /** The record behind a type, through optionals, lists and maps. */
  private static Optional<Class<?>> nested(Type type) {
    Class<?> raw = ConfigKey.raw(type);
    if (raw == Optional.class || raw == List.class || raw == Map.class) {
      return nested(ConfigKey.element(type));
    }
    return Optional.<Class<?>>of(raw).filter(Class::isRecord).filter(r -> !ScalarType.exists(r));
  }

  private static String placeholder(Type type) {
    Class<?> raw = ConfigKey.raw(type);
    return raw == List.class ? "[]" : raw == Map.class ? ".NAME" : "";
  }

  private static String typeName(Type type) {
    Class<?> raw = ConfigKey.raw(type);
    if (raw == Optional.class) {
      return typeName(ConfigKey.element(type));
    }
    if (raw == List.class) {
      return "list: " + typeName(ConfigKey.element(type));
    }
    if (raw == Map.class) {
      return "map: " + typeName(ConfigKey.element(type));
    }
    if (raw == NumberSchedule.class) {
      return "number or schedule";
    }
    return ScalarType.exists(raw) ? ScalarType.of(raw).label() : "options";
  }

  private static String fallback(ConfigKey key) {
    Class<?> raw = ConfigKey.raw(key.type());
    return key.defaultValue()
        .map(text -> "`" + text + "`")
        .orElse(
            raw == Optional.class || raw == List.class || raw == Map.class ? "none" : "required");
  }

  private static String description(ConfigKey key) {
    Class<?> raw = ConfigKey.raw(key.type());
    String range = key.range().map(r -> " Expected " + Interval.of(r) + unit(raw) + ".").orElse("");
    return key.doc() + range + (raw.isEnum() ? choices(raw) : "");
  }

  private static String unit(Class<?> type) {
    return ScalarType.exists(type) ? ScalarType.of(type).unit() : "";
  }

  private static String choices(Class<?> type) {
    return Arrays.stream(type.getFields())
        .filter(Field::isEnumConstant)
        .map(ConfigReference::choice)
        .collect(Collectors.joining("<br>", "<br>", ""));
  }

  private static String choice(Field constant) {
    return "`"
        + Names.kebabConstant(constant.getName())
        + "`"
        + ConfigKey.doc(constant).map(doc -> ": " + doc).orElse("");
  }
}
