package io.hone.kernels.model;

import io.hone.conf.ConfigLoader;
import io.hone.conf.PreferenceConfig;
import java.util.List;

/** Preference sections for tests. */
final class PreferenceConfigs {
  private PreferenceConfigs() {}

  /** A section with such a YAML text; the rest is default. */
  static PreferenceConfig of(String yaml) {
    return ConfigLoader.parse(PreferenceConfig.class, "test.yaml", yaml, List.of()).config();
  }
}
