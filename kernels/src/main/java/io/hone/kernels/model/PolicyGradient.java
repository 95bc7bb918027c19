package io.hone.kernels.model;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.ProgramCall;
import java.util.Arrays;
import java.util.List;

/** Gradient of a loss, summed over micro-batches. */
final class PolicyGradient {
  private final Backend backend;
  private final DecoderTensors decoder;
  private final Architecture architecture;
  private final Layout layout;
  private final long keptActivationBytes;
  private final int chunk;

  PolicyGradient(
      Backend backend,
      DecoderTensors decoder,
      Architecture architecture,
      Layout layout,
      long keptActivationBytes) {
    this(
        backend,
        decoder,
        architecture,
        layout,
        keptActivationBytes,
        LogitsChunk.rows(architecture.vocabSize()));
  }

  /**
   * @param keptActivationBytes bytes of activations up to which they are kept for the backward
   *     pass; beyond, layers are computed again. Both give the same bits.
   * @param chunk tokens whose logits exist at the same time
   */
  PolicyGradient(
      Backend backend,
      DecoderTensors decoder,
      Architecture architecture,
      Layout layout,
      long keptActivationBytes,
      int chunk) {
    this.keptActivationBytes = keptActivationBytes;
    this.chunk = chunk;
    this.backend = backend;
    this.decoder = decoder;
    this.architecture = architecture;
    this.layout = layout;
  }

  Gradient run(List<TrainingSample> samples, Objective objective, long tokensPerMicroBatch) {
    for (int i = 0; i < samples.size(); i++) {
      TokenRows.check(architecture, "Sample " + i, samples.get(i).tokenIds(), 2);
    }
    ObjectiveProgram program = ObjectiveProgram.of(objective);
    program.check(samples);
    List<TrainingSample> counted =
        samples.stream().filter(sample -> LossTokens.masked(sample) > 0).toList();
    int[] lengths = counted.stream().mapToInt(sample -> sample.tokenIds().length).toArray();
    LossStatistics statistics = LossStatistics.NONE;
    try (FlatTensor gradient = new FlatTensor(backend, layout.size())) {
      for (int[] batch :
          MicroBatches.plan(lengths, program.samplesTogether(), tokensPerMicroBatch)) {
        List<TrainingSample> rows = Arrays.stream(batch).mapToObj(counted::get).toList();
        statistics = statistics.plus(accumulate(rows, program, objective.temperature(), gradient));
      }
      return new Gradient(gradient.read(), statistics);
    }
  }

  private LossStatistics accumulate(
      List<TrainingSample> rows, ObjectiveProgram program, float temperature, FlatTensor gradient) {
    int longest = rows.stream().mapToInt(row -> row.tokenIds().length).max().orElseThrow();
    LossTokens tokens = LossTokens.of(rows, longest, program::tokenWeight);
    List<int[]> ids = rows.stream().map(TrainingSample::tokenIds).toList();
    try (ProgramCall call = new ProgramCall(backend, "policy_gradient")) {
      call.with(decoder.inputs())
          .with("gradient", gradient.tensor())
          .longs("ids", TokenRows.padded(ids, longest), rows.size(), longest)
          .longs(
              "dropout_keys",
              rows.stream().mapToLong(TrainingSample::dropoutKey).toArray(),
              rows.size())
          .number("temperature", temperature)
          .integer("chunk", chunk)
          .integer("recompute", recomputes((long) rows.size() * longest) ? 1 : 0);
      program.add(call, rows);
      tokens.add(call);
      call.run();
      return program.statistics(call, rows, tokens);
    }
  }

  /** Whether the activations of so many tokens are too many to keep. */
  private boolean recomputes(long tokens) {
    return decoder.activations().kept(tokens) > keptActivationBytes;
  }
}
