package io.hone.driver.run;

/** Throws if whoever is about to publish has lost the right to. */
@FunctionalInterface
interface Fence {
  void check();
}
