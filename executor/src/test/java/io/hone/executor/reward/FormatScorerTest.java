package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatScorerTest {
  private static final Scorer STRICT = scorer("type: format, outside: nothing");
  private static final Scorer LENIENT = scorer("type: format");

  @Test
  void acceptsThoughtAndAnswer() {
    assertThat(STRICT.score(sample("<think>a\nb</think><answer>c</answer>")))
        .isEqualTo(Score.of(1));
    assertThat(STRICT.score(sample("<think></think><answer></answer>"))).isEqualTo(Score.of(1));
  }

  @Test
  void whitespaceAroundPartsMayBeAllowed() {
    Sample spaced = sample("\n<think>a</think>\n\n<answer>c</answer> ");

    assertThat(LENIENT.score(spaced)).isEqualTo(Score.of(1));
    assertThat(STRICT.score(spaced)).isEqualTo(Score.of(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c",
        "<think>a</think>",
        "<answer>c</answer><think>a</think>",
        "<think>a<answer>c</answer></think>",
        "<think>a</think>so<answer>c</answer>",
        "well<think>a</think><answer>c</answer>",
        "<think>a</think><answer>c</answer>.",
        "<think>a</think><answer>c</answer><answer>d</answer>",
        "<think><think>a</think><answer>c</answer>",
        "<think>a</think><answer>c",
        "</think>a<think><answer>c</answer>",
        "<Think>a</Think><answer>c</answer>",
      })
  void rejectsEverythingElse(String completion) {
    assertThat(LENIENT.score(sample(completion))).isEqualTo(Score.of(0));
  }

  @Test
  void tagsAreAnOption() {
    Scorer scorer = scorer("type: format, tags: [plan, search, answer]");

    assertThat(scorer.score(sample("<plan></plan><search></search><answer></answer>")))
        .isEqualTo(Score.of(1));
    assertThat(scorer.score(sample("<plan></plan><answer></answer>"))).isEqualTo(Score.of(0));
  }

  @Test
  void badTagsAreRefused() {
    assertThatThrownBy(() -> scorer("type: format, tags: []"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("tags: is empty");
    assertThatThrownBy(() -> scorer("type: format, tags: [think, '<b>']"))
        .hasMessageContaining("tags[1]: '<b>' is no name of a tag");
    assertThatThrownBy(() -> scorer("type: format, tags: [a, a]"))
        .hasMessageContaining("'a' is there twice");
  }

  @Provide
  Arbitrary<String> completions() {
    return Arbitraries.of("<think>", "</think>", "<answer>", "</answer>", "x", "\n")
        .list()
        .ofMaxSize(8)
        .map(pieces -> String.join("", pieces));
  }

  /** R1-Reward's own rule: this expression, and one pair of each tag. */
  @Property
  void agreesWithTheExpressionOfR1Reward(@ForAll("completions") String completion) {
    boolean matches =
        Pattern.compile("^<think>.*?</think><answer>.*?</answer>\\z", Pattern.DOTALL)
            .matcher(completion)
            .find();
    boolean onceEach =
        List.of("<think>", "</think>", "<answer>", "</answer>").stream()
            .allMatch(tag -> completion.split(Pattern.quote(tag), -1).length == 2);

    assertThat(STRICT.score(sample(completion)).value()).isEqualTo(matches && onceEach ? 1 : 0);
  }

  @Property
  void agreesOnWellFormedOnesToo(@ForAll("completions") String thought) {
    String completion = "<think>" + thought + "</think><answer>x</answer>";
    agreesWithTheExpressionOfR1Reward(completion);
  }

  @Test
  void textMayStandBehindTheParts() {
    Scorer scorer = scorer("type: format, tags: [think], outside: text-behind");
    assertThat(scorer.score(sample("<think>a</think> It is b."))).isEqualTo(Score.of(1));
    assertThat(scorer.score(sample("So: <think>a</think> b"))).isEqualTo(Score.of(0));
    assertThat(scorer.score(sample("<think>a</think> b <think>c</think>"))).isEqualTo(Score.of(0));
    assertThat(
            scorer("type: format, tags: [think], outside: text").score(sample("a<think></think>")))
        .isEqualTo(Score.of(1));
  }

  @Test
  void thePromptMayHaveOpenedTheFirstPart() {
    Scorer scorer = scorer("type: format, opened: true");
    assertThat(scorer.score(sample("a</think><answer>b</answer>"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(sample("<think>a</think><answer>b</answer>"))).isEqualTo(Score.of(0));
    assertThat(scorer.score(sample("a<answer>b</answer>"))).isEqualTo(Score.of(0));
  }
}
