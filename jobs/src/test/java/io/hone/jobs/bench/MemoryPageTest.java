package io.hone.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keeps pictures and tables of docs/memory.md those of the lines that {@code hone bench memory}
 * wrote. To draw anew: {@code mvn test -pl jobs -am -Dtest=MemoryPageTest -Dhone.docs.write=true}.
 */
class MemoryPageTest {
  private static final Path DOCS = Path.of(System.getProperty("hone.root", "..")).resolve("docs");
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"stories260k", "llama-24m"})
  void picturesAndTablesAreThoseOfTheMeasurements(String name) throws IOException {
    List<MemoryPoint> points = points(DOCS.resolve("memory/" + name + ".jsonl"));
    Path picture = DOCS.resolve("memory/" + name + ".svg");
    String svg = MemoryPlot.svg(points) + "\n";
    if (Boolean.getBoolean("hone.docs.write")) {
      Files.writeString(picture, svg);
    }

    assertThat(Files.readString(picture))
        .as("%s: run with -Dhone.docs.write=true and commit", picture)
        .isEqualTo(svg);
    assertThat(Files.readString(DOCS.resolve("memory.md"))).contains(table(points));
  }

  /** MB where activations are kept, and where they are recomputed. */
  private static String table(List<MemoryPoint> points) {
    List<Integer> batches = points.stream().map(MemoryPoint::batch).distinct().toList();
    StringBuilder table = new StringBuilder("| tokens of a sequence |");
    batches.forEach(batch -> table.append(" batch of ").append(batch).append(" |"));
    table.append("\n|---|").append("---|".repeat(batches.size())).append('\n');
    for (int tokens : points.stream().map(MemoryPoint::tokens).distinct().toList()) {
      table.append("| ").append(number(tokens)).append(" |");
      for (int batch : batches) {
        table
            .append(' ')
            .append(mebibytes(points, batch, tokens, false))
            .append(" / ")
            .append(mebibytes(points, batch, tokens, true))
            .append(" |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  private static String mebibytes(
      List<MemoryPoint> points, int batch, int tokens, boolean recompute) {
    return number(
        points.stream()
            .filter(p -> p.batch() == batch && p.tokens() == tokens && p.recompute() == recompute)
            .mapToLong(point -> Math.round(point.peakBytes() / (double) (1 << 20)))
            .findFirst()
            .orElseThrow());
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static List<MemoryPoint> points(Path file) throws IOException {
    List<MemoryPoint> points = new ArrayList<>();
    for (String text : Files.readAllLines(file)) {
      JsonNode line = JSON.readTree(text);
      points.add(
          new MemoryPoint(
              line.get("batch").asInt(),
              line.get("tokens").asInt(),
              line.get("recompute").asBoolean(),
              line.get("weight_bytes").asLong(),
              line.get("peak_bytes").asLong(),
              line.get("least_bytes").asLong()));
    }
    return points;
  }
}
