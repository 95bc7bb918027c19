package io.hone.driver.run;

/** What became of an attempt to publish. */
enum Publication {
  /** The file is there, with our content. */
  PUBLISHED,
  /** The file is there, with someone else's content. */
  TAKEN
}
