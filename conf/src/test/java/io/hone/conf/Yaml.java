package io.hone.conf;

import java.util.List;

/** Binds texts in tests. */
final class Yaml {
  /** The least that describes a GRPO run. */
  static final String RUN =
      """
      run-dir: runs/dog
      model:
        path: models/stories260K
      data:
        path: data/prompts.jsonl
      reward:
        components:
          - name: dog
            type: count
            text: dog
      """;

  private Yaml() {}

  static <R extends Record> R bind(Class<R> type, String yaml) {
    return ConfigLoader.parse(type, "test.yaml", yaml, List.of()).config();
  }

  static RunConfig run(String... overrides) {
    return resolve(RUN, overrides).config();
  }

  static ResolvedConfig<RunConfig> resolve(String yaml, String... overrides) {
    return ConfigLoader.parse(RunConfig.class, "test.yaml", yaml, List.of(overrides));
  }
}
