package io.hone.kernels.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HalfFloatsTest {
  @Test
  void everyBfloat16ComesBackInTheSameBits() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      assertThat(HalfFloats.narrowBfloat16(HalfFloats.widenBfloat16((short) bits)))
          .as("bits %x", bits)
          .isEqualTo((short) bits);
    }
  }

  @Test
  void everyFloat16ComesBackInTheSameBits() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      assertThat(HalfFloats.narrowFloat16(HalfFloats.widenFloat16((short) bits)))
          .as("bits %x", bits)
          .isEqualTo((short) bits);
    }
  }

  @Test
  void everyFloat16HasTheValueOfItsFields() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = bits >> 10 & 31;
      int mantissa = bits & 1023;
      if (exponent < 31) {
        double magnitude =
            exponent == 0
                ? Math.scalb((double) mantissa, -24)
                : Math.scalb(1024.0 + mantissa, exponent - 25);
        float expected = (float) (bits < 0x8000 ? magnitude : -magnitude);
        assertThat(HalfFloats.widenFloat16((short) bits)).as("bits %x", bits).isEqualTo(expected);
      }
    }
  }

  @Test
  void narrowingTakesTheNearestAndTiesToEven() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Math.abs(value) < 65504) {
        short half = HalfFloats.narrowFloat16(value);
        assertNearest(
            value, half, bits -> HalfFloats.widenFloat16(bits), 0x7BFF, "float16 of " + value);
      }
      if (Float.isFinite(value) && Math.abs(value) < 3e38f) {
        short half = HalfFloats.narrowBfloat16(value);
        assertNearest(
            value, half, bits -> HalfFloats.widenBfloat16(bits), 0x7F7F, "bfloat16 of " + value);
      }
    }
    assertThat(HalfFloats.narrowFloat16(1 + 0x1p-11f)).isEqualTo((short) 0x3C00);
    assertThat(HalfFloats.narrowFloat16(1 + 0x3p-11f)).isEqualTo((short) 0x3C02);
    assertThat(HalfFloats.narrowFloat16(0x1p-25f)).isZero();
    assertThat(HalfFloats.narrowFloat16(0x3p-25f)).isEqualTo((short) 2);
    assertThat(HalfFloats.narrowBfloat16(1 + 0x1p-8f)).isEqualTo((short) 0x3F80);
    assertThat(HalfFloats.narrowBfloat16(1 + 0x3p-8f)).isEqualTo((short) 0x3F82);
  }

  private interface Widening {
    float of(short bits);
  }

  private static void assertNearest(
      float value, short half, Widening widening, int largest, String name) {
    double error = Math.abs((double) widening.of(half) - value);
    int magnitude = half & 0x7FFF;
    int sign = half & 0x8000;
    if (magnitude > 0) {
      double below = Math.abs((double) widening.of((short) (sign | magnitude - 1)) - value);
      assertThat(error).as(name).isLessThanOrEqualTo(below);
    }
    if (magnitude < largest) {
      double above = Math.abs((double) widening.of((short) (sign | magnitude + 1)) - value);
      assertThat(error).as(name).isLessThanOrEqualTo(above);
    }
  }

  @Test
  void largeValuesBecomeInfiniteAndNotANumberStays() {
    assertThat(HalfFloats.narrowFloat16(65519.996f)).isEqualTo((short) 0x7BFF);
    assertThat(HalfFloats.narrowFloat16(65520f)).isEqualTo((short) 0x7C00);
    assertThat(HalfFloats.narrowFloat16(-1e30f)).isEqualTo((short) 0xFC00);
    assertThat(HalfFloats.narrowBfloat16(Float.MAX_VALUE)).isEqualTo((short) 0x7F80);
    float lowPayload = Float.intBitsToFloat(0x7F800001);
    assertThat(HalfFloats.widenFloat16(HalfFloats.narrowFloat16(lowPayload))).isNaN();
    assertThat(HalfFloats.widenBfloat16(HalfFloats.narrowBfloat16(lowPayload))).isNaN();
  }
}
