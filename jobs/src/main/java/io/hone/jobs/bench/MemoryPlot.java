package io.hone.jobs.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Peak memory against the length of sequences as a picture in SVG, both axes logarithmic: a colour
 * for each batch, solid where activations are kept and dashed where they are recomputed. The same
 * points give the same text.
 */
public final class MemoryPlot {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 440;
  private static final int LEFT = 84;
  private static final int RIGHT = 590;
  private static final int TOP = 52;
  private static final int BOTTOM = 376;
  private static final int LEGEND = RIGHT + 26;
  private static final int LEGEND_LINE = 24;
  private static final int SAMPLE = 34;

  /** Okabe and Ito's, which those who see few colours tell apart. */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9");

  /** Short lengths and small peaks stand apart as long and large ones do. */
  private record Axis(double least, double greatest, int start, int end) {
    double place(double value) {
      double share = least == greatest ? 0.5 : Math.log(value / least) / Math.log(greatest / least);
      return start + share * (end - start);
    }
  }

  private record Style(String colour, boolean recompute) {
    String line() {
      return String.format(
          "fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s",
          colour, recompute ? " stroke-dasharray=\"6 4\"" : "");
    }

    String mark() {
      return String.format(
          "r=\"3.5\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\"",
          recompute ? "white" : colour, colour);
    }
  }

  private final List<MemoryPoint> points;
  private final List<Integer> batches;
  private final Axis lengths;
  private final Axis sizes;
  private final StringBuilder svg = new StringBuilder();

  private MemoryPlot(List<MemoryPoint> points) {
    this.points = points;
    batches =
        points.stream()
            .map(MemoryPoint::batch)
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    long shortest = points.stream().mapToLong(MemoryPoint::tokens).min().orElseThrow();
    long longest = points.stream().mapToLong(MemoryPoint::tokens).max().orElseThrow();
    lengths = new Axis(shortest, longest, LEFT, RIGHT);
    long least = points.stream().mapToLong(MemoryPoint::peakBytes).min().orElseThrow();
    long greatest = points.stream().mapToLong(MemoryPoint::peakBytes).max().orElseThrow();
    sizes =
        new Axis(
            Long.highestOneBit(Math.max(1, least)), 2 * Long.highestOneBit(greatest), BOTTOM, TOP);
  }

  /**
   * The picture.
   *
   * @param points of one model, at least one
   */
  public static String svg(List<MemoryPoint> points) {
    return new MemoryPlot(points).draw();
  }

  private String draw() {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"13\">",
        WIDTH, HEIGHT);
    add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
    text(
        LEFT,
        TOP - 22,
        "start",
        String.format(
            Locale.ROOT,
            "Peak memory of a gradient, beside a model of %,d parameters",
            points.get(0).weightBytes() / Float.BYTES));
    drawAxes();
    batches.forEach(this::drawBatch);
    drawLegend();
    svg.append("</svg>");
    return svg.toString();
  }

  private void drawAxes() {
    for (double size = sizes.least(); size <= sizes.greatest(); size *= 2) {
      double y = sizes.place(size);
      add("<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>", LEFT, y, RIGHT);
      text(LEFT - 8, y + 4, "end", label(size));
    }
    for (int length : points.stream().map(MemoryPoint::tokens).distinct().toList()) {
      double x = lengths.place(length);
      add("<path d=\"M%.1f %dV%d\" stroke=\"#ddd\"/>", x, TOP, BOTTOM);
      text(x, BOTTOM + 20, "middle", Integer.toString(length));
    }
    add("<path d=\"M%d %dV%dH%d\" stroke=\"#222\" fill=\"none\"/>", LEFT, TOP, BOTTOM, RIGHT);
    text((LEFT + RIGHT) / 2.0, BOTTOM + 46, "middle", "tokens of a sequence");
  }

  /** Units are powers of 1024, as in configurations. */
  private static String label(double size) {
    int unit = size < 1 << 20 ? 10 : size < 1 << 30 ? 20 : 30;
    return String.format(Locale.ROOT, "%.0f %cB", size / (1 << unit), " KMG".charAt(unit / 10));
  }

  private void drawBatch(int batch) {
    for (boolean recompute : new boolean[] {false, true}) {
      Style style = new Style(colour(batch), recompute);
      List<MemoryPoint> line =
          points.stream()
              .filter(point -> point.batch() == batch && point.recompute() == recompute)
              .sorted(Comparator.comparingInt(MemoryPoint::tokens))
              .toList();
      add(
          "<polyline points=\"%s\" %s/>",
          line.stream().map(this::place).collect(Collectors.joining(" ")), style.line());
      for (MemoryPoint point : line) {
        add(
            "<circle cx=\"%.1f\" cy=\"%.1f\" %s/>",
            lengths.place(point.tokens()), sizes.place(point.peakBytes()), style.mark());
      }
    }
  }

  private String place(MemoryPoint point) {
    return String.format(
        Locale.ROOT, "%.1f,%.1f", lengths.place(point.tokens()), sizes.place(point.peakBytes()));
  }

  private String colour(int batch) {
    return COLOURS.get(batches.indexOf(batch) % COLOURS.size());
  }

  private void drawLegend() {
    int y = TOP + 8;
    for (int batch : batches) {
      drawSample(y, new Style(colour(batch), false), "batch of " + batch);
      y += LEGEND_LINE;
    }
    y += LEGEND_LINE / 2;
    drawSample(y, new Style("#666", false), "kept");
    drawSample(y + LEGEND_LINE, new Style("#666", true), "recomputed");
  }

  private void drawSample(int y, Style style, String label) {
    add("<path d=\"M%d %dh%d\" %s/>", LEGEND, y, SAMPLE, style.line());
    add("<circle cx=\"%d\" cy=\"%d\" %s/>", LEGEND + SAMPLE / 2, y, style.mark());
    text(LEGEND + SAMPLE + 8, y + 4, "start", label);
  }

  private void text(double x, double y, String anchor, String content) {
    add(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"#222\">%s</text>",
        x, y, anchor, content);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
