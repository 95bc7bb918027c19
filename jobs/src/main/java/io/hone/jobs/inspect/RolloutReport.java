package io.hone.jobs.inspect;

import io.hone.executor.table.AdvantageRow;
import io.hone.executor.table.ComponentScore;
import io.hone.executor.table.RolloutRow;
import io.hone.jobs.terminal.Excerpt;
import io.hone.jobs.terminal.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Rollouts as people read them: reward, every component, advantage, and the text. */
public final class RolloutReport {
  private static final Comparator<InspectedRollout> BY_REWARD =
      Comparator.comparingDouble(inspected -> inspected.rollout().reward());

  /** Half of the last decimal that is shown. */
  private static final double LEAST_DIFFERENCE = 5e-4;

  private final CommittedRollouts rollouts;
  private final int textLimit;

  /**
   * @param textLimit most characters shown of a prompt or completion
   */
  public RolloutReport(CommittedRollouts rollouts, int textLimit) {
    this.rollouts = rollouts;
    this.textLimit = textLimit;
  }

  /** The best and worst of a step. */
  public List<String> extremes(int step, int best, int worst) {
    List<InspectedRollout> all = rollouts.of(step);
    List<InspectedRollout> scored =
        all.stream().filter(inspected -> inspected.rollout().rewardValid()).toList();
    List<String> lines = new ArrayList<>();
    section(lines, "Best of step " + step, first(scored, BY_REWARD.reversed(), best));
    section(lines, "Worst of step " + step, first(scored, BY_REWARD, worst));
    if (scored.size() < all.size()) {
      lines.add("");
      lines.add(
          (all.size() - scored.size())
              + " of "
              + all.size()
              + " rollouts of step "
              + step
              + " have no valid reward: "
              + reasons(all));
    }
    return lines;
  }

  /** All rollouts of a prompt at a step. */
  public List<String> ofPrompt(int step, String promptId) {
    List<String> lines = new ArrayList<>();
    section(lines, "Step " + step, rollouts.of(step, promptId));
    return lines;
  }

  private static List<InspectedRollout> first(
      List<InspectedRollout> rollouts, Comparator<InspectedRollout> order, int count) {
    return rollouts.stream().sorted(order).limit(count).toList();
  }

  private static String reasons(List<InspectedRollout> all) {
    Map<String, Long> counts =
        all.stream()
            .map(InspectedRollout::rollout)
            .filter(row -> !row.rewardValid())
            .flatMap(row -> row.components().entrySet().stream())
            .filter(component -> !component.getValue().valid())
            .collect(
                Collectors.groupingBy(
                    component -> component.getKey() + ": " + component.getValue().reason(),
                    TreeMap::new,
                    Collectors.counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(3)
        .map(reason -> Excerpt.of(reason.getKey(), 120) + " (" + reason.getValue() + ")")
        .collect(Collectors.joining("; "));
  }

  private void section(List<String> lines, String title, List<InspectedRollout> shown) {
    if (shown.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(title);
    for (InspectedRollout inspected : shown) {
      lines.add("");
      lines.add("  " + heading(inspected));
      if (!inspected.rollout().components().isEmpty()) {
        lines.add("  " + components(inspected.rollout()));
      }
      text(lines, "prompt", inspected.rollout().prompt());
      text(lines, "completion", inspected.rollout().completion());
      if (inspected.rollout().greedyCompletion() != null) {
        text(lines, "greedy", inspected.rollout().greedyCompletion());
      }
    }
  }

  private static String heading(InspectedRollout inspected) {
    RolloutRow row = inspected.rollout();
    String reward = row.rewardValid() ? Numbers.decimals(row.reward(), 3) : "invalid";
    String advantage =
        inspected
            .advantage()
            .map(
                found ->
                    found.included()
                        ? ", advantage " + Numbers.signed(found.advantage(), 3)
                        : ", not trained on" + exclusion(found))
            .orElse("");
    String greedy =
        row.greedyReward() == null
            ? ""
            : " (greedy " + Numbers.decimals(row.greedyReward(), 3) + ")";
    return "reward "
        + reward
        + counted(inspected)
        + greedy
        + advantage
        + ", "
        + row.tokenIds().length
        + " tokens"
        + (row.truncated() ? ", truncated" : "")
        + "  [prompt "
        + Excerpt.of(row.promptId(), 64)
        + (row.occurrence() > 0 ? ", occurrence " + row.occurrence() : "")
        + ", sample "
        + row.sampleIndex()
        + "]";
  }

  /**
   * What the loss took for the reward, where that is another: a penalty, or a comparison of the
   * step.
   */
  private static String counted(InspectedRollout inspected) {
    RolloutRow row = inspected.rollout();
    return inspected
        .advantage()
        .map(AdvantageRow::reward)
        .filter(counted -> row.rewardValid() && Math.abs(counted - row.reward()) > LEAST_DIFFERENCE)
        .map(counted -> " (counts as " + Numbers.decimals(counted, 3) + ")")
        .orElse("");
  }

  private static String exclusion(AdvantageRow row) {
    return row.exclusion() == null ? "" : " (" + row.exclusion() + ")";
  }

  private static String components(RolloutRow row) {
    return row.components().entrySet().stream()
        .map(component -> component.getKey() + " " + describe(component.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String describe(ComponentScore score) {
    if (!score.valid()) {
      return "invalid (" + Excerpt.of(String.valueOf(score.reason()), 120) + ")";
    }
    String value = Numbers.decimals(score.value(), 3);
    return score.confidence() < 1
        ? value + " (confidence " + Numbers.decimals(score.confidence(), 2) + ")"
        : value;
  }

  private void text(List<String> lines, String name, String text) {
    lines.addAll(Excerpt.labelled(name, text, textLimit));
  }
}
