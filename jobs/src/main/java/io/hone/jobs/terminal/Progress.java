package io.hone.jobs.terminal;

import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells how far long work is: nothing for the first two seconds, then one line that is rewritten in
 * place on a terminal and a new line every ten seconds elsewhere.
 */
public final class Progress {
  private static final double QUIET_SECONDS = 2;
  private static final double TERMINAL_SECONDS = 0.5;
  private static final double LOG_SECONDS = 10;

  private final Console console;
  private final String unit;
  private final long total;
  private final LongSupplier nanoTime;
  private final long start;
  private double nextReport = QUIET_SECONDS;
  private long done;
  private long tokens;
  private int shown;

  /**
   * @param total how much there is to do
   * @param unit of what, in the plural
   */
  public Progress(Console console, long total, String unit) {
    this(console, total, unit, System::nanoTime);
  }

  Progress(Console console, long total, String unit, LongSupplier nanoTime) {
    this.console = console;
    this.total = total;
    this.unit = unit;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  /** Counts work that was done. */
  public void add(long units, long moreTokens) {
    done += units;
    tokens += moreTokens;
  }

  /** Reports if it is time to; to be called now and then. */
  public void tick() {
    double elapsed = elapsed();
    if (elapsed < nextReport) {
      return;
    }
    nextReport = elapsed + (console.terminal() ? TERMINAL_SECONDS : LOG_SECONDS);
    show(line(elapsed));
  }

  /** Takes a line that is being rewritten off the terminal. */
  public void clear() {
    if (console.terminal() && shown > 0) {
      console.err().print("\r" + " ".repeat(shown) + "\r");
      console.err().flush();
      shown = 0;
    }
  }

  /**
   * How much was done, in what time and at which rate: {@code 96 rows, 12288 tokens in 1.3 s (9452
   * tokens/s)}.
   */
  public String summary() {
    double elapsed = elapsed();
    String counted = done + " " + unit;
    if (tokens == 0) {
      return counted + " in " + Durations.format(elapsed);
    }
    return String.format(
        Locale.ROOT,
        "%s, %d tokens in %s (%.0f tokens/s)",
        counted,
        tokens,
        Durations.format(elapsed),
        tokens / elapsed);
  }

  private String line(double elapsed) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%d of %d %s", done, total, unit));
    if (done > 0) {
      line.append(String.format(Locale.ROOT, " (%d%%)", 100 * done / total));
    }
    if (tokens > 0) {
      line.append(String.format(Locale.ROOT, ", %.0f tokens/s", tokens / elapsed));
    }
    line.append(", ").append(Durations.format(elapsed));
    if (done > 0 && done < total) {
      line.append(", about ")
          .append(Durations.format(elapsed / done * (total - done)))
          .append(" left");
    }
    return line.toString();
  }

  private void show(String line) {
    if (console.terminal()) {
      console.err().print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
      console.err().flush();
      shown = line.length();
    } else {
      console.err().println(line);
    }
  }

  private double elapsed() {
    return (nanoTime.getAsLong() - start) * 1e-9;
  }
}
