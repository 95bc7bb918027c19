package io.hone.kernels.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes safetensors files of any size: model weights, and named flat tensors such as optimiser
 * state.
 *
 * <p>Floats are narrowed to 16-bit types by rounding to nearest, ties to even.
 */
public final class SafetensorsWriter {
  /** Elements converted and written at once. */
  private static final int BLOCK = 1 << 20;

  private static final int HEADER_ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * Writes a new file and forces it to the disk; on any failure the file is removed.
   *
   * @param file must not exist
   * @param tensors in any order; they are stored by falling element size, so that each is aligned
   * @param metadata free strings, returned by {@link SafetensorsFile#metadata()}
   * @throws IOException if the file exists or cannot be written
   * @throws UserException if a weight is too large for FLOAT16
   */
  public static void write(Path file, List<TensorSlice> tensors, Map<String, String> metadata)
      throws IOException {
    List<TensorSlice> ordered =
        tensors.stream()
            .sorted(
                Comparator.comparingInt((TensorSlice tensor) -> tensor.type().bytes()).reversed())
            .toList();
    byte[] header = header(ordered, metadata);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    boolean complete = false;
    try (channel) {
      writeFully(channel, ByteBuffer.wrap(header));
      ByteBuffer buffer =
          ByteBuffer.allocateDirect(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (TensorSlice tensor : ordered) {
        write(channel, tensor, buffer);
      }
      channel.force(true);
      complete = true;
    } finally {
      if (!complete) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static byte[] header(List<TensorSlice> tensors, Map<String, String> metadata)
      throws IOException {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    if (!metadata.isEmpty()) {
      ObjectNode strings = root.putObject(SafetensorsHeader.METADATA);
      // The same bytes for the same content.
      new TreeMap<>(metadata).forEach(strings::put);
    }
    long position = 0;
    for (TensorSlice tensor : tensors) {
      if (root.has(tensor.name())) {
        throw new IllegalArgumentException("Two tensors are named " + tensor.name());
      }
      ObjectNode entry = root.putObject(tensor.name());
      entry.put("dtype", tensor.type().code());
      ArrayNode shape = entry.putArray("shape");
      tensor.shape().forEach(shape::add);
      ArrayNode offsets = entry.putArray("data_offsets").add(position);
      position = Math.addExact(position, tensor.bytes());
      offsets.add(position);
    }
    byte[] json = new ObjectMapper().writeValueAsBytes(root);
    int padded = (json.length + HEADER_ALIGNMENT - 1) / HEADER_ALIGNMENT * HEADER_ALIGNMENT;
    byte[] header = new byte[SafetensorsHeader.LENGTH_BYTES + padded];
    Arrays.fill(header, (byte) ' ');
    ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
    return header;
  }

  private static void write(FileChannel channel, TensorSlice tensor, ByteBuffer buffer)
      throws IOException {
    long size = tensor.size();
    float[] block = new float[(int) Math.min(BLOCK, size)];
    short[] halves = new short[tensor.type() == DataType.FLOAT32 ? 0 : block.length];
    for (long done = 0; done < size; done += block.length) {
      int count = (int) Math.min(block.length, size - done);
      tensor.weights().copyTo(tensor.offset() + done, block, 0, count);
      buffer.clear();
      if (tensor.type() == DataType.FLOAT32) {
        buffer.asFloatBuffer().put(block, 0, count);
      } else {
        narrow(tensor, block, halves, count);
        buffer.asShortBuffer().put(halves, 0, count);
      }
      writeFully(channel, buffer.limit(count * tensor.type().bytes()));
    }
  }

  private static void narrow(TensorSlice tensor, float[] block, short[] halves, int count) {
    if (tensor.type() == DataType.BFLOAT16) {
      for (int i = 0; i < count; i++) {
        halves[i] = HalfFloats.narrowBfloat16(block[i]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        halves[i] = HalfFloats.narrowFloat16(block[i]);
        requireFinite(tensor.name(), block[i], halves[i]);
      }
    }
  }

  private static void requireFinite(String name, float value, short half) {
    if (Float.isFinite(value) && !Float.isFinite(HalfFloats.widenFloat16(half))) {
      throw new UserException(
          "A weight of %s is %s; F16 holds at most 65504: store it as BF16 or F32"
              .formatted(name, value));
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
