package io.hone.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.ConfigNode.Mapping;
import io.hone.conf.ConfigNode.Scalar;
import io.hone.conf.ConfigNode.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  @Test
  void everyNodeKnowsItsPathAndLine() {
    Mapping root =
        (Mapping)
            YamlReader.read(
                "a.yaml",
                """
                # comment

                x: 1
                y:
                  - p
                  - q: |
                      two
                      lines
                    r: on
                """);
    assertThat(root.path()).isEmpty();
    assertThat(root.origin()).hasToString("a.yaml");
    assertThat(root.entries().get("x")).isEqualTo(scalar("x", 3, "1", false));
    Sequence y = (Sequence) root.entries().get("y");
    assertThat(y.origin()).hasToString("a.yaml:4");
    assertThat(y.items().get(0)).isEqualTo(scalar("y[0]", 5, "p", false));
    assertThat(root.nearest("y[1].q")).isEqualTo(scalar("y[1].q", 6, "two\nlines\n", true));
    assertThat(root.nearest("y[1].r")).isEqualTo(scalar("y[1].r", 9, "on", false));
  }

  @Test
  void nearestIsTheClosestNodeAboveAnAbsentOne() {
    Mapping root = (Mapping) YamlReader.read("a", "p: {a.b: 1, c: [x, {d: 2}]}");
    assertThat(root.nearest("p.a.b").path()).isEqualTo("p.a.b");
    assertThat(root.nearest("p.c[1].d").path()).isEqualTo("p.c[1].d");
    assertThat(root.nearest("p.c[1].e").path()).isEqualTo("p.c[1]");
    assertThat(root.nearest("p.c[2]").path()).isEqualTo("p.c");
    assertThat(root.nearest("p.a").path()).isEqualTo("p");
    assertThat(root.nearest("z.y")).isSameAs(root);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# only a comment\n", "---\n", "~", "null"})
  void anEmptyDocumentIsNull(String text) {
    assertThat(YamlReader.read("a", text).isNull()).isTrue();
  }

  @Test
  void quotedWordsAreNeverNull() {
    Mapping root = (Mapping) YamlReader.read("a", "{a: null, b: 'null', c: ~, d: '', e: }");
    assertThat(root.entries().values())
        .extracting(ConfigNode::isNull)
        .containsExactly(true, false, true, false, true);
  }

  @Test
  void anchorsAndMergeKeysKeepTheLinesWhereTheyWereWritten() {
    Mapping root =
        (Mapping)
            YamlReader.read(
                "a",
                """
                base: &base
                  x: 1
                  y: 2
                more: &more {y: 3, z: 4}
                one:
                  y: 5
                  <<: [*base, *more]
                two: *base
                """);
    Mapping one = (Mapping) root.entries().get("one");
    assertThat(one.entries()).containsOnlyKeys("y", "x", "z");
    assertThat(one.entries().get("x")).isEqualTo(scalar("a", "one.x", 2, "1", false));
    assertThat(one.entries().get("y")).isEqualTo(scalar("a", "one.y", 6, "5", false));
    assertThat(one.entries().get("z")).isEqualTo(scalar("a", "one.z", 4, "4", false));
    assertThat(root.nearest("two.y")).isEqualTo(scalar("a", "two.y", 3, "2", false));
  }

  @Test
  void duplicateKeysAreAnErrorThatNamesBothLines() {
    assertThatThrownBy(() -> YamlReader.read("a.yaml", "x:\n  k: 1\n  j: 2\n  k: 3\n"))
        .isInstanceOf(UserException.class)
        .hasMessage("a.yaml:4: x.k: is set twice (first in line 2)");
  }

  @Test
  void syntaxErrorsNameTheLine() {
    assertThatThrownBy(() -> YamlReader.read("a.yaml", "x: 1\ny: [1, 2\nz: 3\n"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("a.yaml:3: cannot be read as YAML: while parsing a flow sequence");
    assertThatThrownBy(() -> YamlReader.read("a.yaml", "x:\n\ty: 1\n"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("a.yaml:2: cannot be read as YAML: ");
    assertThatThrownBy(() -> YamlReader.read("a.yaml", "a: \u0000"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("cannot be read as YAML");
    assertThatThrownBy(() -> YamlReader.read("a.yaml", "a: *nowhere"))
        .hasMessageStartingWith("a.yaml:1: cannot be read as YAML: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a: 1\n---\nb: 2\n", "[1, 2]: x", "x: !!java.net.URL [a]", "x: !t y", "<<: 3"})
  void whatHasNoMeaningIsRejected(String text) {
    assertThatThrownBy(() -> YamlReader.read("a.yaml", text))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("a.yaml:");
  }

  @Test
  void anchorsThatMultiplyAreStopped() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i <= 24; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> YamlReader.read("a.yaml", bomb.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("more than 10000 values");
  }

  @Test
  void mergesThatMultiplyAreStopped() {
    StringBuilder bomb = new StringBuilder("a0: &a0 {x: 1}\n");
    for (int i = 1; i <= 24; i++) {
      bomb.append("a%d: &a%d {<<: [*a%d, *a%d]}\n".formatted(i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> YamlReader.read("a.yaml", bomb.toString()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("more than 10000 values");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: &a [*a]", "a: &a {b: *a}", "a: &a {<<: *a}", "a: &a\n  <<: &b [*b]"})
  void anchorsThatHoldThemselvesAreStopped(String text) {
    assertThatThrownBy(() -> YamlReader.read("a.yaml", text))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("a.yaml");
  }

  @Test
  void depthAndLengthAreBounded() {
    assertThatThrownBy(() -> YamlReader.read("a.yaml", "[".repeat(10_000)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Nesting Depth exceeded max 50");
    assertThatThrownBy(() -> YamlReader.read("a.yaml", "a: " + "x".repeat(1 << 20)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("code points");
  }

  private static Scalar scalar(String path, int line, String text, boolean quoted) {
    return scalar("a.yaml", path, line, text, quoted);
  }

  private static Scalar scalar(String source, String path, int line, String text, boolean quoted) {
    return new Scalar(path, new Origin(source, line), text, quoted);
  }
}
