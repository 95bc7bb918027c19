package io.hone.kernels.model;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.ProgramCall;
import java.util.Arrays;
import java.util.List;

/** Log-probabilities of rows, a micro-batch at a time. */
final class TokenLogprobs {
  private final Backend backend;
  private final DecoderTensors decoder;
  private final Architecture architecture;

  TokenLogprobs(Backend backend, DecoderTensors decoder, Architecture architecture) {
    this.backend = backend;
    this.decoder = decoder;
    this.architecture = architecture;
  }

  List<float[]> run(List<int[]> rows, float temperature, long tokensPerMicroBatch) {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature: " + temperature + " (expected: above 0)");
    }
    for (int i = 0; i < rows.size(); i++) {
      TokenRows.check(architecture, "Row " + i, rows.get(i), 2);
    }
    int[] lengths = rows.stream().mapToInt(row -> row.length).toArray();
    float[][] results = new float[rows.size()][];
    for (int[] batch : MicroBatches.plan(lengths, tokensPerMicroBatch)) {
      compute(rows, batch, temperature, results);
    }
    return List.of(results);
  }

  private void compute(List<int[]> rows, int[] batch, float temperature, float[][] results) {
    List<int[]> selected = Arrays.stream(batch).mapToObj(rows::get).toList();
    int longest = selected.get(0).length;
    int count = selected.stream().mapToInt(row -> row.length - 1).sum();
    long[] positions = new long[count];
    long[] targets = new long[count];
    int next = 0;
    for (int row = 0; row < batch.length; row++) {
      int[] ids = selected.get(row);
      for (int i = 1; i < ids.length; i++) {
        positions[next] = (long) row * longest + i - 1;
        targets[next] = ids[i];
        next++;
      }
    }
    try (ProgramCall call = new ProgramCall(backend, "token_logprobs")) {
      call.with(decoder.inputs())
          .longs("ids", TokenRows.padded(selected, longest), batch.length, longest)
          .longs("positions", positions, count)
          .longs("targets", targets, count)
          .number("temperature", temperature)
          .integer("chunk", LogitsChunk.rows(architecture.vocabSize()))
          .run();
      float[] logprobs = call.output("logprobs").floats();
      int start = 0;
      for (int row : batch) {
        int end = start + rows.get(row).length - 1;
        results[row] = Arrays.copyOfRange(logprobs, start, end);
        start = end;
      }
    }
  }
}
