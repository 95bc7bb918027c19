package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoneTest {
  @Test
  void saysWhatThereIs() {
    CommandRun run = CommandRun.of("--help");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("Usage: hone")
        .contains(
            "quickstart",
            "train",
            "eval",
            "generate",
            "logprobs",
            "score",
            "init-model",
            "inspect",
            "config")
        .doesNotContain("\u001b");
    assertThat(CommandRun.of()).isEqualTo(run);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quickstart",
        "train",
        "eval",
        "generate",
        "logprobs",
        "score",
        "init-model",
        "inspect",
        "config"
      })
  void everyCommandExplainsItself(String command) {
    CommandRun run = CommandRun.of(command, "--help");
    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("Usage: hone " + command + " [").doesNotContain("\u001b");
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void saysItsVersions() {
    CommandRun run = CommandRun.of("--version");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("hone ", "Spark 4.", "libtorch 2.", "Java 17")
        .doesNotContain("${");
  }

  @Test
  void suggestsACommandForOneThatDoesNotExist() {
    CommandRun run = CommandRun.of("inspct");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines())
        .containsExactly(
            "hone: unknown command 'inspct' (did you mean 'inspect'?)", "See hone --help.");
  }

  @Test
  void listsTheCommandsForOneThatIsLikeNone() {
    CommandRun run = CommandRun.of("serve");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("hone: unknown command 'serve' (expected one of ");
  }

  @Test
  void suggestsAnOptionForOneThatDoesNotExist() {
    CommandRun run = CommandRun.of("inspect", "run", "--stp=3");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines())
        .containsExactly(
            "hone inspect: unknown option '--stp' (did you mean '--step'?)",
            "See hone inspect --help.");
  }

  @Test
  void namesAnArgumentTooMany() {
    CommandRun run = CommandRun.of("inspect", "run", "other");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("hone inspect: unexpected argument 'other'\n");
  }

  @Test
  void namesAnOptionThatIsMissing() {
    CommandRun run = CommandRun.of("logprobs", "--model", "m", "--input", "in.jsonl");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("hone logprobs: Missing required option: '--output=FILE.jsonl'");
  }

  @Test
  void namesAValueThatIsNone() {
    CommandRun run =
        CommandRun.of(
            "generate", "--model", "m", "--prompts", "p", "--output", "o", "--temperature", "warm");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "hone generate: Invalid value for option '--temperature': 'warm' is not a float");
  }
}
