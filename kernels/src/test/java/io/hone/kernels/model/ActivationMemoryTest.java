package io.hone.kernels.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.kernels.checkpoint.LinearModule;
import io.hone.kernels.checkpoint.LoraSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Counts by hand. That they are what a pass takes is measured where {@code hone bench memory} is
 * tested.
 */
class ActivationMemoryTest {
  private static final int TOKENS = 1000;

  @Test
  void countsWhatLayersKeepOfEachToken() {
    // 16 wide, 4 query heads of 6, 24 within: 6 * 16 + 4 * 24 + 4 * 24 numbers in each of 2 layers.
    assertThat(ActivationMemory.of(TestModels.TIED).kept(TOKENS)).isEqualTo(2 * 288 * 4 * TOKENS);
    // 12 wide, 6 query heads and 2 key heads of 4, normed, 20 within; 3 layers.
    assertThat(ActivationMemory.of(TestModels.FULL).kept(TOKENS))
        .isEqualTo(3 * (72 + 96 + 80 + 2 * (24 + 8)) * 4 * TOKENS);
  }

  @Test
  void dropoutKeepsMasksAndWhatTheyLeave() {
    long base = ActivationMemory.of(TestModels.TIED).kept(TOKENS);
    assertThat(ActivationMemory.of(TestModels.TIED, lora(0)).kept(TOKENS)).isEqualTo(base);
    // Queries read 16 numbers, the down projection 24.
    assertThat(ActivationMemory.of(TestModels.TIED, lora(0.1)).kept(TOKENS))
        .isEqualTo(base + 2 * 2 * (16 + 24) * 4 * TOKENS);
  }

  @Test
  void recomputationKeepsInputsAndHoldsOneLayerOrAChunk() {
    ActivationMemory memory = ActivationMemory.of(TestModels.TIED);
    long layer = 288 * 4 * TOKENS;
    long chunk = (TOKENS - 10) * 23 * 4;
    assertThat(memory.least(10, 100, false)).isEqualTo(2 * layer + chunk);
    assertThat(memory.least(10, 100, true)).isEqualTo(2 * 16 * 4 * TOKENS + layer);
  }

  private static LoraSettings lora(double dropout) {
    return new LoraSettings(2, 4, false, dropout, List.of(LinearModule.QUERY, LinearModule.DOWN));
  }
}
