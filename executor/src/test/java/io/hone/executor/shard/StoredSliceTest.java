package io.hone.executor.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.FlatSequence;
import io.hone.kernels.checkpoint.FlatWeights;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredSliceTest {
  private static final int BLOCK = FlatWeights.BLOCK;
  private static final int SIZE = 20 * BLOCK + 100;
  private static final Configuration HADOOP = new Configuration(false);

  @TempDir java.nio.file.Path directory;
  private FlatWeights second;
  private StoredSlice slice;

  @BeforeEach
  void write() {
    second = random();
    slice = SliceFile.write(path(), 7L * BLOCK, List.of(random(), second), HADOOP).get(1);
  }

  private Path path() {
    return new Path(directory.resolve("shard").toUri());
  }

  private static FlatWeights random() {
    Random random = new Random(5);
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = random.nextFloat();
    }
    return FlatWeights.of(new float[][] {values});
  }

  private void damage(long number) throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve("shard").toFile(), "rw")) {
      file.seek(slice.position() + number * Float.BYTES);
      int old = file.read();
      file.seek(slice.position() + number * Float.BYTES);
      file.write(old ^ 1);
    }
  }

  private float[] read(long offset, int count) {
    float[] target = new float[count];
    slice.copyTo(offset, target, 0, count, HADOOP);
    return target;
  }

  @Test
  void isReadAsWritten() {
    assertThat(slice.read(HADOOP).fingerprint()).isEqualTo(second.fingerprint());
    for (int[] range : new int[][] {{0, 1}, {BLOCK - 1, 2}, {3, 17 * BLOCK}, {SIZE - 101, 101}}) {
      assertThat(read(range[0], range[1])).isEqualTo(second.range(range[0], range[1]));
    }
  }

  @Test
  void aDamagedBlockIsNeverRead() throws Exception {
    damage(2L * BLOCK + 3);
    assertThat(read(3L * BLOCK, 2)).isEqualTo(second.range(3L * BLOCK, 2));
    assertThatThrownBy(() -> read(2L * BLOCK + 100, 1))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("shard: numbers " + 9 * BLOCK + " on are damaged.")
        .hasMessageContaining("the run goes on from its last checkpoint");
  }

  @Test
  void aShortOrMissingFileIsAUserError() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve("shard").toFile(), "rw")) {
      file.setLength(file.length() - 1);
    }
    assertThatThrownBy(() -> slice.read(HADOOP))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot read");
    Files.delete(directory.resolve("shard"));
    assertThatThrownBy(() -> slice.read(HADOOP))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no such file");
  }

  @Test
  void aFileIsCompleteOrNotThere() {
    FlatSequence failing =
        new FlatSequence() {
          @Override
          public long size() {
            return BLOCK;
          }

          @Override
          public void copyTo(long offset, float[] target, int targetOffset, int count) {
            throw new IllegalStateException("lost");
          }
        };
    Path other = new Path(directory.resolve("other").toUri());
    assertThatThrownBy(() -> SliceFile.write(other, 0, List.of(second, failing), HADOOP))
        .hasMessage("lost");
    assertThat(directory.resolve("other")).doesNotExist();
  }
}
