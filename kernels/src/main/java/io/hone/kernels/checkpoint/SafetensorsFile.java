package io.hone.kernels.checkpoint;

import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;

/**
 * A safetensors file, validated when opened and read by memory map tensor by tensor, of any size.
 *
 * <p>Source of the format: the README of {@code huggingface/safetensors}. Not kept open: each read
 * maps what it needs.
 */
public final class SafetensorsFile {
  /** Bytes mapped at once; a multiple of every element size, below the 2 GiB of a buffer. */
  private static final int WINDOW = 1 << 28;

  /** Elements converted at once from 16-bit formats. */
  private static final int BLOCK = 1 << 14;

  /** Elements read at once where a range is asked for. */
  private static final int RANGE = 1 << 20;

  private final Path file;
  private final SafetensorsHeader header;

  private SafetensorsFile(Path file, SafetensorsHeader header) {
    this.file = file;
    this.header = header;
  }

  /**
   * Opens and validates a file; no tensor bytes are read.
   *
   * @throws UserException if the file is missing, truncated, or breaks any rule of the format
   */
  public static SafetensorsFile open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UserException(file + " is missing; expected a safetensors file");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new SafetensorsFile(file, SafetensorsHeader.read(file, channel));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  public Path path() {
    return file;
  }

  /** All tensors by name, in the order of their bytes. */
  public Map<String, SafetensorsTensor> tensors() {
    return header.tensors();
  }

  /** The writer's free strings. */
  public Map<String, String> metadata() {
    return header.metadata();
  }

  /**
   * Reads a tensor of FLOAT32, FLOAT16 or BFLOAT16 as floats, exactly.
   *
   * @throws UserException if the file has no such tensor, or one of another type
   */
  public FlatWeights read(String name) {
    SafetensorsTensor tensor = tensor(name);
    float[][] chunks = FlatWeights.newChunks(tensor.size());
    readInto(name, chunks, 0);
    return FlatWeights.of(chunks);
  }

  /**
   * Reads a tensor of FLOAT32, FLOAT16 or BFLOAT16 into chunks as {@link FlatWeights#newChunks}
   * makes them.
   *
   * @param offset index of the tensor's first element in the chunks
   * @throws UserException if the file has no such tensor, or one of another type
   */
  public void readInto(String name, float[][] chunks, long offset) {
    SafetensorsTensor tensor = tensor(name);
    requireWeight(tensor);
    forEachWindow(
        tensor,
        (window, first) -> {
          long position = offset + first;
          while (window.hasRemaining()) {
            float[] chunk = chunks[(int) (position / FlatWeights.CHUNK)];
            int start = (int) (position % FlatWeights.CHUNK);
            int count = Math.min(chunk.length - start, window.remaining() / tensor.type().bytes());
            widen(tensor.type(), window, chunk, start, count);
            position += count;
          }
        });
  }

  /**
   * A tensor of FLOAT32, FLOAT16 or BFLOAT16 as a flat sequence that reads what is asked for.
   *
   * @throws UserException if the file has no such tensor, or one of another type
   */
  public FlatSequence sequence(String name) {
    SafetensorsTensor tensor = tensor(name);
    requireWeight(tensor);
    return new FlatSequence() {
      @Override
      public long size() {
        return tensor.size();
      }

      @Override
      public void copyTo(long offset, float[] target, int targetOffset, int count) {
        Objects.checkFromIndexSize(offset, (long) count, tensor.size());
        copyRange(tensor, offset, target, targetOffset, count);
      }
    };
  }

