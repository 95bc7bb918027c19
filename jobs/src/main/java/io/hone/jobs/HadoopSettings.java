package io.hone.jobs;

import org.apache.hadoop.conf.Configuration;

/**
 * How commands that need no Spark reach files: as Spark would, from the cluster's settings and
 * {@code spark.hadoop.*}.
 */
final class HadoopSettings {
  private static final String PREFIX = "spark.hadoop.";

  private HadoopSettings() {}

  static Configuration read() {
    Configuration conf = new Configuration();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        conf.set(name.substring(PREFIX.length()), System.getProperty(name));
      }
    }
    return conf;
  }
}
