package io.hone.jobs.inspect;

import io.hone.driver.run.CommittedRun;
import io.hone.executor.table.AdvantageRow;
import io.hone.executor.table.RolloutRow;
import io.hone.executor.table.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The rollouts of a run's committed steps. */
public final class CommittedRollouts {
  private static final Set<String> PROMPT_ID = Set.of("promptId");

  private final CommittedRun run;
  private final Configuration conf;

  /** Of a run. */
  public CommittedRollouts(CommittedRun run, Configuration conf) {
    this.run = run;
    this.conf = conf;
  }

  /** The rollouts of a step, by group and sample; none where the algorithm samples none. */
  List<InspectedRollout> of(int step) {
    List<RolloutRow> rows = new ArrayList<>();
    run.rollouts(step).forEach(file -> rows.addAll(Tables.ROLLOUTS.read(file, conf)));
    Map<Identity, AdvantageRow> advantages = advantages(step);
    return rows.stream()
        .sorted(
            Comparator.comparingInt(RolloutRow::group).thenComparingInt(RolloutRow::sampleIndex))
        .map(
            row -> new InspectedRollout(row, Optional.ofNullable(advantages.get(Identity.of(row)))))
        .toList();
  }

  /** The rollouts of one prompt at a step; files without it are read in that one column only. */
  List<InspectedRollout> of(int step, String promptId) {
    boolean comesUp = run.rollouts(step).stream().anyMatch(file -> holds(file, promptId));
    return comesUp
        ? of(step).stream()
            .filter(rollout -> rollout.rollout().promptId().equals(promptId))
            .toList()
        : List.of();
  }

  private boolean holds(Path file, String promptId) {
    return Tables.ROLLOUTS.read(file, PROMPT_ID, conf).stream()
        .anyMatch(row -> row.promptId().equals(promptId));
  }

  private Map<Identity, AdvantageRow> advantages(int step) {
    Map<Identity, AdvantageRow> advantages = new HashMap<>();
    for (Path file : run.advantages(step)) {
      for (AdvantageRow row : Tables.ADVANTAGES.read(file, conf)) {
        advantages.put(
            new Identity(row.promptId(), row.occurrence(), row.sampleIndex()), row);
      }
    }
    return advantages;
  }

  private record Identity(String promptId, int occurrence, int sampleIndex) {
    static Identity of(RolloutRow row) {
      return new Identity(row.promptId(), row.occurrence(), row.sampleIndex());
    }
  }
}
