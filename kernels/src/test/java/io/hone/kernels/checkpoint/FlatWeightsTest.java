package io.hone.kernels.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class FlatWeightsTest {
  private static FlatWeights of(float... values) {
    return FlatWeights.of(new float[][] {values});
  }

  @Test
  void chunksHoldExactlyTheSize() {
    assertThat(FlatWeights.zeros(0).chunks()).isEmpty();
    assertThat(FlatWeights.zeros(5).chunks()).hasDimensions(1, 5);
    float[][] two = FlatWeights.newChunks(FlatWeights.CHUNK + 3L);
    assertThat(two).hasNumberOfRows(2);
    assertThat(two[0]).hasSize(FlatWeights.CHUNK);
    assertThat(two[1]).hasSize(3);
    assertThat(FlatWeights.of(two).size()).isEqualTo(FlatWeights.CHUNK + 3L);
  }

  @Test
  void copiesAcrossChunks() {
    float[][] chunks = FlatWeights.newChunks(FlatWeights.CHUNK + 3L);
    chunks[0][FlatWeights.CHUNK - 1] = 1;
    chunks[1][0] = 2;
    chunks[1][2] = 3;
    float[] copy = new float[6];
    FlatWeights weights = FlatWeights.of(chunks);

    weights.copyTo(FlatWeights.CHUNK - 1, copy, 1, 4);

    assertThat(copy).containsExactly(0, 1, 2, 0, 3, 0);
    assertThatThrownBy(() -> weights.copyTo(FlatWeights.CHUNK, copy, 0, 4))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void refusesChunksOfOtherLengths() {
    assertThatThrownBy(() -> FlatWeights.of(new float[][] {new float[3], new float[3]}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Chunk 0 of 2 has 3 elements");
    assertThatThrownBy(() -> FlatWeights.of(new float[][] {new float[0]}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void fingerprintSeesEveryBitAndTheOrder() {
    float[] values = new float[19];
    long zeros = of(values).fingerprint();
    assertThat(of(values.clone()).fingerprint()).isEqualTo(zeros);
    for (int i = 0; i < values.length; i++) {
      float[] changed = values.clone();
      changed[i] = Float.MIN_VALUE;
      assertThat(of(changed).fingerprint()).as("element %d", i).isNotEqualTo(zeros);
      changed[i] = -0f;
      assertThat(of(changed).fingerprint()).as("sign of element %d", i).isNotEqualTo(zeros);
    }
    assertThat(of(1, 2, 3).fingerprint()).isNotEqualTo(of(2, 1, 3).fingerprint());
    assertThat(of(0).fingerprint()).isNotEqualTo(of(0, 0).fingerprint());
    assertThat(of(1, 2, 3, 4, 5, 6, 7, 8).fingerprint())
        .isNotEqualTo(of(3, 4, 1, 2, 5, 6, 7, 8).fingerprint());
  }

  @Test
  void fingerprintIsComputedAnewFromWhatWasReceived() throws Exception {
    FlatWeights sent = of(1, 2, 3);
    long before = sent.fingerprint();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
      sent.chunks()[0][1] = 5; // damage after the fingerprint was taken
      output.writeObject(sent);
    }
    try (ObjectInputStream input =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      FlatWeights received = (FlatWeights) input.readObject();
      assertThat(received.size()).isEqualTo(3);
      assertThat(received.fingerprint()).isNotEqualTo(before).isEqualTo(of(1, 5, 3).fingerprint());
    }
  }
}
