package io.hone.kernels.model;

import io.hone.conf.PreferenceConfig.Loss;
import io.hone.kernels.program.ProgramCall;
import java.util.List;
import java.util.stream.IntStream;

/** An objective over compared completions in the gradient program: {@code preference.py}. */
record PreferenceProgram(PreferenceSettings settings) implements ObjectiveProgram {

  @Override
  public void check(List<TrainingSample> samples) {
    for (int i = 0; i < samples.size(); i++) {
      TrainingSample sample = samples.get(i);
      require(LossTokens.masked(sample) > 0, i, "has no token under the mask");
      require(
          sample.preference() != null, i, "is neither chosen nor rejected (expected one of them)");
      require(
          !settings.loss().usesReference() || sample.referenceLogprobs() != null,
          i,
          "lacks referenceLogprobs, which the objective reads");
    }
    if (settings.loss().comparesPairs()) {
      for (int i = 0; i < samples.size(); i++) {
        Preference expected = i % 2 == 0 ? Preference.CHOSEN : Preference.REJECTED;
        require(
            samples.get(i).preference() == expected
                && (expected == Preference.REJECTED || i + 1 < samples.size()),
            i,
            "has no partner (expected a rejected sample after each chosen one)");
      }
    }
  }

  private static void require(boolean holds, int sample, String problem) {
    if (!holds) {
      throw new IllegalArgumentException("sample " + sample + " " + problem);
    }
  }

  @Override
  public int samplesTogether() {
    return settings.loss().comparesPairs() ? 2 : 1;
  }

  @Override
  public double tokenWeight(TrainingSample sample) {
    return settings.tokenWeight(sample.preference());
  }

  @Override
  public void add(ProgramCall call, List<TrainingSample> rows) {
    add(call, rowsOf(rows, Preference.CHOSEN), rowsOf(rows, Preference.REJECTED));
  }

  /**
   * Passes the settings.
   *
   * @param chosen which sequences of the micro-batch are chosen ones
   * @param rejected which are rejected; where pairs are compared, in the order of their partners
   */
  void add(ProgramCall call, long[] chosen, long[] rejected) {
    PreferenceLoss loss = settings.loss();
    call.integer("language_head", 1)
        .number("value_coefficient", 0)
        .integer("preference_loss", code(loss.type()))
        .number("beta", loss.beta())
        .number("label_smoothing", loss.labelSmoothing())
        .number("gamma", loss.margin())
        .integer("normalizes_length", loss.normalizesLength() ? 1 : 0)
        .integer("uses_reference", loss.usesReference() ? 1 : 0)
        .number("desirable_weight", loss.desirableWeight())
        .number("undesirable_weight", loss.undesirableWeight())
        .number("kl", settings.klEstimate())
        .number("example_weight", 1 / settings.examples())
        .longs("chosen", chosen, chosen.length)
        .longs("rejected", rejected, rejected.length);
  }

  /** The numbers by which {@code preference.losses} knows them. */
  private static int code(Loss type) {
    return switch (type) {
      case DPO, CPO, SIMPO -> 0;
      case IPO -> 1;
      case HINGE -> 2;
      case ORPO -> 3;
      case KTO -> 4;
    };
  }

  private static long[] rowsOf(List<TrainingSample> rows, Preference preference) {
    return IntStream.range(0, rows.size())
        .filter(row -> rows.get(row).preference() == preference)
        .asLongStream()
        .toArray();
  }

  @Override
  public LossStatistics statistics(ProgramCall call, List<TrainingSample> rows, LossTokens tokens) {
    double[] sums = call.output("sums").doubles();
    long chosen = rowsOf(rows, Preference.CHOSEN).length;
    long chosenTokens =
        rows.stream()
            .filter(row -> row.preference() == Preference.CHOSEN)
            .mapToLong(LossTokens::masked)
            .sum();
    return LossStatistics.ofPreferences(
        tokens.count(),
        rows.size(),
        sums,
        new PreferenceStatistics(
            chosen,
            rows.size() - chosen,
            chosenTokens,
            settings.loss().comparesPairs() ? chosen : 0,
            sums[4],
            sums[5],
            sums[6],
            sums[7],
            sums[8],
            sums[9],
            rows.size() * settings.klEstimate()));
  }
}
