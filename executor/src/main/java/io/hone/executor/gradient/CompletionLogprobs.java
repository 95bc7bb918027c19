package io.hone.executor.gradient;

import io.hone.kernels.model.LanguageModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Log-probabilities of completions that were not sampled here: at temperature 1. */
final class CompletionLogprobs {
  private CompletionLogprobs() {}

  /** One number for each completion token of each sequence. */
  static List<float[]> of(
      LanguageModel model, List<TokenSequence> sequences, long tokensPerMicroBatch) {
    List<float[]> rows =
        model.tokenLogprobs(
            sequences.stream().map(TokenSequence::tokenIds).toList(), 1f, tokensPerMicroBatch);
    List<float[]> completions = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      float[] row = rows.get(i);
      completions.add(Arrays.copyOfRange(row, sequences.get(i).promptLength() - 1, row.length));
    }
    return completions;
  }
}
