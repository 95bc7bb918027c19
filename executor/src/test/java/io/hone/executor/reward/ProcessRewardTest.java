package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.UserException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessRewardTest {
  private static final double[] STEPS = {0.9, 0.6, 0.8, 0.3};
  private static final StepShaping.Constants HALF = new StepShaping.Constants(0.5, 0, 1);

  /** The golden table of REWARDS.md. */
  @Test
  void shapesAsPublished() {
    close(StepShaping.CLIP.apply(STEPS, HALF), 0, 0, 0, -0.2);
    close(StepShaping.DELTA.apply(STEPS, HALF), 0.3, -0.2, 0.8, 0);
    close(StepShaping.CLIP_DELTA.apply(STEPS, HALF), 0, 0, 0, 0);
    double[] turns = {0.75, 0.5, 0.4};
    close(StepShaping.RENORM.apply(turns, new StepShaping.Constants(0, 1, 1)), 0.75, 0.5, 1);
    close(StepShaping.RENORM.apply(turns, new StepShaping.Constants(0, 0, 1)), -0.25, -0.5, 0);
  }

  /** The golden table of REWARDS.md, whose rewards are 1 - score. */
  @Test
  void qualityValuesAreThosePublished() {
    close(StepShaping.QUALITY_VALUE.apply(new double[] {1, 1, 1}, HALF), 1 / 3.0, 1 / 3.0, 1 / 3.0);
    double first = 1 / 3.0;
    double second = 1 / 9.0;
    double third = 5 / 9.0;
    close(
        StepShaping.QUALITY_VALUE.apply(new double[] {1, 0, 1}, HALF),
        first,
        second - first,
        third - second);
    assertThat(StepShaping.QUALITY_VALUE.apply(new double[] {0, 0}, HALF)).containsExactly(0, 0);
  }

  /** The return from a step on is that step's score, however many steps follow. */
  @Test
  void differencesTelescope() {
    double[] scores = new Random(1).doubles(20).toArray();
    double[] shaped = StepShaping.DELTA.apply(scores, HALF);
    double sum = 0;
    for (int step = scores.length - 2; step >= 0; step--) {
      sum += shaped[step];
      assertThat(sum).isCloseTo(scores[step], within(1e-12));
    }
  }

  /** A good step said again earns nothing once it is shaped. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 100})
  void repetitionPaysOnlyUnshaped(int repetitions) {
    String text = "good\n".repeat(repetitions) + "end";
    assertThat(value("none", text)).isEqualTo(repetitions);
    assertThat(value("clip", text)).isLessThanOrEqualTo(0);
    assertThat(value("delta", text)).isEqualTo(1);
    assertThat(value("clip-delta", text)).isLessThanOrEqualTo(0);
  }

  @ParameterizedTest
  @EnumSource(StepShaping.class)
  void noStepsAreWorthNothing(StepShaping shaping) {
    assertThat(shaping.apply(new double[0], HALF)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = StepShaping.class,
      names = {"DELTA", "CLIP_DELTA"})
  void oneStepIsWorthNothing(StepShaping shaping) {
    assertThat(shaping.apply(new double[] {0.2}, HALF)).containsExactly(0);
  }

  private static RewardFunction function(String options) {
    return RewardFunction.of(
        RewardYaml.rewards(
            """
            components:
              - {name: outcome, type: contains, text: end, weight: 0}
              - {name: it, type: process, scorer: {type: contains, text: good}, %s}
            """
                .formatted(options)));
  }

  private static double value(String shaping, String text) {
    return function("shaping: " + shaping).score(List.of(RewardYaml.sample(text))).get(0).value();
  }

  /** Tokens of three characters: a step's reward falls on the token that its text ends in. */
  @Test
  void rewardsFallOnTheTokensThatEndSteps() {
    String text = "good a\nbad\n\ngood bc  \n";
    int[] ends = {3, 6, 9, 12, 15, 18, 21, text.length()};
    Sample sample =
        new Sample("p", "", text, ends.length, false, 100, Map.of(), () -> ends.clone());
    Reward reward = function("shaping: none").score(List.of(sample)).get(0);
    assertThat(reward.value()).isEqualTo(2);
    assertThat(reward.perToken()).containsExactly(0, 1, 0, 0, 0, 0, 1, 0);

    Reward renormed = function("shaping: renorm, outcome: outcome").score(List.of(sample)).get(0);
    assertThat(renormed.perToken()).containsExactly(0, 0, 0, -1, 0, 0, 0, 0);
    assertThat(renormed.value()).isEqualTo(-1);
  }

  @Test
  void stepsThatEndInOneTokenAddUpAndTheLastTokenTakesTheRest() {
    TokenShares shares = new TokenShares(new int[] {4, 8});
    shares.add(2, 1);
    shares.add(4, 2);
    shares.add(5, 3);
    shares.add(99, 4);
    assertThat(shares.shares()).containsExactly(3, 7);
    new TokenShares(new int[0]).add(1, 1);
  }

  @Test
  void cutsText() {
    assertThat(Segmenter.PARAGRAPHS.cut("a\nb\n\n\n\n c \n\nd"))
        .containsExactly(
            new Segmenter.Segment("a\nb", 3),
            new Segmenter.Segment("c", 9),
            new Segmenter.Segment("d", 13));
    assertThat(Segmenter.SENTENCES.cut("It is 3.5. Is it? Yes"))
        .extracting(Segmenter.Segment::text)
        .containsExactly("It is 3.5.", "Is it?", "Yes");
    assertThat(Segmenter.LINES.cut(" \n")).isEmpty();
    assertThat(Segmenter.PARAGRAPHS.cut("a\r\n\r\nb\n \t\nc\n"))
        .containsExactly(
            new Segmenter.Segment("a", 1),
            new Segmenter.Segment("b", 6),
            new Segmenter.Segment("c", 11));
    assertThat(Segmenter.CLAUSES.cut("At 3:15, 1,000 came; why? So: it is."))
        .extracting(Segmenter.Segment::text)
        .containsExactly("At 3:15,", "1,000 came;", "why?", "So:", "it is.");
    assertThat(Segmenter.TAGS.cut("<think>a < b</think>\n<answer>c</answer> </"))
        .containsExactly(
            new Segmenter.Segment("<think>a < b</think>", 20),
            new Segmenter.Segment("<answer>c</answer>", 39),
            new Segmenter.Segment("</", 42));
    assertThat(Segmenter.TAGS.cut(" </b>x").get(0).start()).isEqualTo(1);
  }

  /** A correction is seen with what it corrects. */
  @Test
  void aWindowOfTwoSeesTheStepBefore() {
    assertThat(value("none, window: 2", "good\nbad\n\nbad")).isEqualTo(2);
    assertThat(value("none, window: 9", "good\nbad\n\nbad")).isEqualTo(3);
  }

  @Test
  void withoutStepsOnlyTheOutcomeIsLeft() {
    RewardFunction function =
        RewardFunction.of(
            RewardYaml.rewards(
                """
                components:
                  - {name: outcome, type: column, column: outcome, weight: 0}
                  - {name: it, type: process, shaping: renorm, outcome: outcome, scorer: {type: contains, text: a}}
                """));
    for (String text : List.of("", " \n ", "b")) {
      assertThat(
              function
                  .score(List.of(RewardYaml.sample(text, Map.of("outcome", -3))))
                  .get(0)
                  .value())
          .isEqualTo(-3);
    }
  }

  @Test
  void betaIsTakenFromEachStepButTheLast() {
    String text = "good\nbad\nend";
    assertThat(value("renorm, outcome: outcome", text)).isEqualTo(1 + 0 + 1);
    assertThat(value("renorm, outcome: outcome, beta: 0.5", text)).isEqualTo(1.5 + 0.5 + 1);
  }

  @Test
  void aStepThatCannotBeScoredIsNoZero() {
    RewardFunction function =
        RewardFunction.of(
            RewardYaml.rewards(
                "components: [{name: it, type: process, scorer: {type: number-match}}]"));
    Reward reward = function.score(List.of(RewardYaml.sample("1\n2"))).get(0);
    assertThat(reward.valid()).isFalse();
    assertThat(reward.reason()).startsWith("it: step 1: column 'answer' is missing");
  }

  /** The last step of these is worth the same whatever its score is. */
  @ParameterizedTest
  @ValueSource(strings = {"delta", "clip-delta", "renorm, outcome: outcome"})
  void aLastStepThatIsNotReadNeedsNoScore(String shaping) {
    assertThat(value(shaping, "end")).isFinite();
    RewardFunction function =
        RewardFunction.of(
            RewardYaml.rewards(
                """
                components:
                  - {name: outcome, type: contains, text: end, weight: 0}
                  - {name: it, type: process, shaping: %s, scorer: {type: number-match}}
                """
                    .formatted(shaping)));
    assertThat(function.score(List.of(RewardYaml.sample("end"))).get(0).valid()).isTrue();
    assertThat(function.score(List.of(RewardYaml.sample("1\nend"))).get(0).valid()).isFalse();
  }

  /** As a judge writes them; a score of 3 is none. */
  @Test
  void stepsThatCannotBeScoredCanBeLeftOut() {
    String text = "<s>0.9</s>\n<s>3</s>\nend";
    String renorm = "shaping: renorm, outcome: outcome";
    assertThat(judged(renorm, text).reason())
        .isEqualTo("it: step 2: its score is 3.0 (expected 0 to 1)");
    Reward reward = judged(renorm + ", unscored-steps: leave-out", text);
    assertThat(reward.value()).isCloseTo(0.9 + 1, within(1e-12));
    assertThat(reward.perToken()).containsExactly(0.9f, 0, 1);
    assertThat(judged("shaping: delta", text).value()).isCloseTo(0.9 - 3 + 3, within(1e-12));
  }

  private static Reward judged(String options, String text) {
    int[] ends = new int[text.split("\n").length];
    for (int line = 0, end = 0; line < ends.length; line++) {
      end += text.split("\n")[line].length() + 1;
      ends[line] = end;
    }
    Sample sample = new Sample("p", "", text, ends.length, false, 9, Map.of(), () -> ends);
    return RewardFunction.of(
            RewardYaml.rewards(
                """
                components:
                  - {name: outcome, type: contains, text: end, weight: 0}
                  - {name: it, type: process, %s, scorer: {type: number, pattern: '<s>(.*)</s>'}}
                """
                    .formatted(options)))
        .score(List.of(sample))
        .get(0);
  }

  @Test
  void refusesWhatMakesNoSense() {
    for (String options : List.of("shaping: delta, threshold: 0.4", "shaping: clip, beta: 2")) {
      assertThatThrownBy(() -> function(options))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("has no effect");
    }
    assertThatThrownBy(() -> function("shaping: renorm"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("outcome");
    assertThatThrownBy(() -> function("outcome: outcome"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has no effect");
    assertThatThrownBy(
            () ->
                RewardFunction.of(
                    RewardYaml.rewards(
                        "components: [{name: it, type: process, scorer: {type: contans}}]")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'contans' is no type of scorer (did you mean 'contains'?)");
  }

  private static void close(double[] actual, double... expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-12));
    }
  }
}
