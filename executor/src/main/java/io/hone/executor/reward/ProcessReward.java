package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Range;
import io.hone.conf.Validated;
import java.util.ArrayList;
import java.util.Arrays;
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
    List<Segmenter.Segment> all = options.split().cut(member.sample().completion());
    List<Segmenter.Segment> steps = new ArrayList<>();
    double[] scores = new double[all.size()];
    for (int step = 0; step < all.size(); step++) {
      boolean isRead = step < all.size() - 1 || options.shaping().readsLast();
      Score score = isRead ? score(member.sample(), all, step) : Score.of(0);
      if (score.valid()) {
        scores[steps.size()] = score.value();
        steps.add(all.get(step));
      } else if (options.unscoredSteps() == UnscoredSteps.INVALID) {
        return Score.invalid("step " + (step + 1) + ": " + score.reason());
      }
    }
    double[] rewards =
        options
            .shaping()
            .apply(
                Arrays.copyOf(scores, steps.size()),
                new StepShaping.Constants(options.threshold(), outcome, options.beta()));
    // Without steps only the outcome is left, if one is asked for.
    double sum = rewards.length == 0 ? outcome : 0;
    for (double reward : rewards) {
      sum += reward;
    }
    return new Score(sum, 1, true, "", shares(member.sample(), steps, rewards));
  }

  private Score score(Sample sample, List<Segmenter.Segment> steps, int step) {
    int start = steps.get(Math.max(0, step - options.window() + 1)).start();
    String text = sample.completion().substring(start, steps.get(step).end());
    Score score = scorer.score(sample.withCompletion(text));
    return !score.valid() || options.shaping().accepts(score.value())
        ? score
        : Score.invalid("its score is " + score.value() + " (expected 0 to 1)");
  }

  private static float[] shares(Sample sample, List<Segmenter.Segment> steps, double[] rewards) {
    if (sample.tokenEnds() == null) {
      return null;
    }
    TokenShares shares = new TokenShares(sample.tokenEnds().find());
    for (int step = 0; step < rewards.length; step++) {
      shares.add(steps.get(step).end(), rewards[step]);
    }
    return shares.shares();
  }

  @Doc(
      "Rewards of the steps of a completion: each part of its text is scored by itself, the scores are shaped,"
          + " and each falls on the token that ends its part. The value is their sum. `scorer`, which is required,"
          + " has the `type` of a scorer and its options: `scorer: {type: contains, text: therefore}`.")
  record Options(
      @Doc("What scores a step.") StepScorer scorer,
      @Doc("How the completion is cut into steps.") @Default("lines") Segmenter split,
      @Doc(
              "How many steps the scorer sees at once: each with those before it, so that a correction is seen with what it"
                  + " corrects.")
          @Default("1")
          @Range(min = 1)
          int window,
      @Doc("What the scores of steps become.") @Default("clip-delta") StepShaping shaping,
      @Doc(
              "Score from which on a step costs nothing, with `clip` (our default; the paper names none).")
          @Default("0.5")
          double threshold,
      @Doc("What is taken from score and outcome, with `renorm`.") @Default("1") double beta,
      @Doc("What becomes of steps that cannot be scored.") @Default("invalid")
          UnscoredSteps unscoredSteps,
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
      if (!needed && beta != 1) {
        problems.add("beta", "has no effect (expected with shaping: renorm only)");
      }
      if (shaping != StepShaping.CLIP && shaping != StepShaping.CLIP_DELTA && threshold != 0.5) {
        problems.add("threshold", "has no effect (expected with shaping: clip or clip-delta only)");
      }
    }
  }

  /** What becomes of steps that cannot be scored. */
  enum UnscoredSteps {
    @Doc("neither can the completion")
    INVALID,
    @Doc("they are worth nothing, and the others what they are worth without them")
    LEAVE_OUT
  }
}
