package io.hone.conf;

/** One thing wrong with a configuration, in the one form in which all of them are reported. */
record Problem(Origin origin, String path, String message) {
  static String format(Origin origin, String path, String message) {
    return origin + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }

  @Override
  public String toString() {
    return format(origin, path, message);
  }
}
