package io.hone.executor.reward;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.Validated;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Rewards of the judgements that a search agent makes of what it found: ReSeek, "A self-correcting
 * framework for search agents with instructive rewards", 2025, with the constants of its code as
 * defaults.
 */
final class JudgedTurns implements Combination.OfMember {
  private final Options options;
  private final Scorer similarity;

  JudgedTurns(Options options) {
    this.options = options;
    this.similarity = options.similarity().create();
  }

  @Override
  public Score score(Scored member) {
    Score outcome = member.score(options.outcome());
    if (!outcome.valid()) {
      return Combination.missing(options.outcome(), outcome);
    }
    Sample sample = member.sample();
    TokenShares shares =
        sample.tokenEnds() == null ? null : new TokenShares(sample.tokenEnds().find());
    double sum = 0;
    int found = 0;
    for (Block judgement : Block.all(sample.completion(), options.judgementTag())) {
      Score reward =
          last(sample.completion().substring(found, judgement.start()), options.informationTag())
              .map(information -> worth(judgement, outcome, sample.withCompletion(information)))
              .orElse(Score.of(0));
      if (!reward.valid()) {
        return reward;
      }
      sum += reward.value();
      if (shares != null) {
        shares.add(judgement.end(), reward.value());
      }
      found = judgement.end();
    }
    return new Score(sum, 1, true, "", shares == null ? null : shares.shares());
  }

  private Score worth(Block judgement, Score outcome, Sample information) {
    boolean right = outcome.value() >= options.threshold();
    return switch (judgement.text().strip().toLowerCase(Locale.ROOT)) {
      case "yes" ->
          right
              ? Score.of(options.accepted())
              : bySimilarity(information, options.misled(), options.missed());
      case "no" -> bySimilarity(information, options.missed(), options.rejected());
      default -> Score.of(0);
    };
  }

  private Score bySimilarity(Sample information, double similar, double different) {
    Score score = similarity.score(information);
    return score.valid()
        ? Score.of(score.value() >= options.similarityThreshold() ? similar : different)
        : Score.invalid("similarity: " + score.reason());
  }

  /** What stands between a tag and its end, and where in the text. */
  private record Block(String text, int start, int end) {
    static List<Block> all(String text, String tag) {
      String opening = "<" + tag + ">";
      String closing = "</" + tag + ">";
      List<Block> blocks = new ArrayList<>();
      int from = 0;
      while (true) {
        int start = text.indexOf(opening, from);
        int end = start < 0 ? -1 : text.indexOf(closing, start + opening.length());
        if (end < 0) {
          return blocks;
        }
        from = end + closing.length();
        blocks.add(new Block(text.substring(start + opening.length(), end), start, from));
      }
    }
  }

  /** The last text between tags within a part of a text. */
  private static Optional<String> last(String part, String tag) {
    int end = part.lastIndexOf("</" + tag + ">");
    String opening = "<" + tag + ">";
    int start = end < 0 ? -1 : part.substring(0, end).lastIndexOf(opening);
    return start < 0
        ? Optional.empty()
        : Optional.of(part.substring(start + opening.length(), end));
  }

  @Doc(
      "What the judgements are worth that a search agent makes of what it found (ReSeek): `yes` or `no` in tags, each"
          + " about the information in tags since the judgement before. Each falls on the token that ends it; other words"
          + " are worth nothing, and so are a turn without a judgement and a judgement without information. `similarity`,"
          + " which is required, has the `type` of a scorer and its options: `similarity: {type: contains, reference:"
          + " answer}`. Where it is needed and cannot tell, there is no score; `on-invalid: value` makes that nothing, and"
          + " counts it.")
  record Options(
      @Doc("Component before this one that says whether the answer is right.") String outcome,
      @Doc("Least score of a right answer.") @Default("1") double threshold,
      @Doc("What scores how much the information says of the right answer.") StepScorer similarity,
      @Doc("Least similarity of information that would have helped.") @Default("0.5")
          double similarityThreshold,
      @Doc("Tag of judgements.") @Default("judge") String judgementTag,
      @Doc("Tag of information.") @Default("information") String informationTag,
      @Doc("Of `yes`, where the answer is right.") @Default("0.1") double accepted,
      @Doc("Of `yes`, where the answer is wrong although the information would have helped.")
          @Default("-0.025")
          double misled,
      @Doc(
              "Of `no` to information that would have helped, and of `yes` to other where the answer is wrong.")
          @Default("-0.05")
          double missed,
      @Doc("Of `no` to information that would not have helped.") @Default("0.02") double rejected)
      implements Combination.Options, Validated {
    @Override
    public List<String> inputs() {
      return List.of(outcome);
    }

    @Override
    public void validate(Problems problems) {
      TagName.report("judgement-tag", judgementTag, problems);
      TagName.report("information-tag", informationTag, problems);
    }
  }
}
