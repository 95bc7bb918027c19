package io.hone.executor.reward.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class HashedEmbeddingTest {
  @Test
  void wordsAreCountedAtTheirHash() {
    float[] expected = new float[1000];
    // FNV-1a as published for a, b and foobar: a character of ASCII is one byte.
    expected[place("af63dc4c8601ec8c")] = 2;
    expected[place("af63df4c8601f1a5")] = 1;
    expected[place("85944171f73967e8")] = 1;

    assertThat(new HashedEmbedding(1000).vector("A foobar b, a")).containsExactly(expected);
  }

  @Test
  void aTextWithoutWordsIsZero() {
    assertThat(new HashedEmbedding(3).vector(" ... \uD800")).containsExactly(0, 0, 0);
  }

  private static int place(String hash) {
    return new BigInteger(hash, 16).mod(BigInteger.valueOf(1000)).intValue();
  }
}
