package io.hone.conf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The configurations that come with Hone, to be extended by name. */
final class Presets {
  /** Names in alphabetical order; each is a file of this name beside this class. */
  static final List<String> NAMES =
      List.of(
          "dapo",
          "dpo",
          "dr-grpo",
          "gspo",
          "openrlhf-reinforce-plus-plus",
          "sft",
          "trl-grpo",
          "trl-ppo",
          "trl-rloo",
          "verl-grpo",
          "verl-ppo",
          "verl-reinforce-plus-plus",
          "verl-rloo");

  private Presets() {}

  /** The YAML of one of {@link #NAMES}. */
  static String text(String name) {
    try (InputStream stream = Presets.class.getResourceAsStream("presets/" + name + ".yaml")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the preset " + name, e);
    }
  }

  /** What a preset says about itself: the comment in its first line. */
  static String summary(String name) {
    return text(name).lines().findFirst().orElseThrow().replaceFirst("^# *", "");
  }
}
