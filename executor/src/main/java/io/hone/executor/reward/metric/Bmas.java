package io.hone.executor.reward.metric;

import java.util.Arrays;
import java.util.List;

/**
 * Bidirectional max-average similarity of two texts by the embeddings of their tokens (Mixed-R1,
 * 2025): the mean, over the tokens of each, of the cosine with the nearest token of the other, and
 * the mean of both means.
 */
public final class Bmas {
  private Bmas() {}

  /**
   * {@code 1/2 [1/m sum_i max_j cos(y_i, g_j) + 1/n sum_j max_i cos(y_i, g_j)]}, in m n d steps.
   * Rows of zeros have no direction and do not count.
   *
   * @param text rows y of length d
   * @param reference rows g of length d
   * @return from -1 to 1; 0 if a text has no rows
   */
  public static double score(List<float[]> text, List<float[]> reference) {
    List<float[]> rows = withDirection(text);
    List<float[]> columns = withDirection(reference);
    if (rows.isEmpty() || columns.isEmpty()) {
      return 0;
    }
    double[] columnSquares = columns.stream().mapToDouble(Bmas::square).toArray();
    double[] nearestRow = new double[columns.size()];
    Arrays.fill(nearestRow, -1);
    double rowSum = 0;
    for (float[] row : rows) {
      double rowSquare = square(row);
      double nearestColumn = -1;
      for (int column = 0; column < nearestRow.length; column++) {
        double product = Cosine.product(row, columns.get(column));
        double cosine = Cosine.ofProducts(product, rowSquare, columnSquares[column]);
        nearestColumn = Math.max(nearestColumn, cosine);
        nearestRow[column] = Math.max(nearestRow[column], cosine);
      }
      rowSum += nearestColumn;
    }
    return (rowSum / rows.size() + Arrays.stream(nearestRow).sum() / columns.size()) / 2;
  }

  private static double square(float[] row) {
    return Cosine.product(row, row);
  }

  private static List<float[]> withDirection(List<float[]> rows) {
    return rows.stream().filter(row -> square(row) != 0).toList();
  }
}
