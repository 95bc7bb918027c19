package io.hone.conf;

import java.util.Map;
import java.util.Optional;

/** What Spark is told. */
@Doc("What Spark is told; what `spark-submit` sets has its own way.")
public record SparkConfig(
    @Doc("Master to run on, such as `local[2]`; without it, what `spark-submit` says.")
        Optional<String> master,
    @Doc("Spark properties by name, such as `spark.executor.memory: 8g`.")
        Map<String, String> properties) {

  public SparkConfig {
    properties = Immutable.map(properties);
  }
}
