package io.hone.executor.batch;

import io.hone.kernels.model.SamplingSettings;
import java.io.Serializable;
import java.util.List;

/**
 * What every generation task does alike.
 *
 * @param sampling how tokens are drawn
 * @param stopStrings texts that end a completion
 * @param seed with the row's index and the sample's, the seed of a completion
 * @param samples completions of each row
 */
public record GenerateSettings(
    SamplingSettings sampling, List<String> stopStrings, long seed, int samples)
    implements Serializable {
  public GenerateSettings {
    stopStrings = List.copyOf(stopStrings);
  }
}
