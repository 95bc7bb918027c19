package io.hone.driver.data;

import io.hone.executor.gradient.LabelledSequence;
import io.hone.kernels.model.Preference;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A row to learn preferences from.
 *
 * @param sequences the chosen and then the rejected completion of the same prompt, or one that is
 *     desirable or not
 */
public record PreferenceExample(List<LabelledSequence> sequences) implements Serializable {
  public PreferenceExample {
    sequences = List.copyOf(sequences);
  }

  /** The same row with a seed of its own for each of its sequences. */
  public PreferenceExample withSeed(long seed) {
    return new PreferenceExample(
        IntStream.range(0, sequences.size())
            .mapToObj(i -> sequences.get(i).withSeed(seed + i))
            .toList());
  }

  /** Tokens of the chosen completion; 0 where there is none. */
  public long chosenTokens() {
    return sequences.stream()
        .filter(labelled -> labelled.preference() == Preference.CHOSEN)
        .mapToLong(labelled -> labelled.sequence().completionTokens())
        .sum();
  }
}
