package io.hone.kernels.model;

import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.ProgramCall;
import java.util.Arrays;
import java.util.List;

/** Values of rows, a micro-batch at a time. */
final class TokenValues {
  private final Backend backend;
  private final DecoderTensors decoder;
  private final Architecture architecture;

  TokenValues(Backend backend, DecoderTensors decoder, Architecture architecture) {
    this.backend = backend;
    this.decoder = decoder;
    this.architecture = architecture;
  }

  List<float[]> run(List<int[]> rows, long tokensPerMicroBatch) {
    for (int i = 0; i < rows.size(); i++) {
      TokenRows.check(architecture, "Row " + i, rows.get(i), 1);
    }
    int[] lengths = rows.stream().mapToInt(row -> row.length).toArray();
    float[][] results = new float[rows.size()][];
    for (int[] batch : MicroBatches.plan(lengths, tokensPerMicroBatch)) {
      compute(rows, batch, results);
    }
    return List.of(results);
  }

  private void compute(List<int[]> rows, int[] batch, float[][] results) {
    List<int[]> selected = Arrays.stream(batch).mapToObj(rows::get).toList();
    int longest = selected.get(0).length;
    long[] positions = new long[selected.stream().mapToInt(row -> row.length).sum()];
    int next = 0;
    for (int row = 0; row < batch.length; row++) {
      for (int i = 0; i < selected.get(row).length; i++) {
        positions[next++] = (long) row * longest + i;
      }
    }
    try (ProgramCall call = new ProgramCall(backend, "token_values")) {
      call.with(decoder.inputs())
          .longs("ids", TokenRows.padded(selected, longest), batch.length, longest)
          .longs("positions", positions, positions.length)
          .run();
      float[] values = call.output("values").floats();
      int start = 0;
      for (int row : batch) {
        int end = start + rows.get(row).length;
        results[row] = Arrays.copyOfRange(values, start, end);
        start = end;
      }
    }
  }
}
