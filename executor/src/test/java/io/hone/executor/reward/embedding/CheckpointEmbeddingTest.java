package io.hone.executor.reward.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hone.executor.reward.TinyCheckpoint;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.tokenizer.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointEmbeddingTest {
  /** Ids of a character tokenizer's first four tokens are special; a is 4, b is 5. */
  private static final int A = 4;

  @Test
  void rowsAreThoseOfTheEmbeddingMatrix(@TempDir Path directory) {
    Path tiny = TinyCheckpoint.write(directory.resolve("tiny"));
    float[] weights = Checkpoint.open(tiny).weights().chunks()[0];
    CheckpointEmbedding embedding = CheckpointEmbedding.of(tiny);

    List<float[]> rows = embedding.rows("aab", 2);
    float[] mean = embedding.vector("aab");

    assertThat(rows).hasSize(2);
    for (int index = 0; index < TinyCheckpoint.HIDDEN_SIZE; index++) {
      float a = weights[A * TinyCheckpoint.HIDDEN_SIZE + index];
      float b = weights[(A + 1) * TinyCheckpoint.HIDDEN_SIZE + index];
      assertThat(rows.get(0)[index]).isEqualTo(a);
      assertThat(rows.get(1)[index]).isEqualTo(a);
      assertThat(mean[index]).isCloseTo((2 * a + b) / 3, within(1e-6f));
    }
    assertThat(embedding.vector("")).containsOnly(0).hasSize(TinyCheckpoint.HIDDEN_SIZE);
    assertThat(embedding.rows("", 3)).isEmpty();
    assertThat(embedding.vector("\uD800a\uDC00")).isEqualTo(embedding.vector("\uFFFDa\uFFFD"));
  }

  @Test
  void whatIsFarBehindDoesNotCount(@TempDir Path directory) {
    CheckpointEmbedding embedding =
        CheckpointEmbedding.of(TinyCheckpoint.write(directory.resolve("tiny")));
    String looked = "a".repeat(CheckpointEmbedding.MAXIMUM_CHARACTERS);

    assertThat(embedding.vector(looked + "b")).isEqualTo(embedding.vector(looked));
    assertThat(embedding.vector(looked.substring(1) + "b")).isNotEqualTo(embedding.vector(looked));
  }

  @Test
  void aCheckpointIsOpenedOnce(@TempDir Path directory) {
    Path tiny = TinyCheckpoint.write(directory.resolve("tiny"));

    assertThat(CheckpointEmbedding.of(directory.resolve(".").resolve("tiny")))
        .isSameAs(CheckpointEmbedding.of(tiny));
  }

  @Test
  void aRealTokenizerGivesRealRows() {
    Path model =
        Path.of(System.getProperty("hone.models.dir", "../../shared/models"), "stories260K");
    assumeTrue(Files.exists(model), () -> model + " is absent: set -Dhone.models.dir");
    Checkpoint checkpoint = Checkpoint.open(model);
    int width = checkpoint.architecture().hiddenSize();
    long offset = checkpoint.layout().tensor(Layout.EMBEDDING).offset();
    int[] ids;
    try (Tokenizer tokenizer = Tokenizer.open(model, checkpoint.architecture())) {
      ids = tokenizer.encodeWithoutSpecialTokens("Once upon a time");
    }

    List<float[]> rows = CheckpointEmbedding.of(model).rows("Once upon a time", 100);

    assertThat(rows).hasSize(ids.length);
    for (int token = 0; token < ids.length; token++) {
      assertThat(rows.get(token))
          .isEqualTo(checkpoint.weights().range(offset + (long) ids[token] * width, width));
    }
  }
}
