package io.hone.driver.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PassAtKTest {
  @Test
  void isTheShareOfSubsetsWithAPass() {
    // Of the 6 pairs of 4 completions, the 3 that hold the one that passed.
    assertThat(PassAtK.estimate(4, 1, 2)).isCloseTo(0.5, within(1e-12));
    // Of the 10 triples of 5, all but the one without either.
    assertThat(PassAtK.estimate(5, 2, 3)).isCloseTo(0.9, within(1e-12));
  }

  @Test
  void isTheMeanForOneAndCertainWhereFailuresAreTooFew() {
    assertThat(PassAtK.estimate(8, 3, 1)).isCloseTo(3.0 / 8, within(1e-12));
    assertThat(PassAtK.estimate(4, 3, 2)).isEqualTo(1);
    assertThat(PassAtK.estimate(4, 0, 4)).isEqualTo(0);
  }
}
