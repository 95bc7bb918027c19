package io.hone.conf;

import java.util.Map;
import java.util.Optional;

/** What Spark is told. */
@Doc(
    "What Spark is told besides the options of `spark-submit`, which are those before the command of"
        + " `bin/hone`.")
public record SparkConfig(
    @Doc(
            "Master to run on, such as `local[2]`; set here, it wins over that of `spark-submit`, which"
                + " has one even where none was given. Without it, what `spark-submit` says.")
        Optional<String> master,
    @Doc(
            "Spark properties by name, such as `spark.executor.memory: 8g`; a property that"
                + " `spark-submit` was given, by an option or its defaults file, keeps that value.")
        Map<String, String> properties) {

  public SparkConfig {
    properties = Immutable.map(properties);
  }
}
