package io.hone.executor.reward;

import java.util.List;

/** The kinds of combinations. */
final class Combinations {
  /** One line for each, in the order of their names. */
  static final List<CombinationType<?>> TYPES =
      List.of(
          new CombinationType<>("aggregate", Aggregate.Options.class, Aggregate::new),
          new CombinationType<>(
              BatchNormalization.TYPE, BatchNormalization.Options.class, BatchNormalization::new),
          new CombinationType<>("erank", ErankReward.Options.class, ErankReward::new),
          new CombinationType<>("expression", CelExpression.Options.class, CelExpression::new),
          new CombinationType<>("fallback", Fallback.Options.class, Fallback::new),
          new CombinationType<>("gate", Gate.Options.class, Gate::new),
          new CombinationType<>(
              "group-normalization", GroupNormalization.Options.class, GroupNormalization::new),
          new CombinationType<>("judged-turns", JudgedTurns.Options.class, JudgedTurns::new),
          new CombinationType<>("length-penalty", LengthPenalty.Options.class, LengthPenalty::new),
          new CombinationType<>("process", ProcessReward.Options.class, ProcessReward::new),
          new CombinationType<>("query-ranking", QueryRanking.Options.class, QueryRanking::new),
          new CombinationType<>("retro-star", RetroStarReward.Options.class, RetroStarReward::new),
          new CombinationType<>("route", Route.Options.class, Route::new),
          new CombinationType<>(
              RunningNormalization.TYPE,
              RunningNormalization.Options.class,
              RunningNormalization::new),
          new CombinationType<>("transform", Transform.Options.class, Transform::new));

  private Combinations() {}
}
