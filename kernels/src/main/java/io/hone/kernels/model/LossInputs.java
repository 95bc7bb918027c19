package io.hone.kernels.model;

import io.hone.conf.LossConfig.KlEstimator;
import io.hone.kernels.program.ProgramCall;

/** Loss settings as the inputs of programs. */
final class LossInputs {
  private LossInputs() {}

  static void add(ProgramCall call, LossSettings loss) {
    call.integer("loss", loss.kind() == LossKind.SFT ? 0 : 1)
        .integer("ratio", 0)
        .number("ratio_cap", 0)
        .number("clip_low", loss.clipLow())
        .number("clip_high", loss.clipHigh())
        .number("dual_clip", Double.isNaN(loss.dualClip()) ? 0 : loss.dualClip())
        .number("kl_coefficient", loss.klCoefficient())
        .integer("kl_estimator", code(loss.klEstimator()))
        .number("entropy_coefficient", loss.entropyCoefficient());
  }

  /** The numbers by which {@code kl_divergence.estimate} knows the estimators. */
  private static int code(KlEstimator estimator) {
    return switch (estimator) {
      case K1 -> 0;
      case ABS -> 1;
      case K2 -> 2;
      case K3 -> 3;
    };
  }
}
