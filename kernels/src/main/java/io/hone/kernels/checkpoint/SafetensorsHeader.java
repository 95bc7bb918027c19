package io.hone.kernels.checkpoint;

import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file: 8 bytes of little-endian length, then JSON with a place for
 * every tensor. Reading checks everything that the format promises: the tensors cover the rest of
 * the file exactly, without gap or overlap, and each has the bytes that its type and shape ask for.
 *
 * @param dataStart the file position of the first tensor byte
 * @param tensors by name, in the order of their bytes
 * @param metadata free strings of the writer
 */
record SafetensorsHeader(
    long dataStart, Map<String, SafetensorsTensor> tensors, Map<String, String> metadata) {

  static final int LENGTH_BYTES = 8;
  static final String METADATA = "__metadata__";

  /** The bound of the reference implementation. */
  static final int MAX_BYTES = 100_000_000;

  static SafetensorsHeader read(Path file, FileChannel channel) throws IOException {
    long fileBytes = channel.size();
    Checks.require(
        fileBytes >= LENGTH_BYTES,
        "%s has %d bytes; a safetensors file has at least 8: it is truncated, copy it again",
        file,
        fileBytes);
    long headerBytes = bytes(channel, 0, LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    Checks.require(
        headerBytes >= 2 && headerBytes <= fileBytes - LENGTH_BYTES,
        "%s says that its header has %s bytes, but %d follow: it is truncated or no safetensors file, copy it again",
        file,
        Long.toUnsignedString(headerBytes),
        fileBytes - LENGTH_BYTES);
    Checks.require(
        headerBytes <= MAX_BYTES,
        "%s says that its header has %d bytes; expected at most %d",
        file,
        headerBytes,
        MAX_BYTES);
    JsonObject json =
        JsonObject.parse(
            "The header of " + file, bytes(channel, LENGTH_BYTES, (int) headerBytes).array());
    return parse(file, json, LENGTH_BYTES + headerBytes, fileBytes);
  }

  private static SafetensorsHeader parse(
      Path file, JsonObject json, long dataStart, long fileBytes) {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<SafetensorsTensor> tensors = new ArrayList<>();
    for (String name : json.keys()) {
      JsonObject entry = json.object(name);
      if (name.equals(METADATA)) {
        entry.keys().forEach(key -> metadata.put(key, entry.text(key)));
      } else {
        tensors.add(tensor(file, name, entry));
      }
    }
    tensors.sort(
        Comparator.comparingLong(SafetensorsTensor::begin)
            .thenComparingLong(SafetensorsTensor::end));
    requireSeamless(file, tensors, fileBytes - dataStart);
    Map<String, SafetensorsTensor> byName = new LinkedHashMap<>();
    tensors.forEach(tensor -> byName.put(tensor.name(), tensor));
    return new SafetensorsHeader(dataStart, byName, metadata);
  }

  private static SafetensorsTensor tensor(Path file, String name, JsonObject entry) {
    String code = entry.text("dtype");
    DataType type =
        DataType.ofCode(code)
            .orElseThrow(
                () -> entry.wrong("dtype", code, "a safetensors type such as F32 or BF16"));
    List<Long> shape = entry.longs("shape");
    List<Long> offsets = entry.longs("data_offsets");
    if (offsets.size() != 2 || offsets.get(0) < 0 || offsets.get(1) < offsets.get(0)) {
      throw entry.wrong("data_offsets", offsets, "[begin, end] with 0 <= begin <= end");
    }
    long bytes = offsets.get(1) - offsets.get(0);
    if (bytes(shape, type) != bytes) {
      throw new UserException(
          "%s: tensor %s has %d bytes by its data_offsets, but shape %s of %s needs another number"
              .formatted(file, name, bytes, shape, type.code()));
    }
    return new SafetensorsTensor(name, type, shape, offsets.get(0), offsets.get(1));
  }

  /** Bytes of a shape; -1, which no range has, if the shape is no shape. */
  private static long bytes(List<Long> shape, DataType type) {
    long bytes = type.bytes();
    for (long dimension : shape) {
      if (dimension < 0) {
        return -1;
      }
      try {
        bytes = Math.multiplyExact(bytes, dimension);
      } catch (ArithmeticException e) {
        return -1;
      }
    }
    return bytes;
  }

  private static void requireSeamless(Path file, List<SafetensorsTensor> tensors, long dataBytes) {
    long position = 0;
    String previous = "the header";
    for (SafetensorsTensor tensor : tensors) {
      Checks.require(
          tensor.end() <= dataBytes,
          "%s: tensor %s ends at byte %d, but only %d bytes of tensors are there: the file is truncated, copy it again",
          file,
          tensor.name(),
          tensor.end(),
          dataBytes);
      Checks.require(
          tensor.begin() >= position,
          "%s: tensor %s begins at byte %d, inside %s, which ends at byte %d; tensors must not overlap",
          file,
          tensor.name(),
          tensor.begin(),
          previous,
          position);
      Checks.require(
          tensor.begin() == position,
          "%s: bytes %d to %d belong to no tensor; tensors must follow each other without gaps",
          file,
          position,
          tensor.begin());
      position = tensor.end();
      previous = tensor.name();
    }
    Checks.require(
        position == dataBytes,
        "%s: bytes %d to %d belong to no tensor; expected the file to end with its last tensor",
        file,
        position,
        dataBytes);
  }

  private static ByteBuffer bytes(FileChannel channel, long position, int count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    return buffer;
  }
}
