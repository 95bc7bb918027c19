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
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The rollouts of a run's committed steps. */
public final class CommittedRollouts {
  private static final String PROMPT_ID = "prompt_id";

  /** All that a report shows; the log-probabilities, most of a file, are left where they are. */
  private static final Set<String> SHOWN =
      Set.of(
          PROMPT_ID,
          "occurrence",
          "group",
          "sample_index",
          "prompt",
          "completion",
          "token_ids",
          "truncated",
          "reward",
          "reward_valid",
          "greedy_completion",
          "greedy_reward",
          "components");

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
    for (Path file : run.rollouts(step)) {
      Tables.ROLLOUTS.scan(file, SHOWN, rows::add, conf);
    }
    Map<Identity, AdvantageRow> advantages = advantages(step);
    return rows.stream()
        .sorted(
            Comparator.comparingInt(RolloutRow::group).thenComparingInt(RolloutRow::sampleIndex))
        .map(
            row -> new InspectedRollout(row, Optional.ofNullable(advantages.get(Identity.of(row)))))
        .toList();
  }

  /** The rollouts of one prompt at a step, by group and sample. */
  List<InspectedRollout> of(int step, String promptId) {
    if (run.rollouts(step).stream().noneMatch(file -> holds(file, promptId))) {
      return List.of();
    }
    return of(step).stream()
        .filter(inspected -> inspected.rollout().promptId().equals(promptId))
        .toList();
  }

  private boolean holds(Path file, String promptId) {
    AtomicBoolean found = new AtomicBoolean();
    Tables.ROLLOUTS.scan(
        file,
        Set.of(PROMPT_ID),
        row -> found.compareAndSet(false, row.promptId().equals(promptId)),
        conf);
    return found.get();
  }

  private Map<Identity, AdvantageRow> advantages(int step) {
    Map<Identity, AdvantageRow> advantages = new HashMap<>();
    for (Path file : run.advantages(step)) {
      for (AdvantageRow row : Tables.ADVANTAGES.read(file, conf)) {
        advantages.put(new Identity(row.promptId(), row.occurrence(), row.sampleIndex()), row);
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
