package io.hone.conf;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The objective of preference optimisation, and where its comparisons come from. */
@Doc("The objective of preference optimisation (dpo), and where its comparisons come from.")
public record PreferenceConfig(
    @Doc(
            "What is minimised; h is what the log-probability of the chosen completion, less the"
                + " reference's, is above that of the rejected one.")
        @Default("dpo")
        Loss loss,
    @Doc("Where completions to compare come from.") @Default("data") Pairs pairs,
    @Doc("Factor of log-probabilities, and so the strength of the reference.")
        @Default("0.1")
        @Range(above = 0)
        double beta,
    @Doc("Share of pairs taken to be labelled the wrong way round (dpo: cDPO; cpo, simpo).")
        @Default("0.0")
        @Range(min = 0, below = 0.5)
        double labelSmoothing,
    @Doc("Margin by which the chosen completion is to lead (simpo); without it, 0.5.")
        @Range(min = 0)
        Optional<Double> simpoGamma,
    @Doc(
            "Whether log-probabilities of completions are means over their tokens, not sums; without it,"
                + " true with ipo, simpo and orpo, else false.")
        Optional<Boolean> lengthNormalized,
    @Doc("Whether the reference policy is left out (dpo, ipo, hinge).") @Default("false")
        boolean referenceFree,
    @Doc(
            "Factor of the negative log-likelihood of chosen completions, mean over their tokens (TRL's"
                + " cpo_alpha and rpo_alpha); without it, 1 with cpo and orpo, else 0.")
        @Range(min = 0)
        Optional<Double> nllCoefficient,
    @Doc("Weight of desirable completions (kto).") @Default("1.0") @Range(above = 0)
        double desirableWeight,
    @Doc("Weight of undesirable completions (kto).") @Default("1.0") @Range(above = 0)
        double undesirableWeight)
    implements Validated {

  /** Preference objectives. */
  public enum Loss {
    @Doc("-log sigmoid(beta h)")
    DPO,
    @Doc("(h - 1 / (2 beta))²")
    IPO,
    @Doc("dpo without reference, on means over tokens, with a margin: -log sigmoid(beta h - gamma)")
    SIMPO,
    @Doc("dpo without reference, with the negative log-likelihood of the chosen completion")
    CPO,
    @Doc("max(0, 1 - beta h) (SLiC)")
    HINGE,
    @Doc(
        "1 - sigmoid of a completion's gain over the estimated divergence from the reference, or of"
            + " the reverse where it is undesirable; learns from single completions, not from pairs")
    KTO,
    @Doc(
        "the negative log-likelihood of the chosen completion and, times beta, -log sigmoid of the"
            + " log odds ratio; without reference")
    ORPO;

    private static final Set<Loss> WITHOUT_REFERENCE = EnumSet.of(SIMPO, CPO, ORPO);
    private static final Set<Loss> OF_MEANS = EnumSet.of(IPO, SIMPO, ORPO);
    private static final Set<Loss> WITH_LIKELIHOOD = EnumSet.of(CPO, ORPO);
    private static final Set<Loss> SMOOTHED = EnumSet.of(DPO, CPO, SIMPO);
    private static final Set<Loss> FREE_TO_REFER = EnumSet.of(DPO, IPO, HINGE);
    private static final Set<Loss> ALL_BUT_KTO = EnumSet.complementOf(EnumSet.of(KTO));
    private static final Set<Loss> FREE_TO_NORMALIZE =
        EnumSet.complementOf(EnumSet.of(SIMPO, ORPO));
  }

  /** Sources of completions to compare. */
  public enum Pairs {
    @Doc(
        "the rows of the data set: prompt, chosen and rejected, or prompt, completion and label (kto)")
    DATA,
    @Doc(
        "rollouts, as with grpo: of each group the completions with the largest and the smallest"
            + " reward make a pair, unless these are equal (online DPO)")
    ROLLOUTS
  }

  /** Whether log-probabilities of the reference policy are needed. */
  public boolean usesReference() {
    return !referenceFree && !Loss.WITHOUT_REFERENCE.contains(loss);
  }

  /** Whether the log-probability of a completion is the mean over its tokens. */
  public boolean normalizesLength() {
    return lengthNormalized.orElse(Loss.OF_MEANS.contains(loss));
  }

  /** Factor of the negative log-likelihood of chosen completions. */
  public double likelihoodFactor() {
    return nllCoefficient.orElse(Loss.WITH_LIKELIHOOD.contains(loss) ? 1. : 0.);
  }

  /** The margin by which the chosen completion is to lead; 0 but with SimPO. */
  public double margin() {
    return loss == Loss.SIMPO ? simpoGamma.orElse(0.5) : 0;
  }

  @Override
  public void validate(Problems problems) {
    noEffect(problems, "label-smoothing", labelSmoothing != 0, Loss.SMOOTHED);
    noEffect(problems, "simpo-gamma", simpoGamma.isPresent(), EnumSet.of(Loss.SIMPO));
    noEffect(problems, "reference-free", referenceFree, Loss.FREE_TO_REFER);
    noEffect(problems, "nll-coefficient", nllCoefficient.isPresent(), Loss.ALL_BUT_KTO);
    noEffect(problems, "desirable-weight", desirableWeight != 1, EnumSet.of(Loss.KTO));
    noEffect(problems, "undesirable-weight", undesirableWeight != 1, EnumSet.of(Loss.KTO));
    if (lengthNormalized.filter(normalized -> !normalized).isPresent()
        && !Loss.FREE_TO_NORMALIZE.contains(loss)) {
      problems.add(
          "length-normalized",
          "false does not go with loss: "
              + Names.kebab(loss)
              + ", which is defined on means over tokens (expected true)");
    }
    if (loss == Loss.KTO && pairs == Pairs.ROLLOUTS) {
      problems.add(
          "pairs", "rollouts are compared in pairs, which kto does not read (expected data)");
    }
  }

  private void noEffect(Problems problems, String key, boolean set, Set<Loss> expected) {
    if (set && !expected.contains(loss)) {
      problems.add(
          key,
          "has no effect (expected with loss: "
              + String.join(", ", expected.stream().map(Names::kebab).toList())
              + " only)");
    }
  }
}
