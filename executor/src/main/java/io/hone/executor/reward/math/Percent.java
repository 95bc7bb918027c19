package io.hone.executor.reward.math;

import io.hone.conf.Doc;

/** What a percent sign after a number means. */
public enum Percent {
  @Doc("nothing: 50% is 50")
  IGNORE,
  @Doc("hundredths: 50% is 0.5")
  HUNDREDTHS
}
