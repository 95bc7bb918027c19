package io.hone.kernels.checkpoint;

import io.hone.conf.CheckpointConfig.Dtype;
import java.util.Arrays;
import java.util.Optional;

/** Element types of safetensors files. Model weights are of the three with {@link #isWeight()}. */
public enum DataType {
  BOOL("BOOL", 1),
  UINT8("U8", 1),
  INT8("I8", 1),
  FLOAT8_E5M2("F8_E5M2", 1),
  FLOAT8_E4M3("F8_E4M3", 1),
  INT16("I16", 2),
  UINT16("U16", 2),
  FLOAT16("F16", 2),
  BFLOAT16("BF16", 2),
  INT32("I32", 4),
  UINT32("U32", 4),
  FLOAT32("F32", 4),
  FLOAT64("F64", 8),
  INT64("I64", 8),
  UINT64("U64", 8);

  private final String code;
  private final int bytes;

  DataType(String code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The name in safetensors headers. */
  public String code() {
    return code;
  }

  /** Bytes of one element. */
  public int bytes() {
    return bytes;
  }

  /** Whether Hone reads and writes weights of this type: FLOAT32, FLOAT16 and BFLOAT16. */
  public boolean isWeight() {
    return this == FLOAT32 || this == FLOAT16 || this == BFLOAT16;
  }

  /** The configured type of written weights; empty for that of the source. */
  public static Optional<DataType> of(Dtype configured) {
    return switch (configured) {
      case SOURCE -> Optional.empty();
      case FLOAT32 -> Optional.of(FLOAT32);
      case BFLOAT16 -> Optional.of(BFLOAT16);
      case FLOAT16 -> Optional.of(FLOAT16);
    };
  }

  static Optional<DataType> ofCode(String code) {
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
  }
}
