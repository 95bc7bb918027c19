package io.hone.executor.reward.embedding;

import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.checkpoint.FlatSequence;
import io.hone.kernels.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The input embeddings of a checkpoint: a token has the row of its id in {@code embed_tokens}, a
 * text the mean of its tokens' rows. Tokens are those of the checkpoint's tokenizer without the
 * special ones that it adds. Of a text, the first {@value #MAXIMUM_CHARACTERS} characters (UTF-16)
 * are looked at, which bounds the work. The matrix is memory-mapped, so it takes no heap, and
 * executors of a host share it.
 */
public final class CheckpointEmbedding implements TextEmbedding {
  static final int MAXIMUM_CHARACTERS = 1 << 16;

  private static final Map<Path, CheckpointEmbedding> RESIDENT = new ConcurrentHashMap<>();

  private final Tokenizer tokenizer;
  private final FlatSequence matrix;
  private final int dimensions;

  private CheckpointEmbedding(Checkpoint checkpoint) {
    this.tokenizer = Tokenizer.open(checkpoint.directory(), checkpoint.architecture());
    this.matrix = checkpoint.embedding();
    this.dimensions = checkpoint.architecture().hiddenSize();
  }

  /**
   * The embeddings of a checkpoint directory, opened once and for as long as the JVM lives.
   *
   * @throws io.hone.conf.UserException if it is no checkpoint that Hone reads
   */
  public static CheckpointEmbedding of(Path directory) {
    return RESIDENT.computeIfAbsent(
        directory.toAbsolutePath().normalize(),
        absent -> new CheckpointEmbedding(Checkpoint.openAny(absent)));
  }

  /**
   * The vectors of the first tokens of a text, in their order, all of the same length.
   *
   * @param limit number of tokens behind which the text is not looked at; at least 1
   */
  public List<float[]> rows(String text, int limit) {
    return Arrays.stream(ids(text)).limit(limit).mapToObj(this::row).toList();
  }

  @Override
  public float[] vector(String text) {
    int[] ids = ids(text);
    Arrays.sort(ids);
    double[] sum = new double[dimensions];
    for (int start = 0, end; start < ids.length; start = end) {
      end = start + 1;
      while (end < ids.length && ids[end] == ids[start]) {
        end++;
      }
      float[] row = row(ids[start]);
      for (int index = 0; index < dimensions; index++) {
        sum[index] += (double) (end - start) * row[index];
      }
    }
    float[] mean = new float[dimensions];
    for (int index = 0; index < dimensions && ids.length > 0; index++) {
      mean[index] = (float) (sum[index] / ids.length);
    }
    return mean;
  }

  private float[] row(int id) {
    return matrix.range((long) id * dimensions, dimensions);
  }

  private int[] ids(String text) {
    int end = Math.min(text.length(), MAXIMUM_CHARACTERS);
    return tokenizer.encodeWithoutSpecialTokens(unicode(text.substring(0, end)));
  }

  /** U+FFFD stands for a surrogate without its pair, which no tokenizer takes. */
  private static String unicode(String text) {
    int[] points =
        text.codePoints()
            .map(point -> Character.getType(point) == Character.SURROGATE ? 0xFFFD : point)
            .toArray();
    return new String(points, 0, points.length);
  }
}
