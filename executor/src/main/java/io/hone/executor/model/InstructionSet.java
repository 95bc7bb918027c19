package io.hone.executor.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The processor's vector instructions as the tensor engine picks its kernels by them: two machines
 * that differ here differ in the last bits of a matrix product.
 */
public final class InstructionSet {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Set<String> AVX512 =
      Set.of("avx512f", "avx512bw", "avx512vl", "avx512dq", "fma");
  private static final Set<String> AVX2 = Set.of("avx2", "fma");
  private static final String CURRENT = detect();

  private InstructionSet() {}

  /** Vendor and widest usable set of this machine, such as {@code GenuineIntel avx512}. */
  public static String current() {
    return CURRENT;
  }

  private static String detect() {
    String forced = System.getenv("ATEN_CPU_CAPABILITY");
    String suffix = forced == null ? "" : " limited to " + forced.toLowerCase(Locale.ROOT);
    try {
      return of(Files.readAllLines(PROCESSORS, StandardCharsets.UTF_8)) + suffix;
    } catch (IOException absent) {
      return System.getProperty("os.arch") + suffix;
    }
  }

  /** Reads the lines of {@code /proc/cpuinfo}. */
  static String of(List<String> lines) {
    Set<String> flags =
        Set.copyOf(Arrays.stream(value(lines, "flags").split("\\s+")).distinct().toList());
    String vendor = value(lines, "vendor_id");
    String widest =
        flags.containsAll(AVX512) ? "avx512" : flags.containsAll(AVX2) ? "avx2" : "default";
    return (vendor.isEmpty() ? System.getProperty("os.arch") : vendor) + " " + widest;
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }
}
