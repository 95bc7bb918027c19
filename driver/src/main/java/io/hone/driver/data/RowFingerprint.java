package io.hone.driver.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** 128 bits made from texts in their order: the first half of SHA-256 over lengths and UTF-8. */
final class RowFingerprint {
  private static final int BYTES = 16;

  private final MessageDigest digest;

  RowFingerprint() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  RowFingerprint add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
    return this;
  }

  /** Ends the fingerprint: 32 hexadecimal digits. */
  String digits() {
    return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
  }

  static String of(String text) {
    return new RowFingerprint().add(text).digits();
  }
}
