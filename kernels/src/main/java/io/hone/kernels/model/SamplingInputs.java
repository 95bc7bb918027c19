package io.hone.kernels.model;

import io.hone.kernels.program.ProgramCall;

/** Sampling settings as the inputs of programs. */
final class SamplingInputs {
  private SamplingInputs() {}

  static void add(ProgramCall call, SamplingSettings settings) {
    call.number("temperature", settings.temperature())
        .integer("top_k", settings.topK())
        .number("top_p", settings.topP())
        .number("min_p", settings.minP())
        .number("repetition_penalty", settings.repetitionPenalty());
  }
}
