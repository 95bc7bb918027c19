package io.hone.kernels.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FlatSequenceTest {
  private static final int BLOCK = FlatWeights.BLOCK;

  private static FlatWeights random(int size) {
    Random random = new Random(size);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat();
    }
    return FlatWeights.of(new float[][] {values});
  }

  @Test
  void blocksGrainDividesChunks() {
    assertThat(FlatWeights.CHUNK % BLOCK).isZero();
  }

  @Test
  void rangesOfWholeBlocksGiveTheFingerprintOfTheWhole() {
    FlatWeights whole = random(3 * BLOCK + 5);
    long[] apart =
        LongStream.concat(
                LongStream.of(Fingerprint.digests(whole.slice(0, 2 * BLOCK))),
                LongStream.of(Fingerprint.digests(whole.slice(2 * BLOCK, whole.size()))))
            .toArray();
    assertThat(Fingerprint.of(whole.size(), apart)).isEqualTo(whole.fingerprint());
    apart[3] ^= 1;
    assertThat(Fingerprint.of(whole.size(), apart)).isNotEqualTo(whole.fingerprint());
  }

  @Test
  void aSliceIsAView() {
    FlatWeights whole = random(100);
    FlatSequence slice = whole.slice(10, 30);
    assertThat(slice.size()).isEqualTo(20);
    assertThat(slice.range(5, 2)).containsExactly(whole.chunks()[0][15], whole.chunks()[0][16]);
    assertThat(FlatWeights.copyOf(slice).size()).isEqualTo(20);
    assertThatThrownBy(() -> slice.range(19, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> whole.slice(90, 101)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void zerosAreZeros() {
    FlatSequence zeros = FlatSequence.zeros(BLOCK + 1L);
    assertThat(zeros.fingerprint()).isEqualTo(FlatWeights.zeros(BLOCK + 1L).fingerprint());
  }
}
