package io.hone.jobs.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void alignsTextToTheLeftAndNumbersToTheRight() {
    TextTable table = new TextTable().number("step").text("name").number("reward");
    table.row(List.of("0", "a", "0.125"));
    table.row(List.of("10", "longer", "-1.000"));
    assertThat(table.lines())
        .containsExactly(
            "step  name    reward", //
            "   0  a        0.125",
            "  10  longer  -1.000");
  }

  @Test
  void countsCharactersAndNotTheirUnits() {
    TextTable table = new TextTable().text("text").text("end");
    table.row(List.of("\uD83D\uDC36\uD83D\uDC36\uD83D\uDC36\uD83D\uDC36\uD83D\uDC36", "x"));
    assertThat(table.lines().get(0)).isEqualTo("text   end");
  }

  @Test
  void leavesNoTrailingBlanks() {
    TextTable table = new TextTable().text("a").text("long title").row(List.of("b", "c"));
    assertThat(table.lines()).containsExactly("a  long title", "b  c");
  }

  @Test
  void refusesARowThatDoesNotFit() {
    assertThatThrownBy(() -> new TextTable().text("a").row(List.of("b", "c")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 cells (expected: 1)");
  }
}
