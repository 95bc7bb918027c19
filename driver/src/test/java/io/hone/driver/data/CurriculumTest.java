package io.hone.driver.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.ConfigLoader;
import io.hone.conf.CurriculumConfig;
import io.hone.conf.UserException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurriculumTest {
  private static Curriculum curriculum(String options) {
    return Curriculum.of(
        ConfigLoader.parse(
                CurriculumConfig.class, "c.yaml", "{difficulty: level, " + options + "}", List.of())
            .config());
  }

  private static DataSet<Prompt> prompts(double... levels) {
    List<Prompt> prompts = new ArrayList<>();
    for (double level : levels) {
      prompts.add(
          new Prompt("p" + prompts.size(), "text", new int[] {1}, Map.of("level", level), "{}"));
    }
    return new DataSet<>(prompts, 2, "fingerprint");
  }

  private static List<String> selected(String options, double... levels) {
    return curriculum(options).select(prompts(levels)).items().stream()
        .map(Prompt::promptId)
        .toList();
  }

  @Test
  void promptsGoFromEasyToHard() {
    assertThat(selected("", 3, 1, 2, 1)).containsExactly("p1", "p3", "p2", "p0");
    assertThat(selected("hard: low", 3, 1, 2, 1)).containsExactly("p0", "p2", "p1", "p3");
  }

  /** Of equal ones, the first: BLEUBERI's lowest BLEU. */
  @Test
  void theHardestAreKept() {
    assertThat(selected("hard: low, hardest: 2", 0.5, 0.1, 0.1, 0.1, 0.9))
        .containsExactly("p1", "p2");
    assertThat(selected("hardest: 3", 1, 5, 4, 5)).containsExactly("p2", "p1", "p3");
    assertThat(selected("hardest: 9", 1, 5)).containsExactly("p0", "p1");
  }

  @Test
  void aBandOfPassRatesIsKept() {
    assertThat(selected("hard: low, minimum: 0.2, maximum: 0.8", 0, 0.2, 0.5, 0.8, 1))
        .containsExactly("p3", "p2", "p1");
    assertThatThrownBy(() -> selected("minimum: 2", 0, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none of the 2 prompts has a 'level' within");
  }

  @Test
  void whatIsKnownOfTheDataStays() {
    DataSet<Prompt> kept = curriculum("hardest: 1").select(prompts(1, 2));
    assertThat(kept.skipped()).isEqualTo(2);
    assertThat(kept.leftOut()).isEqualTo(1);
    assertThat(kept.fingerprint()).isEqualTo("fingerprint");
  }

  @Test
  void aRowThatDoesNotSayItIsBad() throws BadRowException {
    Prompt prompt = prompts(1).items().get(0);
    RowReader<Prompt> reader = curriculum("").checked(row -> prompt);
    assertThat(reader.read(Map.of("level", 0.5))).isSameAs(prompt);
    Map<String, Object> none = new HashMap<>();
    none.put("level", null);
    for (Map<String, Object> row : List.of(none, Map.<String, Object>of("level", "hard"))) {
      assertThatThrownBy(() -> reader.read(row))
          .isInstanceOf(BadRowException.class)
          .hasMessageContaining("column level, which data.curriculum.difficulty names, is");
    }
  }
}
