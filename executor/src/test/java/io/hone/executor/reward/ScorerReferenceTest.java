package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScorerReferenceTest {
  /**
   * {@code mvn test -pl executor -am -Dtest=ScorerReferenceTest -Dhone.docs.write=true} writes the
   * page.
   */
  @Test
  void thePageIsCurrent() throws IOException {
    Path page = Path.of(System.getProperty("hone.root", ".."), "docs", "rewards.md");
    if (Boolean.getBoolean("hone.docs.write")) {
      Files.createDirectories(page.getParent());
      Files.writeString(page, ScorerReference.markdown());
    }

    assertThat(page).content().isEqualTo(ScorerReference.markdown());
  }

  @Test
  void everyOptionOfEveryTypeIsDescribed() {
    for (ScorerType<?> type : Scorers.TYPES) {
      assertThat(ScorerReference.markdown()).contains("## `" + type.name() + "`");
    }
    assertThat(ScorerReference.markdown())
        .contains("| `tolerance` | number | `0` | Largest difference")
        .doesNotContain("|  |");
  }
}
