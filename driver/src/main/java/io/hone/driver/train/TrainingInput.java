package io.hone.driver.train;

import io.hone.conf.AdvantageConfig;
import io.hone.conf.RunConfig;
import io.hone.conf.RunConfig.Algorithm;
import io.hone.conf.UserException;
import io.hone.driver.data.BadRowException;
import io.hone.driver.data.Curriculum;
import io.hone.driver.data.DataSet;
import io.hone.driver.data.JsonLines;
import io.hone.driver.data.ModelText;
import io.hone.driver.data.PreferenceExample;
import io.hone.driver.data.PreferenceReader;
import io.hone.driver.data.Prompt;
import io.hone.driver.data.PromptReader;
import io.hone.driver.data.RowReader;
import io.hone.driver.data.SftReader;
import io.hone.executor.gradient.TokenSequence;
import io.hone.executor.model.ComputeSettings;
import io.hone.executor.model.FrozenBase;
import io.hone.executor.model.TaskResources;
import io.hone.executor.model.TokenizerFiles;
import io.hone.executor.reward.BatchRewards;
import io.hone.executor.reward.RewardFunction;
import io.hone.kernels.checkpoint.Adapter;
import io.hone.kernels.checkpoint.Checkpoint;
import io.hone.kernels.checkpoint.Head;
import io.hone.kernels.model.SamplingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SerializableWritable;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a run reads before it begins: checkpoint, tokenizer and data, all validated.
 *
 * @param config of the run
 * @param checkpoint that the run begins with
 * @param adapter that learns in place of the checkpoint's weights, where one does; empty in an
 *     evaluation
 * @param critic what a critic of its own begins with; the policy's, unless it has one
 * @param text how the checkpoint reads text
 * @param prompts to sample from and train on, in reinforcement learning
 * @param examples to fine-tune on, in supervised fine-tuning
 * @param preferences to learn from, in preference optimisation on data
 * @param heldOut prompts of the evaluation, where there is one
 */
