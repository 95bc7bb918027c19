package io.hone.jobs.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.SparkConfig;
import io.hone.conf.UserException;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SparkRuntimeTest {
  private static final SparkConfig NOTHING = new SparkConfig(Optional.empty(), Map.of());

  @Test
  void theCommandLineWinsOverTheConfiguration() {
    SparkConf submitted =
        new SparkConf(false).setMaster("yarn").set("spark.executor.memory", "8g");
    SparkConfig config =
        new SparkConfig(
            Optional.of("local[2]"),
            Map.of("spark.executor.memory", "1g", "spark.executor.cores", "3"));
    SparkConf conf = SparkRuntime.configure(submitted, "train", config);
    assertThat(conf.get("spark.master")).isEqualTo("yarn");
    assertThat(conf.get("spark.executor.memory")).isEqualTo("8g");
    assertThat(conf.get("spark.executor.cores")).isEqualTo("3");
  }

  /** spark-submit sets local[*] where nobody named a master; that is no wish. */
  @Test
  void theConfigurationWinsOverTheDefaultMaster() {
    SparkConfig config = new SparkConfig(Optional.of("local[2]"), Map.of());
    assertThat(
            SparkRuntime.configure(new SparkConf(false).setMaster("local[*]"), "train", config)
                .get("spark.master"))
        .isEqualTo("local[2]");
    assertThat(SparkRuntime.configure(new SparkConf(false), "train", NOTHING).get("spark.master"))
        .isEqualTo("local[*]");
  }

  @Test
  void localMastersHaveNoUserInterfaceUnlessAskedFor() {
    assertThat(
            SparkRuntime.configure(new SparkConf(false).setMaster("local[2]"), "score", NOTHING)
                .get("spark.ui.enabled"))
        .isEqualTo("false");
    assertThat(
            SparkRuntime.configure(
                    new SparkConf(false).setMaster("local[2]").set("spark.ui.enabled", "true"),
                    "score",
                    NOTHING)
                .get("spark.ui.enabled"))
        .isEqualTo("true");
    assertThat(
            SparkRuntime.configure(new SparkConf(false).setMaster("yarn"), "score", NOTHING)
                .contains("spark.ui.enabled"))
        .isFalse();
  }

  @Test
  void aMasterThatIsNoneIsTheUsersToPutRight() {
    SparkConfig config = new SparkConfig(Optional.of("local[many]"), Map.of());
    assertThatThrownBy(() -> SparkRuntime.start("score", config))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("local[many]");
  }
}
