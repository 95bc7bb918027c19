package io.hone.executor.rollout;

import io.hone.kernels.model.Completion;
import io.hone.kernels.model.FinishReason;
import io.hone.kernels.model.LanguageModel;
import io.hone.kernels.model.SamplingSettings;
import io.hone.kernels.model.SequenceKey;
import io.hone.kernels.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Samples completions and reads them: the model's kernel draws the tokens, this class ends them at
 * stop strings and turns them into the text that scorers see.
 */
public final class Sampler {
  private final LanguageModel model;
  private final Tokenizer tokenizer;
  private final SamplingSettings settings;
  private final List<String> stopStrings;

  /**
   * @param stopStrings texts that end a completion; cut off the text, while the tokens that spell
   *     them stay
   */
  public Sampler(
      LanguageModel model,
      Tokenizer tokenizer,
      SamplingSettings settings,
      List<String> stopStrings) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.settings = settings;
    this.stopStrings = stopStrings;
  }

  /** One completion per key, in the order of the keys. */
  public List<SampledText> sample(List<int[]> prompts, List<SequenceKey> keys) {
    List<Completion> completions = model.generate(prompts, keys, settings);
    List<SampledText> sampled = new ArrayList<>(completions.size());
    for (int i = 0; i < completions.size(); i++) {
      sampled.add(read(prompts.get(keys.get(i).prompt()), completions.get(i)));
    }
    return sampled;
  }

  private SampledText read(int[] prompt, Completion completion) {
    String text =
        tokenizer.decodeCompletion(prompt, scored(completion, completion.tokenIds().length));
    if (firstStop(text) < 0) {
      return new SampledText(completion, text);
    }
    // The shortest prefix of tokens that spells a stop string: what would have been drawn had
    // decoding stopped there.
    int length = 1;
    while (firstStop(tokenizer.decodeCompletion(prompt, scored(completion, length))) < 0) {
      length++;
    }
    String ended = tokenizer.decodeCompletion(prompt, scored(completion, length));
    return new SampledText(cut(completion, length), ended.substring(0, firstStop(ended)));
  }

  /** The tokens that text is made of: without the stop token that ended the completion. */
  private static int[] scored(Completion completion, int length) {
    boolean endsWithStopToken =
        completion.finishReason() == FinishReason.STOP && length == completion.tokenIds().length;
    return Arrays.copyOf(completion.tokenIds(), endsWithStopToken ? length - 1 : length);
  }

  private int firstStop(String text) {
    int first = -1;
    for (String stop : stopStrings) {
      int at = text.indexOf(stop);
      if (at >= 0 && (first < 0 || at < first)) {
        first = at;
      }
    }
    return first;
  }

  private static Completion cut(Completion completion, int length) {
    return new Completion(
        Arrays.copyOf(completion.tokenIds(), length),
        Arrays.copyOf(completion.logprobs(), length),
        Arrays.copyOf(completion.filteredLogprobs(), length),
        FinishReason.STOP);
  }
}