  /**
   * The same by one memory map, which stays as long as the sequence does. The file must not become
   * shorter meanwhile.
   *
   * @throws UserException as {@link #sequence}, or if the file cannot be mapped
   */
  public FlatSequence map(String name) {
    SafetensorsTensor tensor = tensor(name);
    requireWeight(tensor);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new MappedTensor(channel, header.dataStart() + tensor.begin(), tensor, WINDOW);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Not by memory map: many small mappings would wait for the garbage collector. */
  private void copyRange(
      SafetensorsTensor tensor, long offset, float[] target, int targetOffset, int count) {
    int width = tensor.type().bytes();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.min(count, RANGE) * width).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int done = 0; done < count; done += RANGE) {
        int length = Math.min(RANGE, count - done);
        bytes.clear().limit(length * width);
        long position = header.dataStart() + tensor.begin() + (offset + done) * width;
        while (bytes.hasRemaining()) {
          if (channel.read(bytes, position + bytes.position()) < 0) {
            throw new IOException("the file became shorter after it was opened");
          }
        }
        widen(tensor.type(), bytes.flip(), target, targetOffset + done, length);
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /**
   * Reads a tensor of INT64.
   *
   * @throws UserException if the file has no such tensor, one of another type, or one of more than
   *     2^31 elements
   */
  public long[] readLongs(String name) {
    SafetensorsTensor tensor = tensor(name);
    Checks.require(
        tensor.type() == DataType.INT64 && tensor.size() <= Integer.MAX_VALUE - 8,
        "%s: tensor %s is %s %s; expected I64 of fewer than 2^31 elements",
        file,
        name,
        tensor.type().code(),
        tensor.shape());
    long[] values = new long[(int) tensor.size()];
    forEachWindow(
        tensor,
        (window, first) ->
            window.asLongBuffer().get(values, (int) first, window.remaining() / Long.BYTES));
    return values;
  }

  /** The tensor of this name. */
  private SafetensorsTensor tensor(String name) {
    SafetensorsTensor tensor = header.tensors().get(name);
    Checks.require(tensor != null, "%s has no tensor named %s", file, name);
    return tensor;
  }

  /** Throws unless the tensor has one of the types of weights. */
  void requireWeight(SafetensorsTensor tensor) {
    Checks.require(
        tensor.type().isWeight(),
        "%s: tensor %s has dtype %s; expected F32, F16 or BF16",
        file,
        tensor.name(),
        tensor.type().code());
  }

  private interface WindowReader {
    /** Reads a little-endian window that begins with element {@code first} of the tensor. */
    void read(ByteBuffer window, long first);
  }

  private void forEachWindow(SafetensorsTensor tensor, WindowReader reader) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long position = header.dataStart() + tensor.begin();
      long end = header.dataStart() + tensor.end();
      if (channel.size() < end) {
        throw new IOException("the file became shorter after it was opened");
      }
      for (long start = position; start < end; start += WINDOW) {
        ByteBuffer window =
            channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(WINDOW, end - start));
        reader.read(
            window.order(ByteOrder.LITTLE_ENDIAN), (start - position) / tensor.type().bytes());
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Takes {@code count} elements from the window and advances it. */
  static void widen(DataType type, ByteBuffer window, float[] target, int start, int count) {
    int bytes = count * type.bytes();
    if (type == DataType.FLOAT32) {
      FloatBuffer floats = window.asFloatBuffer();
      floats.get(target, start, count);
    } else {
      ShortBuffer halves = window.asShortBuffer();
      short[] block = new short[Math.min(BLOCK, count)];
      for (int done = 0; done < count; done += block.length) {
        int length = Math.min(block.length, count - done);
        halves.get(block, 0, length);
        if (type == DataType.BFLOAT16) {
          for (int i = 0; i < length; i++) {
            target[start + done + i] = HalfFloats.widenBfloat16(block[i]);
          }
        } else {
          for (int i = 0; i < length; i++) {
            target[start + done + i] = HalfFloats.widenFloat16(block[i]);
          }
        }
      }
    }
    window.position(window.position() + bytes);
  }

  private static UserException unreadable(Path file, IOException e) {
    return new UserException("Cannot read " + file + ": " + Failures.describe(e), e);
  }
}
