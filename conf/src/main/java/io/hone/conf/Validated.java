package io.hone.conf;

/**
 * A configuration record whose options must fit each other. {@link ConfigBinder} asks it after
 * every option on its own was found good.
 */
public interface Validated {
  /** Reports each misfit to {@code problems}; reports nothing if all is well. */
  void validate(Problems problems);

  /** Takes what is wrong with an option of a record. */
  @FunctionalInterface
  interface Problems {
    /**
     * Adds a problem, which the user sees as {@code file:line: section.key: message}.
     *
     * @param key the option within the record as YAML spells it, with dots and {@code [index]} for
     *     nested ones: {@code group-size}, {@code rollout.group-size}, {@code components[1].name}
     * @param message the value found, what was expected and why
     */
    void add(String key, String message);
  }
}
