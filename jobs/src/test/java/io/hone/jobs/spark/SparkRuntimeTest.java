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
  void aConfiguredMasterWinsOverTheSubmittedOne() {
    SparkConfig config = new SparkConfig(Optional.of("local[2]"), Map.of());
    assertThat(master(new SparkConf(false).setMaster("local[*]"), config)).isEqualTo("local[2]");
    assertThat(master(new SparkConf(false).setMaster("yarn"), NOTHING)).isEqualTo("yarn");
    assertThat(master(new SparkConf(false), NOTHING)).isEqualTo("local[*]");
  }

  @Test
  void aSubmittedPropertyWinsOverTheConfiguredOne() {
    SparkConf submitted = new SparkConf(false).set("spark.executor.memory", "8g");
    Map<String, String> properties =
        Map.of("spark.executor.memory", "1g", "spark.executor.cores", "3");
    SparkConf conf =
        SparkRuntime.configure(submitted, "train", new SparkConfig(Optional.empty(), properties));
    assertThat(conf.get("spark.executor.memory")).isEqualTo("8g");
    assertThat(conf.get("spark.executor.cores")).isEqualTo("3");
  }

  @Test
  void namesTheApplicationByItsCommandUnlessToldOtherwise() {
    SparkConf unnamed = new SparkConf(false).setAppName("io.hone.jobs.Hone");
    assertThat(SparkRuntime.configure(unnamed, "train", NOTHING).get("spark.app.name"))
        .isEqualTo("hone train");
    SparkConf named = new SparkConf(false).setAppName("nightly");
    assertThat(SparkRuntime.configure(named, "train", NOTHING).get("spark.app.name"))
        .isEqualTo("nightly");
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

  private static String master(SparkConf submitted, SparkConfig config) {
    return SparkRuntime.configure(submitted, "train", config).get("spark.master");
  }
}
