package io.hone.kernels.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files byte by byte, right or wrong. */
final class SafetensorsBytes {
  private SafetensorsBytes() {}

  /** A file of a header and that many data bytes, which count up from 0. */
  static Path write(Path file, String header, int dataBytes) throws IOException {
    return write(file, header.getBytes(StandardCharsets.UTF_8).length, header, dataBytes);
  }

  /** As above, with a header length of its own. */
  static Path write(Path file, long headerLength, String header, int dataBytes) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(headerLength).put(json);
    for (int i = 0; i < dataBytes; i++) {
      bytes.put((byte) i);
    }
    return Files.write(file, bytes.array());
  }
}
