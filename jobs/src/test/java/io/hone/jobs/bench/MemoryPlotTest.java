package io.hone.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class MemoryPlotTest {
  private static final int MEBIBYTE = 1 << 20;

  private static final List<MemoryPoint> POINTS =
      List.of(
          point(3, 400, false, 16 * MEBIBYTE),
          point(3, 100, false, 2 * MEBIBYTE),
          point(3, 200, false, 4 * MEBIBYTE),
          point(1, 100, true, 1 * MEBIBYTE),
          point(1, 400, true, 3 * MEBIBYTE));

  @Test
  void linesRunThroughPointsOnLogarithmicAxes() throws Exception {
    Document picture = parse(MemoryPlot.svg(POINTS));

    List<String> lines = attributes(picture, "polyline", "points");
    // 100 to 400 tokens are 84 to 590, 1 MB to 32 MB are 376 to 52: 253 and 64.8 for each doubling.
    assertThat(lines).contains("84.0,311.2 337.0,246.4 590.0,116.8");
    assertThat(lines.stream().filter(line -> line.startsWith("84.0,376.0 590.0,")))
        .singleElement()
        .asString()
        .endsWith(",273.3");
    assertThat(texts(picture))
        .contains("1 MB", "32 MB", "100", "200", "400", "batch of 3", "batch of 1");
  }

  @Test
  void theSamePointsGiveTheSameTextEverywhere() {
    Locale before = Locale.getDefault();
    String here = MemoryPlot.svg(POINTS);
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      assertThat(MemoryPlot.svg(POINTS)).isEqualTo(here);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void onePointIsAPictureToo() throws Exception {
    Document picture = parse(MemoryPlot.svg(List.of(point(1, 128, false, 3L << 30))));

    assertThat(texts(picture)).contains("2 GB", "4 GB", "128");
    assertThat(attributes(picture, "circle", "cx")).first().isEqualTo("337.0");
  }

  private static MemoryPoint point(int batch, int tokens, boolean recompute, long peak) {
    return new MemoryPoint(batch, tokens, recompute, 4000, peak, 1);
  }

  private static Document parse(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static List<String> attributes(Document picture, String element, String attribute) {
    NodeList nodes = picture.getElementsByTagName(element);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getAttributes().getNamedItem(attribute).getNodeValue())
        .toList();
  }

  private static List<String> texts(Document picture) {
    NodeList nodes = picture.getElementsByTagName("text");
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }
}
