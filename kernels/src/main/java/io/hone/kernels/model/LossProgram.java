package io.hone.kernels.model;

import io.hone.kernels.program.ProgramCall;
import java.util.List;

/** A loss of tokens in the gradient program: {@code policy_loss.py}. */
record LossProgram(LossSettings loss) implements ObjectiveProgram {

  @Override
  public void check(List<TrainingSample> samples) {
    LossTokens.check(samples, loss);
  }

  @Override
  public int samplesTogether() {
    return 1;
  }

  @Override
  public double tokenWeight(TrainingSample sample) {
    return loss.tokenWeight(LossTokens.masked(sample));
  }

  @Override
  public void add(ProgramCall call, List<TrainingSample> rows) {
    LossInputs.add(call, loss);
  }

  @Override
  public LossStatistics statistics(ProgramCall call, List<TrainingSample> rows, LossTokens tokens) {
    LossStatistics statistics =
        loss.kind() == LossKind.VALUE
            ? LossStatistics.ofCounts(tokens.count(), rows.size())
            : LossStatistics.of(
                tokens.count(),
                rows.size(),
                tokens.samplerLogprobs().length,
                call.output("sums").doubles(),
                call.output("maxima").doubles());
    return loss.value() == null
        ? statistics
        : statistics.plus(LossStatistics.ofValues(call.output("value_sums").doubles()));
  }
}
