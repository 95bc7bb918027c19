package io.hone.conf;

import java.util.regex.Pattern;

/**
 * Keeps secrets out of everything that is written. What a value is can only be guessed from its
 * key, so this errs on the side of hiding.
 */
final class Secrets {
  static final String HIDDEN = "********";

  /** {@code fs.s3a.secret.key}, {@code apiKey}, {@code hf-token}; but not {@code stop-tokens}. */
  private static final Pattern KEY =
      Pattern.compile(
          "secret|passw|passphrase|credential|authorization"
              + "|(access|account|api|private|encryption)[-_.]?key|token$",
          Pattern.CASE_INSENSITIVE);

  /** The password in {@code scheme://user:password@host}. */
  private static final Pattern ADDRESS = Pattern.compile("(://[^/@\\s:]*:)[^/@\\s]+(?=@)");

  private Secrets() {}

  /** The text as it may be shown for the option at {@code path}. */
  static String hide(String path, String text) {
    return KEY.matcher(path).find() ? HIDDEN : ADDRESS.matcher(text).replaceAll("$1" + HIDDEN);
  }
}
