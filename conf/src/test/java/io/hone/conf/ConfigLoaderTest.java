package io.hone.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  @TempDir private Path directory;
  private Path run;

  @BeforeEach
  void writeRun() throws IOException {
    run = write("run.yaml", Yaml.RUN);
  }

  @Test
  void errorsNameFileLineKeyValueAndExpectation() throws IOException {
    Files.writeString(run, Yaml.RUN + "rollout:\n  temperature: -1\n  temprature: 1\n");
    assertThatThrownBy(() -> ConfigLoader.load(run, List.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            """
            %1$s:12: rollout.temperature: -1 is out of range (expected >= 0)
            %1$s:13: rollout.temprature: unknown key (did you mean 'temperature'?)"""
                .formatted(run));
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws IOException {
    Path missing = directory.resolve("missing.yaml");
    assertThatThrownBy(() -> ConfigLoader.load(missing, List.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(missing + ": no such file (expected a YAML file)");
    assertThatThrownBy(() -> ConfigLoader.load(directory, List.of()))
        .hasMessage(directory + ": cannot be read: it is a directory (expected a YAML file)");
    Path binary = Files.write(directory.resolve("b.yaml"), new byte[] {(byte) 0xff, 0});
    assertThatThrownBy(() -> ConfigLoader.load(binary, List.of()))
        .hasMessage(binary + ": is not UTF-8 text (expected a YAML file)");
    Path huge = Files.write(directory.resolve("huge.yaml"), new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> ConfigLoader.load(huge, List.of()))
        .hasMessage(huge + ": is too long for a configuration (expected at most 1 MiB)");
  }

  @Test
  void anEmptyFileLacksWhatIsRequired() throws IOException {
    Files.writeString(run, "");
    assertThatThrownBy(() -> ConfigLoader.load(run, List.of()))
        .hasMessageContaining(run + ": model.path: is required (Hugging Face checkpoint directory")
        .hasMessageContaining(run + ": data.path: is required without prompts");
  }

  @Test
  void aFileMustHoldAMap() throws IOException {
    Files.writeString(run, "- 1\n");
    assertThatThrownBy(() -> ConfigLoader.load(run, List.of()))
        .hasMessage(run + ": a list stands where a map of options must be");
  }

  @Test
  void extendsAFileMergingMapsAndReplacingTheRest() throws IOException {
    write(
        "base/ground.yaml",
        """
        rollout:
          top-k: 5
          top-p: 0.5
          stop-tokens: [1, 2]
        loss:
          dual-clip: 3
        training:
          steps: 9
        spark:
          properties: {a: 1, b: 2}
        """);
    write("base/middle.yaml", "extends: ./ground.yaml\nrollout:\n  top-k: 6\n");
    Files.writeString(
        run,
        "extends: base/middle.yaml\n"
            + Yaml.RUN
            + """
            rollout:
              top-p: 0.7
              stop-tokens: [3]
            loss:
              dual-clip:
            training:
            spark:
              properties: {b: 3}
            """);
    ResolvedConfig<RunConfig> resolved = ConfigLoader.load(run, List.of());
    RunConfig config = resolved.config();
    assertThat(config.rollout().topK()).isEqualTo(6);
    assertThat(config.rollout().topP()).isEqualTo(0.7);
    assertThat(config.rollout().stopTokens()).containsExactly(3);
    assertThat(config.loss().dualClip()).isEmpty();
    assertThat(config.training().steps()).isEqualTo(9);
    assertThat(config.spark().properties()).containsEntry("a", "1").containsEntry("b", "3");
    Path middle = directory.resolve("base/middle.yaml");
    assertThat(resolved.origin("rollout.top-k")).hasToString(middle + ":3");
    assertThat(resolved.sources())
        .containsExactly(
            run.toString(), middle.toString(), directory.resolve("base/./ground.yaml").toString());
  }

  @Test
  void extendsAPreset() throws IOException {
    Files.writeString(run, "extends: dr-grpo\n" + Yaml.RUN + "loss:\n  clip-high: 0.28\n");
    ResolvedConfig<RunConfig> resolved = ConfigLoader.load(run, List.of());
    assertThat(resolved.config().advantage().scale()).isEqualTo(AdvantageConfig.Scale.NONE);
    assertThat(resolved.config().loss().clipHigh().value()).isEqualTo(0.28);
    assertThat(resolved.config().lossNormLength()).isEqualTo(128);
    assertThat(resolved.origin("advantage.scale")).hasToString("preset dr-grpo:5");
  }

  @Test
  void whatIsExtendedMustExist() throws IOException {
    Files.writeString(run, "\nextends: trl-gpro\n" + Yaml.RUN);
    assertThatThrownBy(() -> ConfigLoader.load(run, List.of()))
        .hasMessage(
            run
                + ":2: extends: 'trl-gpro' is no preset (did you mean 'trl-grpo'?);"
                + " a file's name ends in .yaml");
    Files.writeString(run, "extends: none.yaml\n" + Yaml.RUN);
    assertThatThrownBy(() -> ConfigLoader.load(run, List.of()))
        .hasMessage(
            "%s:1: extends: %s: no such file (expected a YAML file)"
                .formatted(run, directory.resolve("none.yaml")));
    Files.writeString(run, "extends: [sft]\n" + Yaml.RUN);
    assertThatThrownBy(() -> ConfigLoader.load(run, List.of()))
        .hasMessage(run + ":1: extends: a list stands where a preset or a path must be");
    Files.writeString(run, "extends: \"\\0.yaml\"\n" + Yaml.RUN);
    assertThatThrownBy(() -> ConfigLoader.load(run, List.of()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(run + ":1: extends: ");
  }

  @Test
  void circlesAreFound() throws IOException {
    Path other = write("sub/other.yaml", "extends: ../run.yaml\n");
    Files.writeString(run, "extends: sub/other.yaml\n" + Yaml.RUN);
    assertThatThrownBy(() -> ConfigLoader.load(run, List.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "%1$s:1: extends: goes in a circle: %2$s -> %1$s -> %3$s (remove one of these)"
                .formatted(other, run, directory.resolve("sub/../run.yaml")));
    Files.writeString(run, "extends: run.yaml\n" + Yaml.RUN);
    assertThatThrownBy(() -> ConfigLoader.load(run, List.of()))
        .hasMessageStartingWith(run + ":1: extends: goes in a circle: ");
  }

  @Test
  void problemsOfAnExtendedFileNameThatFile() throws IOException {
    Path base = write("base.yaml", "rollout:\n  top-p: 2\n");
    Files.writeString(run, "extends: base.yaml\n" + Yaml.RUN);
    assertThatThrownBy(() -> ConfigLoader.load(run, List.of()))
        .hasMessage(base + ":2: rollout.top-p: 2 is out of range (expected > 0 and <= 1)");
  }

  @Test
  void anyRecordCanBeLoaded() throws IOException {
    Path reward = write("reward.yaml", "components:\n  - {name: a, type: regex, pattern: x}\n");
    assertThat(ConfigLoader.load(RewardConfig.class, reward, List.of("components[0].weight=3")))
        .satisfies(r -> assertThat(r.config().components().get(0).weight().value()).isEqualTo(3));
  }

  private Path write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
