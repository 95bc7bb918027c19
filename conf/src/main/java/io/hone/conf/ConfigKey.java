package io.hone.conf;

import java.util.Locale;

/** An option of a configuration record. */
final class ConfigKey {
  private ConfigKey() {}

  /** {@code SEQUENCE_MEAN} as YAML spells it, {@code sequence-mean}. */
  static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
