package io.hone.kernels.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript sources into the archive that libtorch loads: an uncompressed zip with one
 * source file per module, a pickle that instantiates the class {@code programs.Programs}, an empty
 * pickle of constants and a format version.
 */
final class TorchScriptArchive {
  /**
   * The format that libtorch 2.7 writes; an older one would put upgraders before some operators.
   */
  private static final String FORMAT_VERSION = "10\n";

  /**
   * Pickle protocol 2: a {@code __torch__.programs.Programs} without parameters, {@code training =
   * False}.
   */
  private static final String MODULE_PICKLE =
      "\u0080\u0002c__torch__.programs\nPrograms\nq\0)\u0081}(X\u0008\0\0\0trainingq\u0001\u0089ubq\u0002.";

  /** Pickle protocol 2: the empty tuple. */
  private static final String CONSTANTS_PICKLE = "\u0080\u0002).";

  private TorchScriptArchive() {}

  /**
   * The archive.
   *
   * @param sources text of each module by its name; functions of module {@code m} are {@code
   *     __torch__.m.f}
   */
  static byte[] pack(Map<String, String> sources) {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    sources.forEach(
        (name, text) ->
            entries.put("code/__torch__/" + name + ".py", text.getBytes(StandardCharsets.UTF_8)));
    entries.put("data.pkl", MODULE_PICKLE.getBytes(StandardCharsets.ISO_8859_1));
    entries.put("constants.pkl", CONSTANTS_PICKLE.getBytes(StandardCharsets.ISO_8859_1));
    entries.put("version", FORMAT_VERSION.getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        store(zip, "hone/" + entry.getKey(), entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
