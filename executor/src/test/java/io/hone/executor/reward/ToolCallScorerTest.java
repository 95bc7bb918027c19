package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolCallScorerTest {
  private static final Object F =
      List.of(Map.of("name", "f", "parameters", Map.of("a", 1, "b", 2)));

  /** The golden table of REWARDS.md, and what its rules say beside it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name': 'f', 'parameters': {'a': 1, 'b': 2}} | 3",
        "{'name': 'f', 'parameters': {'b': 2.0, 'a': 1}} | 3",
        "{'name': 'f', 'arguments': {'a': 1, 'b': 2}} | 3",
        "[{'name': 'f', 'parameters': {'a': 1, 'b': 2}}] | 3",
        "{'name': 'f', 'parameters': {'a': 1, 'b': 3}} | 1.5",
        "{'name': 'f', 'parameters': {'a': 1}} | 0.75",
        "{'name': 'h', 'parameters': {'a': 1, 'b': 2}} | -3",
        "{'name': 'f', 'parameters': {'a': 1, 'b': 2}} {'name': 'g'} | 2.25",
        "{'name': 'f', 'parameters': {'a': 1, 'b': 2}} {'name': 'f'} | 2.25",
        "{'name': 'f', 'parameters': {'a': 1, 'b': 2} | -3",
        "{'name': 'f', 'parameters': [1, 2]} | -3",
        "f(1, 2) | -3",
      })
  void isThatOfToolRl(String calls, double value) {
    assertThat(score("type: tool-call", calls.replace('\'', '"'), F)).isEqualTo(value);
  }

  @Test
  void whatIsMissingIsWorthTheMinimum() {
    Sample sample = sample("f(1, 2)", F);
    assertThat(scorer("type: tool-call").score(sample)).isEqualTo(Score.of(-3, 0));
    assertThat(scorer("type: tool-call, minimum: -1, maximum: 1").score(sample).value())
        .isEqualTo(-1);
  }

  @Test
  void whereNoCallIsWantedNoneIsWorthAnything() {
    assertThat(score("type: tool-call", "{\"name\": \"f\"}", List.of())).isZero();
    assertThat(scorer("type: tool-call").score(sample("nothing", List.of())))
        .isEqualTo(Score.of(0));
  }

  /** Each wanted call takes the best one left, and none is used twice. */
  @Test
  void matchesRepeatedTools() {
    Object twice =
        "[{\"name\":\"f\",\"parameters\":{\"a\":1}},{\"name\":\"f\",\"parameters\":{\"a\":2}}]";
    String second = "{\"name\":\"f\",\"parameters\":{\"a\":2}}";
    String first = "{\"name\":\"f\",\"parameters\":{\"a\":1}}";
    assertThat(score("type: tool-call", first + second, twice)).isEqualTo(3);
    // All agree, and yet the order is another: 1 + 2 + 2 of 1 + 2 + 2.
    assertThat(score("type: tool-call", second + first, twice)).isEqualTo(3);
    assertThat(score("type: tool-call, granularity: all", second + first, twice)).isEqualTo(-3);
    // Half the tools; and the first wanted call takes the only one there is: 0.5 + 1 of 5.
    assertThat(score("type: tool-call", second, twice)).isCloseTo(-1.2, within(1e-12));
    assertThat(score("type: tool-call, granularity: calls", second, twice)).isEqualTo(0);
  }

  @Test
  void callsCanCountAsAWhole() {
    String close = "{\"name\": \"f\", \"parameters\": {\"a\": 1, \"b\": 3}}";
    assertThat(score("type: tool-call, granularity: calls", close, F)).isEqualTo(0);
    assertThat(score("type: tool-call, granularity: all", close, F)).isEqualTo(-3);
    String partial = "{\"name\": \"f\", \"parameters\": {\"a\": 1}}";
    // The tool and one value of 4.
    assertThat(score("type: tool-call, strict: true", partial, F)).isEqualTo(0);
  }

  @Test
  void readsEachPairOfTags() {
    String text =
        "<tool_call>{\"name\": \"f\"}</tool_call> and <tool_call>{\"name\": \"g\"}</tool_call>";
    Object both = List.of(Map.of("name", "f"), Map.of("name", "g"));
    assertThat(scorer("type: tool-call").score(sample(text, both))).isEqualTo(Score.of(3));
  }

  @Test
  void aNumberThatNobodyCanHoldIsNoJson() {
    assertThat(score("type: tool-call", "{\"name\":\"f\",\"parameters\":{\"a\":1e99999999999}}", F))
        .isEqualTo(-3);
  }

  @Test
  void readsTheFormOfOpenAi() {
    Object gold =
        List.of(
            Map.of(
                "type",
                "function",
                "function",
                Map.of("name", "f", "arguments", "{\"a\": 1, \"b\": 2}")));
    assertThat(score("type: tool-call", "{\"name\":\"f\",\"arguments\":{\"a\":1,\"b\":2}}", gold))
        .isEqualTo(3);
  }

  @Test
  void aReferenceThatIsNoCallIsNotWrong() {
    assertThat(scorer("type: tool-call").score(sample("x", 3)).reason())
        .isEqualTo(
            "column 'tool_calls': a call is NUMBER without a name (expected {\"name\","
                + " \"parameters\"}, or a list of those)");
    assertThat(scorer("type: tool-call").score(RewardYaml.sample("x")).valid()).isFalse();
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> scorer("type: tool-call, minimum: 3"))
        .hasMessageContaining("3.0 is not above minimum 3.0");
    assertThatThrownBy(() -> scorer("type: tool-call, tag: '<'"))
        .hasMessageContaining("is no name of a tag");
  }

  private static double score(String options, String calls, Object wanted) {
    return scorer(options)
        .score(sample("<think>Hm</think><tool_call>" + calls + "</tool_call>", wanted))
        .value();
  }

  private static Sample sample(String completion, Object wanted) {
    return RewardYaml.sample(completion, Map.of("tool_calls", wanted));
  }
}