public record TrainingInput(
    RunConfig config,
    Checkpoint checkpoint,
    Optional<Adapter> adapter,
    Optional<Checkpoint> critic,
    ModelText text,
    Optional<DataSet<Prompt>> prompts,
    Optional<DataSet<TokenSequence>> examples,
    Optional<DataSet<PreferenceExample>> preferences,
    Optional<DataSet<Prompt>> heldOut) {

  /**
   * Reads and validates.
   *
   * @throws UserException if checkpoint, tokenizer, reward or data do not fit each other
   */
  public static TrainingInput read(RunConfig config, Configuration hadoop) {
    Checkpoint checkpoint = Checkpoint.open(Path.of(config.model().path()));
    if (!config.reward().components().isEmpty()) {
      checkReward(config);
    }
    ModelText text = ModelText.of(checkpoint);
    boolean sampled = config.samplesRollouts();
    return new TrainingInput(
        config,
        checkpoint,
        InitialAdapter.of(config, checkpoint.architecture()),
        config.hasOwnCritic() ? Optional.of(critic(config, checkpoint)) : Optional.empty(),
        text,
        sampled ? Optional.of(trainingPrompts(config, text, hadoop)) : Optional.empty(),
        config.algorithm() == Algorithm.SFT
            ? Optional.of(
                trainingRows(
                    config,
                    hadoop,
                    new SftReader(
                        config.data(),
                        text,
                        endTokens(checkpoint, text),
                        maximumTokens(config, checkpoint))))
            : Optional.empty(),
        config.algorithm() == Algorithm.DPO && !sampled
            ? Optional.of(
                trainingRows(
                    config,
                    hadoop,
                    new PreferenceReader(
                        config.data(),
                        config.preference().loss(),
                        text,
                        endTokens(checkpoint, text),
                        maximumTokens(config, checkpoint))))
            : Optional.empty(),
        config
            .eval()
            .data()
            .map(path -> prompts(config, path, evaluationLimit(config), text, hadoop)));
  }

  /**
   * Reads what an evaluation needs: the held-out rows, or those of {@code data} where {@code
   * eval.data} is not set.
   *
   * @throws UserException if checkpoint, tokenizer, reward or data do not fit each other, or there
   *     is no reward
   */
  public static TrainingInput readForEvaluation(RunConfig config, Configuration hadoop) {
    checkReward(config);
    Checkpoint checkpoint = Checkpoint.open(Path.of(config.model().path()));
    ModelText text = ModelText.of(checkpoint);
    DataSet<Prompt> prompts =
        config
            .eval()
            .data()
            .map(path -> prompts(config, path, evaluationLimit(config), text, hadoop))
            .orElseGet(() -> trainingPrompts(config, text, hadoop));
    return new TrainingInput(
        config,
        checkpoint,
        Optional.empty(),
        Optional.empty(),
        text,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(prompts));
  }

  private static void checkReward(RunConfig config) {
    RewardFunction function = RewardFunction.of(config.reward().last());
    if (function.comparesPrompts() && config.data().queryColumn().isEmpty()) {
      throw new UserException(
          "reward.components compare the prompts of a query, but nothing says which those are (expected"
              + " data.query-column: the column with the same value in all rows of a query)");
    }
    if (function.isRelative()) {
      checkThatRelativeRewardsDo(config);
    }
    if (!BatchRewards.areNeeded(config.reward()) || !config.samplesRollouts()) {
      return;
    }
    if (config.rollout().refills() > 0) {
      throw new UserException(
          "reward.components compare all completions of a step, which rollout.refills: %d would change (expected 0)"
              .formatted(config.rollout().refills()));
    }
    if (!config.takesRewardsAsWhole()) {
      throw new UserException(
          "reward.components compare all completions of a step, which takes "
              + RunConfig.REWARDS_AS_WHOLE);
    }
  }

  /** The mean of what is relative to its own mean is always 0. */
  private static void checkThatRelativeRewardsDo(RunConfig config) {
    String problem =
        "reward.components say only how the completions of a group or step compare, so that ";
    if (config.eval().data().isPresent() && config.eval().keepBest()) {
      throw new UserException(
          problem
              + "mean rewards of evaluations do not tell which is best (expected eval.keep-best: false)");
    }
    if (config.advantage().estimator() == AdvantageConfig.Estimator.REMAX) {
      throw new UserException(
          problem
              + "a greedy completion by itself says nothing (expected another advantage.estimator than remax)");
    }
  }

  private static Checkpoint critic(RunConfig config, Checkpoint policy) {
    if (config.critic().path().isEmpty()) {
      return policy;
    }
    Checkpoint critic = Checkpoint.openAny(Path.of(config.critic().path().get()));
    int known = critic.architecture().vocabSize();
    int needed = policy.architecture().vocabSize();
    if (known < needed) {
      throw new UserException(
          "critic.path: "
              + critic.directory()
              + " has a vocabulary of "
              + known
              + " tokens, but the policy's has "
              + needed
              + " (expected a model with the tokenizer of the policy)");
    }
    return critic;
  }

  private static DataSet<Prompt> trainingPrompts(
      RunConfig config, ModelText text, Configuration hadoop) {
    if (config.data().path().isEmpty()) {
      return writtenOut(config, text);
    }
    RowReader<Prompt> reader = new PromptReader(config.data(), text);
    if (config.data().curriculum().difficulty().isEmpty()) {
      return trainingRows(config, hadoop, reader);
    }
    Curriculum curriculum = Curriculum.of(config.data().curriculum());
    return curriculum.select(trainingRows(config, hadoop, curriculum.checked(reader)));
  }

  private static DataSet<Prompt> prompts(
      RunConfig config, String path, long limit, ModelText text, Configuration hadoop) {
    return new JsonLines(path, config.data().onError(), limit)
        .read(hadoop, new PromptReader(config.data(), text));
  }

  /** Prompts of the configuration itself, as rows of one column. */
  private static DataSet<Prompt> writtenOut(RunConfig config, ModelText text) {
    PromptReader reader = new PromptReader(config.data(), text);
    List<Prompt> prompts = new ArrayList<>();
    for (String prompt : config.data().prompts()) {
      try {
        prompts.add(reader.read(Map.of(config.data().promptColumn(), prompt)));
      } catch (BadRowException bad) {
        throw new UserException("data.prompts[" + prompts.size() + "]: " + bad.getMessage());
      }
    }
    return DataSet.of(prompts);
  }

  private static <R> DataSet<R> trainingRows(
      RunConfig config, Configuration hadoop, RowReader<R> reader) {
    return new JsonLines(config.data().path().orElseThrow(), config.data().onError(), limit(config))
        .read(hadoop, reader);
  }

  private static List<Integer> endTokens(Checkpoint checkpoint, ModelText text) {
    List<Integer> known = checkpoint.generationConfig().endTokenIds();
    return known.isEmpty() ? text.tokenizer().endTokenId().stream().boxed().toList() : known;
  }

  private static int maximumTokens(RunConfig config, Checkpoint checkpoint) {
    int context = checkpoint.architecture().maxPositions();
    return config.training().maxSequenceTokens().map(set -> Math.min(set, context)).orElse(context);
  }

  private static long limit(RunConfig config) {
    return config.data().limit().map(Integer::longValue).orElse(Long.MAX_VALUE);
  }

  private static long evaluationLimit(RunConfig config) {
    return config.eval().limit().map(Integer::longValue).orElse(Long.MAX_VALUE);
  }

  /** What is trained on, whatever it is. */
  public DataSet<?> trainingData() {
    return Stream.of(prompts, examples, preferences)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow();
  }

  /**
   * How the first training step samples; stop ids are those of the checkpoint and of the
   * configuration.
   */
  public SamplingSettings sampling() {
    Set<Integer> stops = new LinkedHashSet<>(checkpoint.generationConfig().endTokenIds());
    stops.addAll(config.rollout().stopTokens());
    return new SamplingSettings(
        (float) config.rollout().temperature().at(0),
        config.rollout().topK(),
        (float) config.rollout().topP(),
        (float) config.rollout().minP(),
        (float) config.rollout().repetitionPenalty(),
        config.rollout().maxNewTokens(),
        stops.stream().mapToInt(Integer::intValue).toArray(),
        config.rollout().slots());
  }

  /** What the run trains, with the part that stays sent to the executors. */
  TrainedWeights trained(JavaSparkContext spark) {
    ComputeSettings settings = ComputeSettings.of(config);
    Head head =
        config.hasCritic() && !config.hasOwnCritic() ? Head.LANGUAGE_AND_VALUE : Head.LANGUAGE;
    return adapter
        .<TrainedWeights>map(
            first ->
                new AdapterWeights(
                    checkpoint,
                    first,
                    new FrozenBase(spark.broadcast(checkpoint.weights()), first.settings()),
                    settings))
        .orElseGet(() -> AllWeights.of(checkpoint, head, config.seed(), settings));
  }

  /** Sends what all tasks need. */
  public TaskResources broadcast(JavaSparkContext spark) {
    return new TaskResources(
        spark.broadcast(TokenizerFiles.read(checkpoint.directory())),
        spark.broadcast(new SerializableWritable<>(spark.hadoopConfiguration())));
  }
}
