package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs of the shell, which is everywhere. */
class CodeTestsScorerTest {
  private static final String SHELL =
      "type: code-tests, command: [sh, '{file}'], extension: sh, isolation: none, timeout: 2s";

  @TempDir private Path directory;

  @BeforeEach
  void allow() {
    System.setProperty(CodeTestsScorer.PERMISSION, "true");
  }

  @AfterEach
  void forbid() {
    System.clearProperty(CodeTestsScorer.PERMISSION);
  }

  private static Score score(String options, String code, Object tests) {
    return RewardYaml.scorer(options)
        .score(
            RewardYaml.sample(
                "Here it is:\n```sh\n" + code + "\n```\nDone.", Map.of("tests", tests)));
  }

  @Test
  void isOffUnlessTheOperatorAllowsIt() {
    forbid();
    assertThatThrownBy(() -> RewardYaml.scorer(SHELL))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("-Dhone.allow-code-execution=true");
  }

  @Test
  void theShareOfTestsThatPassIsTheValue() {
    String code = "double() { echo $(($1 * 2)); }";
    List<String> tests =
        List.of(
            "test $(double 2) = 4",
            "test $(double 0) = 0",
            "test $(double 1) = 3",
            "no-such-thing");
    assertThat(score(SHELL, code, tests)).isEqualTo(Score.of(0.5));
    assertThat(score(SHELL, code, "test $(double 3) = 6")).isEqualTo(Score.of(1));
  }

  @Test
  void theLastFencedTextIsTheCode() {
    Scorer scorer = RewardYaml.scorer(SHELL);
    assertThat(
            scorer.score(
                RewardYaml.sample(
                    "```\nx=1\n```\nno:\n```sh\nx=2\n```", Map.of("tests", "test $x = 2"))))
        .isEqualTo(Score.of(1));
    assertThat(scorer.score(RewardYaml.sample("x=2", Map.of("tests", "true"))))
        .isEqualTo(Score.noAnswer());
    assertThat(scorer.score(RewardYaml.sample("```x=2```", Map.of("tests", "true"))))
        .isEqualTo(Score.noAnswer());
  }

  @Test
  void aTestHasToGetToItsEnd() {
    assertThat(score(SHELL, "exit 0", "false")).isEqualTo(Score.of(1));
    String marked = SHELL + ", pass-marker: passed";
    assertThat(score(marked, "exit 0", "echo passed")).isEqualTo(Score.of(0));
    assertThat(score(marked, "x=1", "test $x = 1 && echo passed")).isEqualTo(Score.of(1));
  }

  @ParameterizedTest
  @CsvSource({"none", "namespaces"})
  void whatUsesTooMuchFails(String isolation) {
    String limited = SHELL.replace("isolation: none", "isolation: " + isolation);
    if (!score(limited, "true", "true").valid()) {
      Assumptions.abort("this machine has no namespaces for users");
    }
    assertThat(score(limited, "while :; do :; done", "true")).as("time").isEqualTo(Score.of(0));
    assertThat(score(limited, "sleep 60", "true")).as("clock").isEqualTo(Score.of(0));
    assertThat(score(limited, "while :; do echo more; done", "true"))
        .as("output")
        .isEqualTo(Score.of(0));
    assertThat(
            score(
                limited + ", max-memory: 64MB",
                "x=a; while test ${#x} -lt 200000000; do x=$x$x; done",
                "true"))
        .as("memory")
        .isEqualTo(Score.of(0));
  }

  @ParameterizedTest
  @CsvSource({"none", "namespaces"})
  void nothingIsLeft(String isolation) throws IOException, InterruptedException {
    String limited = SHELL.replace("isolation: none", "isolation: " + isolation);
    if (!score(limited, "true", "true").valid()) {
      Assumptions.abort("this machine has no namespaces for users");
    }
    Path beat = directory.resolve("beat");
    Path place = directory.resolve("place");
    // A child that goes on after its parent was stopped for taking too long.
    String code =
        "pwd > %s; (while :; do date +%%N > %s; sleep 0.1; done) & sleep 60".formatted(place, beat);
    assertThat(score(limited, code, "true")).isEqualTo(Score.of(0));
    assertThat(Path.of(Files.readString(place).strip())).doesNotExist();
    Thread.sleep(500);
    String last = Files.readString(beat);
    Thread.sleep(500);
    assertThat(Files.readString(beat)).isEqualTo(last);
  }

  @Test
  void namespacesHideNetworkAndProcesses() {
    String isolated = SHELL.replace("isolation: none", "isolation: namespaces");
    if (!score(isolated, "true", "true").valid()) {
      Assumptions.abort("this machine has no namespaces for users");
    }
    assertThat(score(isolated, "true", "test $(wc -l < /proc/net/dev) = 3"))
        .as("two lines of heading and the loopback")
        .isEqualTo(Score.of(1));
    assertThat(score(isolated, "true", "test $$ = 1 || test $PPID = 1 || test $PPID = 0"))
        .isEqualTo(Score.of(1));
  }

  @Test
  void theEnvironmentIsEmpty() {
    assertThat(
            score(
                SHELL,
                "env | grep -v '^\\(PATH\\|HOME\\|LANG\\|PWD\\|_\\|SHLVL\\|OLDPWD\\)='",
                "test $? = 1"))
        .isEqualTo(Score.of(1));
  }

  @Test
  void aMachineThatCannotRunItGivesNoScore() {
    Score score =
        score(SHELL.replace("[sh, '{file}']", "[no-such-program, '{file}']"), "true", "true");
    assertThat(score.valid()).isFalse();
    assertThat(score.reason()).isEqualTo("command 'no-such-program' is not found");
  }

  @Test
  void aRowWithoutTestsGivesNoScore() {
    assertThat(RewardYaml.scorer(SHELL).score(RewardYaml.sample("```\nx\n```")).valid()).isFalse();
  }
}
