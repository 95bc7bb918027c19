package io.hone.jobs.inspect;

import io.hone.executor.table.AdvantageRow;
import io.hone.executor.table.RolloutRow;
import java.util.Optional;

/**
 * A rollout with what the loss made of it.
 *
 * @param rollout the committed row
 * @param advantage what the loss consumed; absent if the run keeps none
 */
record InspectedRollout(RolloutRow rollout, Optional<AdvantageRow> advantage) {}
