package io.hone.jobs.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private long milliseconds;

  @Test
  void saysNothingInTheFirstTwoSeconds() {
    Progress progress = progress(false);
    at(1900, progress);
    assertThat(text()).isEmpty();
    at(2000, progress);
    assertThat(text()).isNotEmpty();
  }

  @Test
  void addsALineEveryTenSecondsToALog() {
    Progress progress = progress(false);
    at(2000, progress);
    progress.add(25, 1000);
    at(11_900, progress);
    at(12_000, progress);
    at(12_500, progress);
    assertThat(text().lines())
        .containsExactly(
            "0 of 100 rows, 2.00 s",
            "25 of 100 rows (25%), 83 tokens/s, 12.0 s, about 36.0 s left");
    assertThat(text()).doesNotContain("\r").doesNotContain("\u001b");
  }

  @Test
  void rewritesItsLineOnATerminalAndTakesItAway() {
    Progress progress = progress(true);
    progress.add(50, 0);
    at(2000, progress);
    at(2500, progress);
    progress.clear();
    String line = "50 of 100 rows (50%), 2.50 s, about 2.50 s left";
    assertThat(text()).endsWith("\r" + line + "\r" + " ".repeat(line.length()) + "\r");
    assertThat(text()).doesNotContain("\n").doesNotContain("\u001b");
  }

  @Test
  void overwritesALongerLineCompletely() {
    Progress progress = progress(true);
    progress.add(99, 0);
    at(2000, progress);
    progress.add(1, 0);
    at(2500, progress);
    String shorter = "100 of 100 rows (100%), 2.50 s";
    String longer = "99 of 100 rows (99%), 2.00 s, about 0.02 s left";
    assertThat(text())
        .isEqualTo("\r" + longer + "\r" + shorter + " ".repeat(longer.length() - shorter.length()));
  }

  @Test
  void sumsUpWhatWasDone() {
    Progress progress = progress(false);
    progress.add(40, 3000);
    progress.add(60, 2000);
    milliseconds = 2500;
    assertThat(progress.summary()).isEqualTo("100 rows, 5000 tokens in 2.50 s (2000 tokens/s)");
  }

  private Progress progress(boolean terminal) {
    PrintStream err = new PrintStream(written, true, StandardCharsets.UTF_8);
    return new Progress(
        new Console(err, err, terminal),
        100,
        "rows",
        () -> TimeUnit.MILLISECONDS.toNanos(milliseconds));
  }

  private void at(long time, Progress progress) {
    milliseconds = time;
    progress.tick();
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }
}
