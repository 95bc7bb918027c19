package io.hone.kernels.tokenizer;

/** A template's own refusal, or something in it that is not computed; carries only a message. */
final class TemplateFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  TemplateFailure(String message) {
    super(message);
  }
}
