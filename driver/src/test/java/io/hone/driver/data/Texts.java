package io.hone.driver.data;

import io.hone.conf.ConfigLoader;
import io.hone.conf.DataConfig;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Family;
import io.hone.kernels.checkpoint.RopeScaling;
import io.hone.kernels.tokenizer.CharacterTokenizer;
import io.hone.kernels.tokenizer.ChatTemplate;
import io.hone.kernels.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Models that read characters, and configurations of data, for tests. */
final class Texts {
  static final int BEGIN = 1;
  static final int END = 2;

  /** Ends turns with the end token, as many templates do. */
  static final String TEMPLATE =
      "{% for m in messages %}[{{ m.role }}]{{ m.content }}</s>{% endfor %}"
          + "{% if add_generation_prompt %}[assistant]{% endif %}";

  private static final String CHARACTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:?!+-=<>|{}[]\"\n";

  private Texts() {}

  /**
   * A model.
   *
   * @param template its chat template; null for none
   * @param contextTokens what it reads at once
   */
  static ModelText model(Path directory, String template, int contextTokens) throws IOException {
    CharacterTokenizer tokenizer = CharacterTokenizer.of(CHARACTERS);
    Files.createDirectories(directory);
    tokenizer.writeTo(directory);
    if (template != null) {
      Files.writeString(directory.resolve("chat_template.jinja"), template);
    }
    Architecture architecture =
        new Architecture(
            Family.LLAMA,
            tokenizer.size(),
            8,
            16,
            1,
            1,
            1,
            8,
            contextTokens,
            1e-5f,
            new RopeScaling.Default(10_000),
            true,
            false,
            false,
            false);
    return new ModelText(
        Tokenizer.open(directory, architecture), ChatTemplate.read(directory), contextTokens);
  }

  /** A data section with such lines; the rest is default. */
  static DataConfig data(String... lines) {
    String yaml = "path: rows.jsonl\n" + String.join("\n", lines) + "\n";
    return ConfigLoader.parse(DataConfig.class, "test.yaml", yaml, List.of()).config();
  }
}
