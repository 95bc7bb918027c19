package io.hone.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  @TempDir private Path directory;
  private Path input;
  private Path reward;

  @BeforeEach
  void writeFiles() throws IOException {
    reward =
        Files.writeString(
            directory.resolve("reward.yaml"),
            """
            components:
              - {name: number, type: number-match, weight: 0}
              - {name: dog, type: contains, text: dog, weight: 0.5}
              - {name: hybrid, type: fallback, of: [number, dog], weight: 2}
            """);
    input =
        Files.writeString(
            directory.resolve("in.jsonl"),
            """
            {"prompt":"1+2","completion":"a dog\\nsays nothing","answer":"3"}
            {"prompt":"?","completion":"cat","answer":"unknown"}
            """);
  }

  private CommandRun explain(String row) {
    return CommandRun.of("explain", "--reward", reward, "--input", input, "--row", row);
  }

  @Test
  void showsWhatEachComponentAdds() {
    CommandRun run = explain("1");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            input
                + """
                 row 1

                  prompt      1+2
                  completion  a dog
                              says nothing

                component  type          value  confidence  weight   adds
                number     number-match      0        0.00       0      -
                dog        contains          1        1.00   0.500  0.500
                hybrid     fallback          1        1.00       2      2

                reward 2.50
                """);
  }

  @Test
  void scoresNoOtherRowsThanItNeeds() throws IOException {
    Files.writeString(reward, "components: [{name: n, type: number-match, on-invalid: fail}]");
    CommandRun first = explain("1");
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.out()).contains("reward 0");
    CommandRun second = explain("2");
    assertThat(second.status()).isEqualTo(2);
    assertThat(second.err()).contains("its on-invalid is fail");
  }

  @Test
  void aRowIsRelativeToAllOfThem() throws IOException {
    Files.writeString(
        reward,
        "components: [{name: dog, type: contains, text: dog, weight: 0},"
            + " {name: relative, type: batch-normalization, of: dog}]");
    CommandRun run = explain("1");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("reward 0.707");
  }

  @Test
  void saysWhyAComponentIsInvalid() {
    CommandRun run = explain("2");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("number     number-match      -", "invalid: ", "reward 0");
  }

  @Test
  void refusesARowThatIsNotThere() {
    CommandRun run = explain("3");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--row is 3 (expected 1 to 2, the rows of " + input);
  }
}
