package io.hone.jobs.score;

import io.hone.conf.ComponentConfig;
import io.hone.conf.RewardConfig;
import io.hone.executor.reward.Reward;
import io.hone.executor.reward.Sample;
import io.hone.executor.reward.Score;
import io.hone.jobs.terminal.Excerpt;
import io.hone.jobs.terminal.Numbers;
import io.hone.jobs.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;

/** How a reward came about, for people. */
public final class RewardExplanation {
  private static final int TEXT_LIMIT = 2000;

  private RewardExplanation() {}

  /**
   * Lines that tell it.
   *
   * @param config with weights that stay
   * @param groupSize completions scored together
   */
  public static List<String> lines(
      RewardConfig config, Sample sample, Reward reward, int groupSize) {
    List<String> lines = new ArrayList<>();
    lines.add(sample.promptId() + (groupSize > 1 ? ", in a group of " + groupSize : ""));
    lines.add("");
    lines.addAll(Excerpt.labelled("prompt", sample.prompt(), TEXT_LIMIT));
    lines.addAll(Excerpt.labelled("completion", sample.completion(), TEXT_LIMIT));
    lines.add("");
    TextTable table =
        new TextTable()
            .text("component")
            .text("type")
            .number("value")
            .number("confidence")
            .number("weight")
            .number("adds")
            .text("");
    for (ComponentConfig component : config.components()) {
      table.row(cells(component, reward.components().get(component.name())));
    }
    lines.addAll(table.lines());
    lines.add("");
    lines.add(
        reward.valid()
            ? "reward " + Numbers.significant(reward.value())
            : "no reward: " + reward.reason());
    return lines;
  }

  private static List<String> cells(ComponentConfig component, Score score) {
    double weight = component.weight().value();
    boolean stands = !score.valid() && component.onInvalid() == ComponentConfig.OnInvalid.VALUE;
    double value = stands ? component.invalidValue() : score.value();
    return List.of(
        component.name(),
        component.type(),
        Numbers.significant(score.value()),
        score.valid() ? Numbers.decimals(score.confidence(), 2) : "-",
        Numbers.significant(weight),
        weight == 0 ? "-" : Numbers.significant(weight * value),
        score.valid() ? "" : "invalid: " + Excerpt.of(score.reason(), 120));
  }
}
