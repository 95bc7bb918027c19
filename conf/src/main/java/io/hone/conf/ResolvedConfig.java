package io.hone.conf;

import io.hone.conf.ConfigNode.Mapping;
import java.util.List;

/**
 * A configuration with everything decided: the record, and the tree behind it in which every option
 * stands, set or not, with where its value came from.
 *
 * @param tree all options, those not set with {@link Origin#DEFAULT}
 * @param sources the files and presets read, the one asked for first
 */
public record ResolvedConfig<R extends Record>(R config, Mapping tree, List<String> sources) {
  public ResolvedConfig {
    sources = List.copyOf(sources);
  }

  /**
   * Where the value of an option came from, {@code rollout.top-p}; of the nearest section if none.
   */
  public Origin origin(String path) {
    return tree.nearest(path).origin();
  }

  /**
   * The whole configuration as YAML, with the origin of each value as a comment. It can be loaded
   * again and gives an equal record, save for the values of keys that look like secrets: those are
   * never written.
   */
  public String toYaml() {
    return YamlWriter.write("Resolved from " + String.join(", which extends ", sources), tree);
  }
}
