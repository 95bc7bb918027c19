package io.hone.executor.batch;

import io.hone.executor.model.PolicyVersion;
import io.hone.executor.model.ResidentModels;
import io.hone.executor.model.ResidentTokenizers;
import io.hone.executor.model.TokenizerFiles;
import io.hone.executor.rollout.SampledText;
import io.hone.executor.rollout.Sampler;
import io.hone.executor.seed.Seeds;
import io.hone.executor.task.TaskOutcome;
import io.hone.kernels.model.SequenceKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/** Completes the prompts of a slice. */
public final class GenerateTask implements Serializable {
  private static final long serialVersionUID = 1L;

  private final GenerateSettings settings;
  private final Broadcast<TokenizerFiles> tokenizer;
  private final Broadcast<PolicyVersion> model;

  public GenerateTask(
      GenerateSettings settings,
      Broadcast<TokenizerFiles> tokenizer,
      Broadcast<PolicyVersion> model) {
    this.settings = settings;
    this.tokenizer = tokenizer;
    this.model = model;
  }

  /**
   * Runs inside a Spark task: the completions of each prompt in turn, as many as the settings say.
   */
  public TaskOutcome<List<SampledText>> run(RowSlice<int[]> prompts) {
    return TaskOutcome.of(() -> generate(prompts));
  }

  private List<SampledText> generate(RowSlice<int[]> prompts) {
    List<SequenceKey> keys = new ArrayList<>();
    for (int row = 0; row < prompts.rows().size(); row++) {
      for (int sample = 0; sample < settings.samples(); sample++) {
        keys.add(
            new SequenceKey(
                row, Seeds.generation(settings.seed(), prompts.firstRow() + row, sample)));
      }
    }
    try (ResidentModels.Lease lease =
        ResidentModels.acquire(ResidentModels.Role.POLICY, model.value())) {
      return new Sampler(
              lease.model(),
              ResidentTokenizers.get(tokenizer.value()),
              settings.sampling(),
              settings.stopStrings())
          .sample(prompts.rows(), keys);
    }
  }
}
