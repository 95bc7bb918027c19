package io.hone.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
  static Stream<String> names() {
    return Presets.NAMES.stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isAGoodGroundAndSaysWhatItIs(String name) {
    assertThat(Presets.summary(name)).endsWith(".");
    assertThat(Yaml.resolve("extends: " + name + "\n" + Yaml.RUN).sources())
        .containsExactly("test.yaml", "preset " + name);
  }

  @Test
  void everyFileIsNamed() throws Exception {
    Path directory =
        Path.of(Presets.class.getResource("presets/" + Presets.NAMES.get(0) + ".yaml").toURI())
            .getParent();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .containsExactlyElementsOf(names().map(name -> name + ".yaml").toList());
    }
  }
}
