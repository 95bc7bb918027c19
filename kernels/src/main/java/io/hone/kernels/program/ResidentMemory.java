package io.hone.kernels.program;

import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Main memory that this process holds: its Java heap as far as ever touched, and all that is not
 * heap, tensors of the CPU among them. As Linux counts it in {@code /proc/self} (proc(5): VmRSS and
 * VmHWM of {@code status}, {@code clear_refs}), within a few hundred KiB.
 */
public final class ResidentMemory {
  private static final Path THIS_PROCESS = Path.of("/proc/self");
  private static final String RESIDENT = "VmRSS";
  private static final String PEAK = "VmHWM";
  private static final String FORGET_PEAK = "5";
  private static final long KIBIBYTE = 1024;

  private final Path process;

  /**
   * That of this process.
   *
   * @throws UserException if the system does not count it, or lets no one forget the peak
   */
  public ResidentMemory() {
    this(THIS_PROCESS);
  }

  ResidentMemory(Path process) {
    this.process = process;
    try {
      forgetPeak();
      number(PEAK);
    } catch (IOException absent) {
      throw new UserException(
          process
              + ": does not tell and reset the peak of resident memory ("
              + absent
              + "; expected status with "
              + PEAK
              + " and a writable clear_refs, as Linux has them; measure on such a system)",
          absent);
    }
  }

  /** How far the memory rises, in bytes, above what it was before, while something runs. */
  public long rise(Runnable work) {
    try {
      forgetPeak();
      long before = number(RESIDENT);
      work.run();
      return Math.max(0, number(PEAK) - before);
    } catch (IOException vanished) {
      throw new IllegalStateException(process + ": cannot be read any more", vanished);
    }
  }

  private void forgetPeak() throws IOException {
    Files.writeString(process.resolve("clear_refs"), FORGET_PEAK);
  }

  private long number(String name) throws IOException {
    Matcher matcher =
        Pattern.compile("^" + name + ":\\s+(\\d+) kB$", Pattern.MULTILINE)
            .matcher(Files.readString(process.resolve("status")));
    if (!matcher.find()) {
      throw new IOException("no " + name + " in status");
    }
    return Long.parseLong(matcher.group(1)) * KIBIBYTE;
  }
}
