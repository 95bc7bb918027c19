package io.hone.kernels.checkpoint;

/**
 * The 16-bit floating point formats, as pure functions on bits. Widening is exact; narrowing rounds
 * to nearest, ties to even, as IEEE 754 and PyTorch do. Narrowing what was widened gives the same
 * bits, NaN payloads included.
 */
final class HalfFloats {
  private static final int SIGN = 0x8000_0000;
  private static final int FLOAT_EXPONENT = 0x7F80_0000;
  private static final int HALF_EXPONENT = 0x7C00;
  private static final int MANTISSA_GAP = 13; // 23 bits of float less 10 of half

  private HalfFloats() {}

  /** bfloat16 is the upper half of a float. */
  static float widenBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  static short narrowBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      int upper = bits >>> 16;
      // A payload in the lower half only would turn into an infinity.
      return (short) ((upper & 0x7F) == 0 ? upper | 0x40 : upper);
    }
    int tieToEven = bits >>> 16 & 1;
    return (short) ((bits + 0x7FFF + tieToEven) >>> 16);
  }

  static float widenFloat16(short bits) {
    int sign = (bits & 0x8000) << 16;
    int magnitude = (bits & 0x7FFF) << MANTISSA_GAP;
    if ((bits & HALF_EXPONENT) == HALF_EXPONENT) {
      return Float.intBitsToFloat(sign | FLOAT_EXPONENT | magnitude);
    }
    // The exponent biases differ by 112; the product is exact, also for half's subnormal numbers.
    float scaled = Float.intBitsToFloat(magnitude) * 0x1p112f;
    return Float.intBitsToFloat(Float.floatToRawIntBits(scaled) | sign);
  }

  /** Values beyond 65504 by rounding become infinite. */
  static short narrowFloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits & SIGN) >>> 16;
    int magnitude = bits & ~SIGN;
    if (magnitude >= FLOAT_EXPONENT) {
      int payload = magnitude >>> MANTISSA_GAP & 0x3FF;
      boolean lostPayload = magnitude > FLOAT_EXPONENT && payload == 0;
      return (short) (sign | HALF_EXPONENT | (lostPayload ? 0x200 : payload));
    }
    if (magnitude < 0x3880_0000) { // below 2^-14: subnormal in half, in units of 2^-24
      float units = Float.intBitsToFloat(magnitude) * 0x1p24f;
      return (short) (sign | (int) Math.rint(units));
    }
    int rebiased = magnitude - (112 << 23);
    int tieToEven = rebiased >>> MANTISSA_GAP & 1;
    int rounded = (rebiased + 0xFFF + tieToEven) >>> MANTISSA_GAP;
    return (short) (sign | Math.min(rounded, HALF_EXPONENT));
  }
}
