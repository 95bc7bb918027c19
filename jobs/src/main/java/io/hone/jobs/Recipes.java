package io.hone.jobs;

import io.hone.conf.ConfigLoader;
import io.hone.conf.ResolvedConfig;
import io.hone.conf.RunConfig;
import io.hone.conf.Suggestions;
import io.hone.conf.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Configurations by file, and those that come with Hone by name. */
final class Recipes {
  /** Each is a file of this name under {@code jobs/recipes}. */
  static final List<String> NAMES =
      List.of(
          "digits-grpo",
          "digits-ppo",
          "gsm8k",
          "papers/04-spell",
          "papers/05-pagellm",
          "papers/06-mm-r5",
          "papers/12-logics-parsing",
          "papers/14-mixed-r1",
          "papers/15-zerosearch",
          "papers/18-toolrl",
          "papers/19-ppr-renorm",
          "papers/22-clip-delta",
          "papers/24-retro-star",
          "papers/25-r3",
          "papers/28-fine-grained",
          "papers/30-masksearch",
          "papers/31-prorank",
          "papers/34-reseek",
          "papers/39-r1-reward",
          "papers/41-constrained",
          "papers/44-erank",
          "papers/48-harmo",
          "papers/51-reasoning-sql",
          "papers/54-bleuberi",
          "papers/58-complex-retrieval",
          "papers/62-log-sigmoid-centered",
          "papers/66-research-idea",
          "papers/72-rewriting",
          "quickstart",
          "quickstart-warm-start",
          "stories-clip-delta",
          "stories-dog",
          "stories-harmo");

  private Recipes() {}

  /**
   * Resolves what a command was given as CONFIG.
   *
   * @param config the path of a YAML file, or the name of a recipe where there is no such file
   * @param overrides {@code key=value} arguments
   * @throws UserException if there is neither
   */
  static ResolvedConfig<RunConfig> load(String config, List<String> overrides) {
    Path file = Path.of(config);
    if (Files.exists(file) || config.matches(".*(/|\\.ya?ml)")) {
      return ConfigLoader.load(file, overrides);
    }
    if (!NAMES.contains(config)) {
      throw new UserException(
          config + ": no such file, and no recipe of Hone " + Suggestions.suggest(config, NAMES));
    }
    return ConfigLoader.parse(RunConfig.class, "recipe " + config, text(config), overrides);
  }

  private static String text(String name) {
    try (InputStream stream = Recipes.class.getResourceAsStream("/recipes/" + name + ".yaml")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException("recipe " + name + " cannot be read", failure);
    }
  }
}
