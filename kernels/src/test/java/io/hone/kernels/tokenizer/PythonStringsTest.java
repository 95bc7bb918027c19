package io.hone.kernels.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected values: CPython 3.11. */
class PythonStringsTest {
  private static Object call(String text, String method, Object... arguments) {
    return PythonStrings.call(text, method, Arrays.asList(arguments));
  }

  @Test
  void stripsUnicodeSpaceOrGivenCharacters() {
    assertThat(call("\u00a0\u3000 x\u2003\n\u0085\u001c", "strip")).isEqualTo("x");
    assertThat(call(" x ", "lstrip")).isEqualTo("x ");
    assertThat(call(" x ", "rstrip")).isEqualTo(" x");
    assertThat(call("xyaxy", "strip", "yx")).isEqualTo("a");
    assertThat(call("\u0001x\u0000", "strip")).isEqualTo("\u0001x\u0000");
    assertThat(call("\u200bx", "strip")).isEqualTo("\u200bx");
    assertThat(call("😀a😀", "strip", "😀")).isEqualTo("a");
    assertThat(call(" \n ", "strip")).isEqualTo("");
  }

  @Test
  void splits() {
    assertThat(call("a,b,,c", "split", ",")).isEqualTo(List.of("a", "b", "", "c"));
    assertThat(call("a,b,c", "split", ",", 1L)).isEqualTo(List.of("a", "b,c"));
    assertThat(call("a", "split", "ab")).isEqualTo(List.of("a"));
    assertThat(call(",", "split", ",")).isEqualTo(List.of("", ""));
    assertThat(call("a.b", "split", ".")).isEqualTo(List.of("a", "b"));
    assertThat(call("  a \n\u00a0b ", "split")).isEqualTo(List.of("a", "b"));
    assertThat(call("  ", "split")).isEqualTo(List.of());
  }

  @Test
  void startsEndsReplacesJoins() {
    assertThat(call("abc", "startswith", "ab")).isEqualTo(true);
    assertThat(call("abc", "endswith", "ab")).isEqualTo(false);
    assertThat(call("a.b.", "replace", ".", "$1")).isEqualTo("a$1b$1");
    assertThat(call("-", "join", List.of("a", "b"))).isEqualTo("a-b");
    assertThat(call("Ab", "lower")).isEqualTo("ab");
    assertThat(call("aß", "upper")).isEqualTo("ASS");
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> call("a", "encode"))
        .isInstanceOf(TemplateFailure.class)
        .hasMessageContaining("'encode' is not supported");
    assertThatThrownBy(() -> call("a", "strip", 1L)).isInstanceOf(TemplateFailure.class);
    assertThatThrownBy(() -> call("a", "split", "")).isInstanceOf(TemplateFailure.class);
    assertThatThrownBy(() -> call("a", "lower", "x")).isInstanceOf(TemplateFailure.class);
    assertThatThrownBy(() -> call("a", "replace", "", "x")).isInstanceOf(TemplateFailure.class);
    assertThatThrownBy(() -> call("a", "join", List.of(1))).isInstanceOf(TemplateFailure.class);
  }

  @Test
  void writesJsonLikePython() {
    assertThat(PythonJson.write(Arrays.asList(1, true, null, "é\"\n\u0001\\", List.of())))
        .isEqualTo("[1, true, null, \"é\\\"\\n\\u0001\\\\\", []]");
    assertThat(PythonJson.write(java.util.Map.of("a", List.of(-2L)))).isEqualTo("{\"a\": [-2]}");
    assertThatThrownBy(() -> PythonJson.write(0.1)).isInstanceOf(TemplateFailure.class);
  }
}
