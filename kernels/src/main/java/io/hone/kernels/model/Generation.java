package io.hone.kernels.model;

import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.Architecture;
import io.hone.kernels.checkpoint.Layout;
import io.hone.kernels.program.Backend;
import io.hone.kernels.program.ProgramCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Samples completions of prompts. */
final class Generation {
  /**
   * Parameters up to which matrices are copied into the order in which they are fastest, and
   * adapters merged into them, for the length of a call.
   */
  private static final long COPIED_PARAMETERS = 1L << 26;

  private final Backend backend;
  private final DecoderTensors decoder;
  private final Architecture architecture;
  private final boolean copied;

  Generation(Backend backend, DecoderTensors decoder, Architecture architecture) {
    this(backend, decoder, architecture, COPIED_PARAMETERS);
  }

  /**
   * @param copiedParameters parameters of the largest model whose matrices are copied
   */
  Generation(
      Backend backend, DecoderTensors decoder, Architecture architecture, long copiedParameters) {
    this.backend = backend;
    this.decoder = decoder;
    this.architecture = architecture;
    this.copied = Layout.of(architecture).size() <= copiedParameters;
  }

  List<Completion> run(
      List<int[]> prompts, List<SequenceKey> sequences, SamplingSettings settings) {
    for (int i = 0; i < prompts.size(); i++) {
      TokenRows.check(architecture, "Prompt " + i, prompts.get(i), 1);
    }
    checkStops(settings.stopIds());
    int[] limits =
        sequences.stream()
            .mapToInt(sequence -> limit(prompts, sequence.prompt(), settings.maxNewTokens()))
            .toArray();
    if (sequences.isEmpty()) {
      return List.of();
    }
    try (ProgramCall call = new ProgramCall(backend, "generate")) {
      int[] ids = prompts.stream().flatMapToInt(Arrays::stream).toArray();
      long[] offsets = new long[prompts.size() + 1];
      for (int i = 0; i < prompts.size(); i++) {
        offsets[i + 1] = offsets[i] + prompts.get(i).length;
      }
      call.with(decoder.inputs());
      SamplingInputs.add(call, settings);
      call.longs("prompts", widened(ids), ids.length)
          .longs("offsets", offsets, offsets.length)
          .longs(
              "sequence_prompts",
              sequences.stream().mapToLong(SequenceKey::prompt).toArray(),
              sequences.size())
          .longs(
              "keys", sequences.stream().mapToLong(SequenceKey::seed).toArray(), sequences.size())
          .longs("limits", widened(limits), limits.length)
          .longs("stop_ids", widened(settings.stopIds()), settings.stopIds().length)
          .integer("slots", settings.slots())
          .integer("copied", copied ? 1 : 0)
          .run();
      return completions(call, limits, settings);
    }
  }

  private List<Completion> completions(ProgramCall call, int[] limits, SamplingSettings settings) {
    long[] tokens = call.output("tokens").longs();
    float[] logprobs = call.output("logprobs").floats();
    float[] filtered = call.output("filtered_logprobs").floats();
    long[] slot = call.output("slot").longs();
    long[] first = call.output("first_step").longs();
    long[] end = call.output("end_step").longs();
    int slots = settings.slots();
    List<Completion> completions = new ArrayList<>(limits.length);
    for (int sequence = 0; sequence < limits.length; sequence++) {
      int most = (int) Math.min(limits[sequence], end[sequence] - first[sequence]);
      int start = Math.toIntExact(first[sequence] * slots + slot[sequence]);
      int length = 0;
      boolean stopped = false;
      while (length < most && !stopped) {
        long token = tokens[start + length * slots];
        stopped = Arrays.stream(settings.stopIds()).anyMatch(id -> id == token);
        length++;
      }
      completions.add(
          new Completion(
              IntStream.range(0, length).map(i -> (int) tokens[start + i * slots]).toArray(),
              column(logprobs, start, slots, length),
              column(filtered, start, slots, length),
              stopped ? FinishReason.STOP : FinishReason.LENGTH));
    }
    return completions;
  }

  private static float[] column(float[] values, int start, int stride, int length) {
    float[] column = new float[length];
    for (int i = 0; i < length; i++) {
      column[i] = values[start + i * stride];
    }
    return column;
  }

  private int limit(List<int[]> prompts, int prompt, int maxNewTokens) {
    int length = prompts.get(prompt).length;
    int room = architecture.maxPositions() - length;
    if (room < 1) {
      throw new UserException(
          "Prompt "
              + prompt
              + " has "
              + length
              + " tokens and leaves no room in the model's context (max_position_embeddings) of "
              + architecture.maxPositions()
              + "; shorten it or set data.max-prompt-tokens");
    }
    return Math.min(maxNewTokens, room);
  }

  private void checkStops(int[] stopIds) {
    for (int id : stopIds) {
      if (id < 0 || id >= architecture.vocabSize()) {
        throw new UserException(
            "Stop token id "
                + id
                + " is outside the model's vocabulary; expected 0 to "
                + (architecture.vocabSize() - 1));
      }
    }
  }

  private static long[] widened(int[] values) {
    return Arrays.stream(values).asLongStream().toArray();
  }
}
