package io.hone.kernels.model;

/** What a completion is in a comparison, or as a single labelled one. */
public enum Preference {
  /** The preferred of two, or a desirable one. */
  CHOSEN,
  /** The other of two, or an undesirable one. */
  REJECTED
}
