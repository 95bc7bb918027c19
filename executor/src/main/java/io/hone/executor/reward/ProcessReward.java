package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Validated;
import java.util.List;
import java.util.Optional;

/**
 * Rewards of the steps of a completion: each part of its text scored by itself, the scores shaped,
 * and each put on the token that ends its part.
 */
final class ProcessReward implements Combination.OfMember {
  private final Options options;
  private final Scorer scorer;

  ProcessReward(Options options) {
    this.options = options;
    this.scorer = options.scorer().create();
  }

  @Override
  public Score score(Scored member) {
    double outcome = 0;
    if (options.outcome().isPresent()) {
      Score whole = member.score(options.outcome().get());
      if (!whole.valid()) {
        return Combination.missing(options.outcome().get(), whole);
      }
      outcome = whole.value();
    }
    List<Segmenter.Segment> segments = options.split().cut(member.sample().completion());
    double[] scores = new double[segments.size()];
    for (int step = 0; step < scores.length; step++) {
      Score score = scorer.score(member.sample().withCompletion(segments.get(step).text()));
      if (!score.valid()) {
        return Score.invalid("step " + (step + 1) + ": " + score.reason());
      }
      scores[step] = score.value();
    }
    double[] rewards =
        options.shaping().apply(scores, new StepShaping.Constants(options.threshold(), outcome));
    double sum = 0;
    for (double reward : rewards) {
      sum += reward;
    }
    return new Score(sum, 1, true, "", shares(member.sample(), segments, rewards));
  }

  private static float[] shares(Sample sample, List<Segmenter.Segment> segments, double[] rewards) {
    if (sample.tokenEnds() == null) {
      return null;
    }
    TokenShares shares = new TokenShares(sample.tokenEnds().find());
    for (int step = 0; step < rewards.length; step++) {
      shares.add(segments.get(step).end(), rewards[step]);
    }
    return shares.shares();
  }

  @Doc(
      "Rewards of the steps of a completion: each part of its text is scored by itself, the scores are shaped,"
          + " and each falls on the token that ends its part. The value is their sum. If one step cannot be scored,"
          + " neither can the completion. `scorer`, which is required, has the `type` of a scorer and its options:"
          + " `scorer: {type: contains, text: therefore}`.")
  record Options(
      @Doc("What scores a step.") StepScorer scorer,
      @Doc("How the completion is cut into steps.") @Default("lines") Segmenter split,
      @Doc("What the scores of steps become.") @Default("clip-delta") StepShaping shaping,
      @Doc(
              "Score from which on a step costs nothing, with `clip` (our default; the paper names none).")
          @Default("0.5")
          double threshold,
      @Doc("Component before this one that says what the whole is worth, with `renorm`.")
          Optional<String> outcome)
      implements Combination.Options, Validated {
    @Override
    public List<String> inputs() {
      return outcome.stream().toList();
    }

    @Override
    public void validate(Problems problems) {
      boolean needed = shaping == StepShaping.RENORM;
      if (needed && outcome.isEmpty()) {
        problems.add("outcome", "is missing (expected a component before this one, with renorm)");
      }
      if (!needed && outcome.isPresent()) {
        problems.add("outcome", "has no effect (expected with shaping: renorm only)");
      }
    }
  }
}
