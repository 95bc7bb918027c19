package io.hone.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigBinderTest {
  enum Colour {
    DARK_RED,
    BLUE
  }

  record Inner(@Doc("Depth.") int depth, @Default("x") String label) {}

  /** One component of every type. */
  record Everything(
      @Default("1") @Range(min = 0, below = 10) int whole,
      @Default("2") long big,
      @Default("0.5") @Range(above = 0, max = 1) double share,
      @Default("true") boolean flag,
      @Default("word") String text,
      @Default("dark-red") Colour colour,
      @Default("30s") @Range(min = 1) Duration timeout,
      @Default("64MB") @Range(max = 1 << 30) DataSize maxSize,
      @Range(min = 1) Optional<Integer> maybe,
      @Range(min = 0) List<Integer> numbers,
      @Default("[a, b]") List<String> words,
      Map<String, String> names,
      Map<String, Inner> inners,
      List<Inner> innerList,
      Optional<Inner> maybeInner,
      Optional<ConfigNode> raw) {}

  record Strict(int count) {
    Strict {
      if (count == 3) {
        throw new IllegalArgumentException("count: 3 is unlucky (expected any other)");
      }
    }
  }

  record WithRest(String name, @Rest ConfigNode options) {}

  @Test
  void everyTypeHasItsDefault() {
    assertThat(Yaml.bind(Everything.class, ""))
        .isEqualTo(
            new Everything(
                1,
                2L,
                0.5,
                true,
                "word",
                Colour.DARK_RED,
                Duration.ofSeconds(30),
                new DataSize(64L << 20),
                Optional.empty(),
                List.of(),
                List.of("a", "b"),
                Map.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void everyTypeIsBound() {
    Everything bound =
        Yaml.bind(
            Everything.class,
            """
            whole: 9
            big: 9_000_000_000
            share: 1
            flag: false
            text: "null"
            colour: blue
            timeout: 2m
            max-size: 1KB
            maybe: 4
            numbers: [1, 2]
            words: []
            names: {a.b: c, n: 5}
            inners: {first: {depth: 1}}
            inner-list: [{depth: 2, label: y}]
            maybe-inner: {depth: 3}
            raw: [1, {a: b}]
            """);
    assertThat(bound)
        .isEqualTo(
            new Everything(
                9,
                9_000_000_000L,
                1.0,
                false,
                "null",
                Colour.BLUE,
                Duration.ofMinutes(2),
                new DataSize(1024),
                Optional.of(4),
                List.of(1, 2),
                List.of(),
                Map.of("a.b", "c", "n", "5"),
                Map.of("first", new Inner(1, "x")),
                List.of(new Inner(2, "y")),
                Optional.of(new Inner(3, "x")),
                bound.raw()));
    assertThat(bound.raw().orElseThrow()).isInstanceOf(ConfigNode.Sequence.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          whole: 10        | whole: 10 is out of range (expected >= 0 and < 10)
          whole: 1.5       | whole: '1.5' is not a whole number of 32 bits
          whole: 3000000000 | whole: '3000000000' is not a whole number of 32 bits
          whole: "0x1"     | whole: '0x1' is not a whole number of 32 bits
          whole: [1]       | whole: a list stands where a whole number of 32 bits must be
          share: 0         | share: 0 is out of range (expected > 0 and <= 1)
          share: .nan      | share: '.nan' is not a finite number
          share: NaN       | share: 'NaN' is not a finite number
          share: 1e999     | share: '1e999' is not a finite number
          share: 1f        | share: '1f' is not a finite number
          flag: yes        | flag: 'yes' is not true or false
          colour: bleu     | colour: 'bleu' is unknown (did you mean 'blue'?)
          colour: green    | colour: 'green' is unknown (expected one of dark-red, blue)
          colour: DARK_RED | colour: 'DARK_RED' is unknown (expected one of dark-red, blue)
          timeout: 30      | timeout: '30' is not a duration such as 500ms, 30s, 5m, 2h or 1d
          timeout: 500ms   | timeout: 500ms is out of range (expected >= 1 seconds)
          max-size: 2GB    | max-size: 2GB is out of range (expected <= 1073741824 bytes)
          max-size: 64 MB  | max-size: '64 MB' is not a data size such as 512B, 16KB, 64MB, 2GB or 1TB
          max-size: 9999999999TB | max-size: '9999999999TB' is not a data size such as 512B, 16KB, 64MB, 2GB or 1TB
          maybe: 0         | maybe: 0 is out of range (expected >= 1)
          numbers: [1, -1] | numbers[1]: -1 is out of range (expected >= 0)
          numbers: 1       | numbers: '1' stands where a list must be
          numbers: [1, ~]  | numbers[1]: is required
          names: a         | names: 'a' stands where a map must be
          names: {a: {b: c}} | names.a: a map stands where text must be
          inners: {a: 1}   | inners.a: '1' stands where a map of options must be
          inners: {a: {}}  | inners.a.depth: is required (Depth.)
          inner-list: [{depth: x}] | inner-list[0].depth: 'x' is not a whole number of 32 bits
          maybe-inner: {depth: 1, lable: y} | maybe-inner.lable: unknown key (did you mean 'label'?)
          maxSize: 1KB     | maxSize: unknown key (did you mean 'max-size'?)
          """)
  void badValuesSayKeyValueAndExpectation(String yaml, String message) {
    assertThatThrownBy(() -> Yaml.bind(Everything.class, yaml))
        .isInstanceOf(UserException.class)
        .hasMessage("test.yaml:1: " + message);
  }

  @Test
  void problemsAreReportedTogetherWithTheirLines() {
    assertThatThrownBy(
            () ->
                Yaml.bind(
                    Everything.class,
                    """
                    whole: -1
                    inners:
                      a:
                        label: z
                    colours: 3
                    """))
        .hasMessage(
            """
            test.yaml:1: whole: -1 is out of range (expected >= 0 and < 10)
            test.yaml:3: inners.a.depth: is required (Depth.)
            test.yaml:5: colours: unknown key (did you mean 'colour'?)""");
  }

  @Test
  void unknownKeyWithNothingLikeItListsTheKnownOnes() {
    assertThatThrownBy(() -> Yaml.bind(Inner.class, "{depth: 1, colour: red}"))
        .hasMessage("test.yaml:1: colour: unknown key (expected one of depth, label)");
  }

  @Test
  void keyOfAnotherSectionSaysWhereItBelongs() {
    assertThatThrownBy(() -> Yaml.resolve(Yaml.RUN + "training:\n  learning-rate: 1\n"))
        .hasMessage(
            "test.yaml:12: training.learning-rate: unknown key"
                + " (did you mean 'critic.optimizer.learning-rate' or 'optimizer.learning-rate'?)");
    assertThatThrownBy(() -> Yaml.run("temperature=1"))
        .hasMessage(
            "command line: temperature: unknown key"
                + " (did you mean 'rollout.temperature' or 'eval.temperature'?)");
  }

  @Test
  void nullMeansTheDefaultAndIsMissingWhereThereIsNone() {
    assertThat(Yaml.bind(Inner.class, "{depth: 1, label: }").label()).isEqualTo("x");
    assertThat(Yaml.bind(Everything.class, "maybe: null").maybe()).isEmpty();
    assertThatThrownBy(() -> Yaml.bind(Inner.class, "label: a\ndepth: ~"))
        .hasMessage("test.yaml:2: depth: is required (Depth.)");
    assertThatThrownBy(() -> Yaml.bind(Inner.class, ""))
        .hasMessage("test.yaml: depth: is required (Depth.)");
  }

  @Test
  void requiredTextMustNotBeBlank() {
    assertThatThrownBy(() -> Yaml.bind(ModelConfig.class, "path: ' '"))
        .hasMessageStartingWith("test.yaml:1: path: is blank (Hugging Face checkpoint directory");
  }

  @Test
  void constructorsOfRecordsMayReject() {
    assertThatThrownBy(() -> Yaml.bind(Strict.class, "count: 3"))
        .isInstanceOf(UserException.class)
        .hasMessage("test.yaml: count: 3 is unlucky (expected any other)");
  }

  @Test
  void restIsBoundLaterWithTheSameErrors() {
    WithRest outer = Yaml.bind(WithRest.class, "name: n\ndepth: 2\nlabel: l");
    assertThat(ConfigBinder.bind(outer.options(), Inner.class)).isEqualTo(new Inner(2, "l"));

    RunConfig run =
        Yaml.resolve(Yaml.RUN.replace("text: dog", "dept: 4"), "training.steps=1").config();
    ConfigNode options = run.reward().components().get(0).options();
    assertThatThrownBy(() -> ConfigBinder.bind(options, Inner.class))
        .hasMessage(
            """
            test.yaml:8: reward.components[0].depth: is required (Depth.)
            test.yaml:10: reward.components[0].dept: unknown key (did you mean 'depth'?)""");
  }

  @Test
  void longValuesAreCutInMessages() {
    assertThatThrownBy(() -> Yaml.bind(Everything.class, "flag: " + "x".repeat(500)))
        .hasMessage("test.yaml:1: flag: '" + "x".repeat(80) + "...' is not true or false");
  }

  @Test
  void aListIsNoMap() {
    assertThatThrownBy(() -> ConfigBinder.bind(YamlReader.read("a.yaml", "[1]"), Inner.class))
        .hasMessage("a.yaml: a list stands where a map of options must be");
  }

  @Test
  void noMoreThanTwentyProblemsAreTold() {
    StringBuilder yaml = new StringBuilder("numbers:\n");
    for (int i = 0; i < 30; i++) {
      yaml.append("  - -1\n");
    }
    assertThatThrownBy(() -> Yaml.bind(Everything.class, yaml.toString()))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(21))
        .hasMessageEndingWith("... and 10 more");
  }
}
