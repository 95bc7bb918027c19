package io.hone.kernels.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JinjaWhitespaceTest {
  /** {@code ~} stands for a line end, {@code .} for a space. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // trim_blocks: one line end after a block or comment, none after a value
        "{%.if.x.%}~~a; {%.if.x.%}~a",
        "{{.x.}}~a; {{.x.}}~a",
        "{#.c.#}~a; a",
        "{%.if.x.+%}~a; {%.if.x.%}~a",
        // lstrip_blocks: white space before a block that comes first on its line
        "..{%.if.x.%}a; {%.if.x.%}a",
        "a~..{%.if.x.%}b; a~{%.if.x.%}b",
        "a..{%.if.x.%}b; a..{%.if.x.%}b",
        "..{%+.if.x.%}b; ..{%.if.x.%}b",
        "..{{.x.}}; ..{{.x.}}",
        "..{#.c.#}a; a",
        "{%.a.%}~..{%.b.%}; {%.a.%}{%.b.%}",
        "{%.a.%}..{%.b.%}; {%.a.%}..{%.b.%}",
        "{{.a.}}..{%.b.%}; {{.a.}}..{%.b.%}",
        "{{.a.}}~..{%.b.%}; {{.a.}}~{%.b.%}",
        // signs take all white space
        "a.~.{%-.if.x.-%}.~.b; a{%.if.x.%}b",
        "a.{{-.x.-}}.b; a{{.x.}}b",
        "a.{#-.c.-#}.b; ab",
        "{%.a.-%}.~..{%.b.%}; {%.a.%}{%.b.%}",
        // strings and brackets do not close
        "{{.'}}'.}}~; {{.'}}'.}}~",
        "{{.'it\\'s.}}'.}}a; {{.'it\\'s.}}'.}}a",
        "{{.{'a':{'b':1}}.}}a; {{.{'a':{'b':1}}.}}a",
        "{%.set.x.=.'%}'.%}~a; {%.set.x.=.'%}'.%}a",
        // raw text is no template
        "{%.raw.%}{{.x.}}~{%.endraw.%}~a; {%.raw.%}{{.x.}}~{%.endraw.%}a",
        // unclosed tags stay
        "a.{{.x; a.{{.x",
        "a.{%.if; a.{%.if",
        "a.{#.c; a.{#.c",
        "a{; a{",
      })
  void followsJinja2(String template, String expected) {
    assertThat(spell(JinjaWhitespace.normalise(read(template)))).isEqualTo(expected.strip());
  }

  private static String read(String text) {
    return text.strip().replace('.', ' ').replace('~', '\n');
  }

  private static String spell(String text) {
    return text.replace(' ', '.').replace('\n', '~');
  }
}
