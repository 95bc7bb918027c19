package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void writeConfiguration() throws IOException {
    file =
        Files.writeString(
            directory.resolve("run.yaml"),
            """
            extends: dr-grpo
            run-dir: runs/dog
            model: {path: models/stories}
            data: {path: prompts.jsonl}
            rollout:
              prompts-per-step: 4
              group-size: 6
            reward:
              components:
                - {name: dog, type: count, text: dog}
            """);
  }

  @Test
  void showsWhereEveryValueCameFromAndWhatFollows() {
    CommandRun run = CommandRun.of("config", file, "rollout.group-size=16");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .containsPattern("group-size: 16 +# command line")
        .containsPattern("prompts-per-step: 4 +# .*run.yaml:6")
        .containsPattern("scale: none +# preset dr-grpo")
        .containsPattern("temperature: 1.0 +# default")
        .contains("# 4 prompts x 16 completions = 64 rollouts a step");
  }

  @Test
  void printsAConfigurationThatComesToTheSame() throws IOException {
    CommandRun run = CommandRun.of("config", file, "seed=7");
    Path printed = Files.writeString(directory.resolve("printed.yaml"), run.out());
    assertThat(withoutComments(CommandRun.of("config", printed)))
        .isEqualTo(withoutComments(run))
        .contains("seed: 7", "text: dog");
  }

  @Test
  void suggestsAKeyForOneThatDoesNotExist() {
    CommandRun run = CommandRun.of("config", file, "rollout.grop-size=16");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("hone config: ").contains("grop-size", "group-size");
  }

  @Test
  void namesFileAndLineOfAValueOutOfRange() throws IOException {
    Files.writeString(file, Files.readString(file).replace("group-size: 6", "group-size: 0"));
    CommandRun run = CommandRun.of("config", file);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("hone config: " + file + ":7: rollout.group-size: 0 is out of range");
  }

  @Test
  void namesAFileThatIsMissing() {
    CommandRun run = CommandRun.of("config", directory.resolve("absent.yaml"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("absent.yaml: no such file");
  }

  private static String withoutComments(CommandRun run) {
    return run.out().replaceAll("(?m) *#.*$", "");
  }
}
