package io.hone.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Keeps the committed reference page current. To write it anew: {@code mvn -pl conf test
 * -Dtest=ConfigReferenceTest -Dhone.docs.write=true}.
 */
class ConfigReferenceTest {
  private static final Path PAGE =
      Path.of(System.getProperty("hone.root", "..")).resolve("docs/configuration.md");

  @Test
  void theCommittedPageIsCurrent() throws Exception {
    if (Boolean.getBoolean("hone.docs.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, ConfigReference.markdown());
    }
    assertThat(PAGE).as("run with -Dhone.docs.write=true and commit").exists();
    assertThat(Files.readString(PAGE))
        .as("docs/configuration.md: run with -Dhone.docs.write=true and commit")
        .isEqualTo(ConfigReference.markdown());
  }

  @Test
  void tablesTellNameTypeDefaultRangeAndChoices() {
    assertThat(ConfigReference.table(OptimizerConfig.class))
        .contains(
            "| `weight-decay` | number | `0.0` | Decoupled weight decay, of all but norms and"
                + " biases. Expected >= 0. |")
        .contains("| `schedule` | word | `constant` |")
        .contains(
            "<br>`linear`: falls in a straight line<br>`cosine`: falls along half a cosine |");
    assertThat(ConfigReference.table(ModelConfig.class)).contains("| `path` | text | required |");
    assertThat(ConfigReference.table(LossConfig.class))
        .contains("| `dual-clip` | number | none |")
        .contains("`abs`: \\|x\\|");
  }
}
