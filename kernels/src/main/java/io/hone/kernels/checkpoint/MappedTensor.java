package io.hone.kernels.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A tensor of a file, mapped into memory for as long as the object lives: for those who read many
 * small ranges again and again. Safe for use by several threads.
 */
final class MappedTensor implements FlatSequence {
  private final DataType type;
  private final long size;
  private final int windowBytes;
  private final List<ByteBuffer> windows = new ArrayList<>();

  /**
   * @param start first byte of the tensor in the file
   * @param windowBytes length of the buffers, which cannot have 2 GiB; a multiple of every element
   *     size
   */
  MappedTensor(FileChannel channel, long start, SafetensorsTensor tensor, int windowBytes)
      throws IOException {
    this.windowBytes = windowBytes;
    this.type = tensor.type();
    this.size = tensor.size();
    long bytes = size * type.bytes();
    if (channel.size() < start + bytes) {
      throw new IOException("the file became shorter after it was opened");
    }
    for (long done = 0; done < bytes; done += windowBytes) {
      windows.add(
          channel.map(MapMode.READ_ONLY, start + done, Math.min(windowBytes, bytes - done)));
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void copyTo(long offset, float[] target, int targetOffset, int count) {
    Objects.checkFromIndexSize(offset, (long) count, size);
    Objects.checkFromIndexSize(targetOffset, count, target.length);
    int copied = 0;
    while (copied < count) {
      long position = (offset + copied) * type.bytes();
      ByteBuffer window = windows.get((int) (position / windowBytes)).duplicate();
      window.order(ByteOrder.LITTLE_ENDIAN).position((int) (position % windowBytes));
      int length = Math.min(count - copied, window.remaining() / type.bytes());
      SafetensorsFile.widen(type, window, target, targetOffset + copied, length);
      copied += length;
    }
  }
}
