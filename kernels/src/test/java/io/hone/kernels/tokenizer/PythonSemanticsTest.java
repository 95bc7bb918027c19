package io.hone.kernels.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Expected values: CPython 3.11. */
class PythonSemanticsTest {
  @Test
  void truth() {
    for (Object truthy :
        new Object[] {true, 1, -0.5, "false", "0", " ", List.of(0), Map.of(1, 2)}) {
      assertThat(PythonSemantics.isTrue(truthy)).as(truthy.toString()).isTrue();
    }
    for (Object falsy : new Object[] {null, false, 0, 0L, 0.0, "", List.of(), Map.of()}) {
      assertThat(PythonSemantics.isTrue(falsy)).as(String.valueOf(falsy)).isFalse();
    }
  }

  @Test
  void equality() {
    assertThat(PythonSemantics.areEqual(1L, 1)).isTrue();
    assertThat(PythonSemantics.areEqual(1, 1.0)).isTrue();
    assertThat(PythonSemantics.areEqual(true, 1)).isTrue();
    assertThat(PythonSemantics.areEqual("", false)).isFalse();
    assertThat(PythonSemantics.areEqual("1", 1)).isFalse();
    assertThat(PythonSemantics.areEqual(null, false)).isFalse();
    assertThat(PythonSemantics.areEqual(null, null)).isTrue();
    assertThat(PythonSemantics.areEqual(List.of("a"), List.of("a"))).isTrue();
  }

  @Test
  void sums() {
    assertThat(PythonSemantics.add("a", "b")).isEqualTo("ab");
    assertThat(PythonSemantics.add(1, 2L)).isEqualTo(3L);
    assertThat(PythonSemantics.add(1, 0.5)).isEqualTo(1.5);
    assertThat(PythonSemantics.add(List.of(1), List.of(2))).isEqualTo(List.of(1, 2));
    assertThatThrownBy(() -> PythonSemantics.add("a", null))
        .isInstanceOf(TemplateFailure.class)
        .hasMessageContaining("undefined value to text");
    assertThatThrownBy(() -> PythonSemantics.add("a", 1)).isInstanceOf(TemplateFailure.class);
  }

  @Test
  void slices() {
    assertThat(slice("abcdef", 1, 3, null)).isEqualTo("bc");
    assertThat(slice("abcdef", -2, null, null)).isEqualTo("ef");
    assertThat(slice("abcdef", null, null, -1)).isEqualTo("fedcba");
    assertThat(slice("abcdef", 5, 1, -2)).isEqualTo("fd");
    assertThat(slice("abcdef", null, -10, -1)).isEqualTo("fedcba");
    assertThat(slice("abcdef", 10, null, null)).isEqualTo("");
    assertThat(slice("abcdef", -100, 100, 4)).isEqualTo("ae");
    assertThat(slice("a😀b", 1, 2, null)).isEqualTo("😀");
    assertThat(slice(List.of(1, 2, 3), null, null, -1)).isEqualTo(List.of(3, 2, 1));
    assertThat(slice(List.of(), 1, null, null)).isEqualTo(List.of());
    assertThatThrownBy(() -> slice("a", null, null, 0)).isInstanceOf(TemplateFailure.class);
    assertThatThrownBy(() -> slice(1, null, null, null)).isInstanceOf(TemplateFailure.class);
    assertThatThrownBy(() -> slice("a", "b", null, null)).isInstanceOf(TemplateFailure.class);
  }

  private static Object slice(Object sequence, Object start, Object end, Object step) {
    return PythonSemantics.slice(sequence, start, end, step);
  }
}
