package io.hone.driver.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class KlControllerTest {
  private final KlController controller = new KlController(0.1, 10_000);

  @Test
  void correctsInProportionToTheRelativeError() {
    // 0.001 (1 + 0.1 * 64 / 10000), by hand.
    assertThat(controller.next(0.001, 0.11, 64)).isEqualTo(0.00100064, within(1e-15));
  }

  @Test
  void errorsBeyondAFifthCountAsAFifth() {
    assertThat(controller.next(0.5, 100, 1000)).isEqualTo(0.51, within(1e-15));
    assertThat(controller.next(0.5, -3, 1000)).isEqualTo(0.49, within(1e-15));
  }

  @Test
  void staysOnTargetAndWhereNothingWasSeen() {
    assertThat(controller.next(0.5, 0.1, 64)).isEqualTo(0.5);
    assertThat(controller.next(0.5, Double.NaN, 64)).isEqualTo(0.5);
  }
}
