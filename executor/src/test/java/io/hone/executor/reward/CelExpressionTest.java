package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelExpressionTest {
  private static Map<String, Object> row() {
    Map<String, Object> row = new HashMap<>();
    row.put("level", 3);
    row.put("share", 0.25f);
    row.put("tags", Arrays.asList("a", "b", null));
    row.put("task", Map.of("kind", "math", "points", List.of(1, 2)));
    row.put("nothing", null);
    row.put("big", 1L << 40);
    return row;
  }

  private static Reward reward(String expression, String of, Sample sample) {
    return RewardFunction.of(
            RewardYaml.rewards(
                """
                components:
                  - {name: dogs, type: count, text: dog, cap: 4, weight: 0}
                  - {name: number, type: number, weight: 0}
                  - {name: lost, type: column, column: nowhere, weight: 0}
                  - name: it
                    type: expression
                    of: %s
                    expression: >-
                      %s
                """
                    .formatted(of, expression)))
        .score(List.of(sample))
        .get(0);
  }

  private static Reward reward(String expression) {
    return reward(
        expression, "[dogs, number]", new Sample("p", "ask", "a dog, 7", 5, true, 9, row()));
  }

  /** A pattern out of a completion may ask for all memory, or never end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "prompt.matches(completion)",
        "matches(prompt, completion)",
        "[1].all(x, completion.matches(prompt))",
        "completion.matches(\"((a{900}){900}){900}\")",
        "size(completion.replace(prompt, completion)) > 1",
        "size(completion.replace(\"a\", completion)) > 1",
      })
  void patternsAreWrittenOut(String expression) {
    assertThatThrownBy(() -> reward(expression))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("with a text that");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1.5 | 1.5",
        "completion.matches('d.g') && completion.replace('dog', 'cat').contains('cat') | 1",
        "2 + 3 | 5",
        "prompt == 'ask' && truncated | 1",
        "size(completion) > 100 | 0",
        "scores['dogs'] * 2.0 | 0.5",
        "scores.number + confidences.number | 8",
        "row.level * 2 | 6",
        "row.share * 2.0 | 0.5",
        "row.level > 2.5 | 1",
        "double(row.level) * 0.5 | 1.5",
        "row.big == 1099511627776 | 1",
        "row.tags[1] == 'b' && row.tags[2] == null && row.nothing == null | 1",
        "row.task.kind == 'math' ? row.task.points[1] : 0 | 2",
        "has(row.missing) ? 1.0 : 0.0 | 0",
        "completion.matches('^a dog') | 1",
        "completion.upperAscii().contains('DOG') | 1",
        "math.greatest(1.0, 2.0, scores['number']) | 7",
        "row.tags.exists(tag, tag == 'a') | 1",
        "tokens | 5",
      })
  void values(String expression, double expected) {
    Reward reward = reward(expression);
    assertThat(reward.valid()).as(reward.reason()).isTrue();
    assertThat(reward.value()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "row.missing > 1 | key 'missing' is not present",
        "1 / (row.level - 3) | by zero",
        "row.level + 0.5 | No matching overload",
        "row.tags | gave",
        "1.0 / 0.0 | Infinity",
        "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9,10].all(d, [1,2,3,4,5,6,7,8,9,10].all(e, a > 0))))) | iteration",
      })
  void failuresAreNoScores(String expression, String reason) {
    Reward reward = reward(expression);
    assertThat(reward.valid()).isFalse();
    assertThat(reward.reason()).containsIgnoringCase(reason);
  }

  @Test
  void anInvalidInputIsNoScore() {
    Reward reward = reward("scores['lost']", "[lost]", RewardYaml.sample("x"));
    assertThat(reward.reason()).contains("lost: column 'nowhere' is null");
    assertThat(reward("1.0", "[]", RewardYaml.sample("x")).value()).isEqualTo(1);
  }

  @Test
  void tokensThatNobodyCountedAreNoScore() {
    assertThat(reward("tokens", "[]", RewardYaml.sample("x")).reason())
        .contains("tokens are not known");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + | is not CEL",
        "unknown > 1 | undeclared reference to 'unknown'",
        "completion | gives string (expected a number",
        "completion + 1 | found no matching overload",
        "open('/etc/passwd') | undeclared reference to 'open'",
      })
  void badExpressionsAreRefusedWithTheirPlace(String expression, String message) {
    assertThatThrownBy(() -> reward(expression))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("components[3].expression")
        .hasMessageContaining(message);
  }

  @Test
  void longExpressionsAreRefused() {
    assertThatThrownBy(() -> reward("1" + " + 1".repeat(2000)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("size exceeds limit");
  }
}
