package io.hone.conf;

import static io.hone.conf.NumberSchedule.constant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.AdvantageConfig.Estimator;
import io.hone.conf.AdvantageConfig.Scale;
import io.hone.conf.AdvantageConfig.Singleton;
import io.hone.conf.CheckpointConfig.Dtype;
import io.hone.conf.ComponentConfig.OnInvalid;
import io.hone.conf.DataConfig.ChatTemplate;
import io.hone.conf.DataConfig.ColumnExtraction;
import io.hone.conf.DataConfig.OnError;
import io.hone.conf.LossConfig.Aggregation;
import io.hone.conf.LossConfig.KlEstimator;
import io.hone.conf.LossConfig.KlPlacement;
import io.hone.conf.LossConfig.RatioLevel;
import io.hone.conf.MismatchConfig.Correction;
import io.hone.conf.ModelConfig.ComputeType;
import io.hone.conf.ModelConfig.Device;
import io.hone.conf.NumberSchedule.Change;
import io.hone.conf.NumberSchedule.Shape;
import io.hone.conf.OptimizerConfig.Schedule;
import io.hone.conf.RunConfig.Algorithm;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Two tests for each record: what it holds if nothing is set that need not be, and what it holds if
 * every key is set to something else.
 */
class SchemaTest {
  @Test
  void modelDefaults() {
    assertThat(Yaml.bind(ModelConfig.class, "path: m"))
        .isEqualTo(new ModelConfig("m", Optional.empty(), Device.AUTO, ComputeType.AUTO));
  }

  @Test
  void modelMapping() throws Exception {
    assertMapping(
        "path: m",
        """
        path: /models/qwen
        adapter: /adapters/a
        device: gpu
        compute-type: float16
        """,
        new ModelConfig(
            "/models/qwen", Optional.of("/adapters/a"), Device.GPU, ComputeType.FLOAT16));
  }

  @Test
  void dataDefaults() {
    assertThat(Yaml.bind(DataConfig.class, "path: d"))
        .isEqualTo(
            new DataConfig(
                Optional.of("d"),
                List.of(),
                "prompt",
                "messages",
                "completion",
                "chosen",
                "rejected",
                "label",
                Optional.empty(),
                Optional.empty(),
                ChatTemplate.AUTO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OnError.FAIL,
                true,
                Optional.empty(),
                CurriculumConfig.NONE,
                Map.of()));
  }

  @Test
  void dataMapping() throws Exception {
    String full =
        """
        path: train.jsonl
        prompts: []
        prompt-column: question
        messages-column: chat
        completion-column: solution
        chosen-column: better
        rejected-column: worse
        label-column: good
        id-column: id
        query-column: question
        chat-template: on
        prompt-template: "Q: {question}\\nA:"
        system-prompt: Think first.
        max-prompt-tokens: 256
        on-error: skip
        shuffle: false
        limit: 1000
        columns:
          gold:
            from: answer
            pattern: '#### (.+)'
        """;
    DataConfig expected =
        new DataConfig(
            Optional.of("train.jsonl"),
            List.of(),
            "question",
            "chat",
            "solution",
            "better",
            "worse",
            "good",
            Optional.of("id"),
            Optional.of("question"),
            ChatTemplate.ON,
            Optional.of("Q: {question}\nA:"),
            Optional.of("Think first."),
            Optional.of(256),
            OnError.SKIP,
            false,
            Optional.of(1000),
            CurriculumConfig.NONE,
            Map.of("gold", new ColumnExtraction("answer", "#### (.+)")));
    // A curriculum is of single prompts, so that it does not go with queries.
    DataConfig ordered = Yaml.bind(DataConfig.class, "{path: d, curriculum: {difficulty: level}}");
    assertThat(ordered.curriculum().difficulty()).contains("level");
    assertMappings(
        "prompts: [x]",
        Map.of(full, expected, "{path: d, curriculum: {difficulty: level}}", ordered));
    assertThatThrownBy(
            () ->
                Yaml.bind(
                    DataConfig.class,
                    "{path: d, query-column: q, curriculum: {difficulty: level}}"))
        .hasMessageContaining("query-column: does not go with curriculum.difficulty");
    assertThatThrownBy(
            () -> Yaml.bind(DataConfig.class, "{prompts: [x], curriculum: {difficulty: level}}"))
        .hasMessageContaining("curriculum.difficulty: has no effect on prompts");
  }

  @Test
  void promptsStandInPlaceOfAFile() {
    DataConfig data =
        Yaml.bind(DataConfig.class, "prompts:\n  - Once upon a time\n  - \"Q: 2 + 2\\nA:\"\n");
    assertThat(data.path()).isEmpty();
    assertThat(data.prompts()).containsExactly("Once upon a time", "Q: 2 + 2\nA:");
  }

  @Test
  void columnExtractionHasNoDefaults() throws Exception {
    assertMapping(
        "{from: x, pattern: x}",
        "{from: answer, pattern: '#### (.+)'}",
        new ColumnExtraction("answer", "#### (.+)"));
  }

  @Test
  void rolloutDefaults() {
    assertThat(Yaml.bind(RolloutConfig.class, ""))
        .isEqualTo(
            new RolloutConfig(
                8, 8, 128, constant(1), 0, 1.0, 0.0, 1.0, List.of(), List.of(), 32, 2, false, 0));
  }

  @Test
  void rolloutMapping() throws Exception {
    assertMapping(
        "",
        """
        prompts-per-step: 16
        group-size: 4
        max-new-tokens: 512
        temperature: 0.7
        top-k: 50
        top-p: 0.95
        min-p: 0.05
        repetition-penalty: 1.1
        stop-tokens: [2, 13]
        stop-strings: ["\\n\\n", END]
        slots: 64
        partitions: 3
        mask-truncated: true
        refills: 4
        """,
        new RolloutConfig(
            16,
            4,
            512,
            constant(0.7),
            50,
            0.95,
            0.05,
            1.1,
            List.of(2, 13),
            List.of("\n\n", "END"),
            64,
            3,
            true,
            4));
  }

  @Test
  void rewardDefaults() {
    assertThat(Yaml.bind(RewardConfig.class, "")).isEqualTo(new RewardConfig(List.of()));
  }

  @Test
  void rewardMapping() {
    RewardConfig reward =
        Yaml.bind(RewardConfig.class, "components: [{name: a, type: x}, {name: b, type: y}]");
    assertThat(reward.components()).extracting(ComponentConfig::name).containsExactly("a", "b");
    assertThat(reward.components()).extracting(ComponentConfig::type).containsExactly("x", "y");
  }

  @Test
  void componentDefaults() {
    ComponentConfig component = Yaml.bind(ComponentConfig.class, "{name: dog, type: count}");
    assertThat(component)
        .isEqualTo(
            new ComponentConfig(
                "dog", "count", constant(1), OnInvalid.DROP_SAMPLE, 0.0, component.options()));
    assertThat(((ConfigNode.Mapping) component.options()).entries()).isEmpty();
  }

  @Test
  void componentMapping() throws Exception {
    String yaml =
        """
        name: dog
        type: count
        weight: -0.5
        on-invalid: value
        invalid-value: 0.25
        text: dog
        cap: 4
        """;
    ComponentConfig component = Yaml.bind(ComponentConfig.class, yaml);
    assertMapping(
        "{name: x, type: x}",
        yaml,
        new ComponentConfig(
            "dog", "count", constant(-0.5), OnInvalid.VALUE, 0.25, component.options()));
    assertThat(((ConfigNode.Mapping) component.options()).entries())
        .containsOnlyKeys("text", "cap");
  }

  @Test
  void advantageDefaults() {
    assertThat(Yaml.bind(AdvantageConfig.class, ""))
        .isEqualTo(
            new AdvantageConfig(Estimator.GRPO, Scale.GROUP, 1e-4, Singleton.ZERO, false, 1, 0));
  }

  @Test
  void advantageMapping() throws Exception {
    assertMapping(
        "{estimator: remax}", // most options go with grpo, the default, only
        "{estimator: grpo, scale: batch, epsilon: 1e-6, singleton: score, return-to-go: true,"
            + " discount: 0.9, outlier-deviations: 3}",
        new AdvantageConfig(Estimator.GRPO, Scale.BATCH, 1e-6, Singleton.SCORE, true, 0.9, 3));
  }

  @Test
  void lossDefaults() {
    assertThat(Yaml.bind(LossConfig.class, ""))
        .isEqualTo(
            new LossConfig(
                LossConfig.LossType.CLIP,
                RatioLevel.TOKEN,
                constant(0.2),
                constant(0.2),
                Optional.empty(),
                Optional.empty(),
                SapoConfig.DEFAULT,
                VespoConfig.DEFAULT,
                MismatchConfig.NONE,
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                constant(0),
                Optional.empty(),
                Optional.empty(),
                KlPlacement.LOSS,
                KlEstimator.K3,
                false,
                false,
                0));
  }

  /** No type of loss takes all options. */
  @Test
  void lossMapping() throws Exception {
    assertMappings(
        "",
        Map.of(
            """
            type: clip
            ratio: sequence
            clip-low: 0.1
            clip-high: 0.28
            dual-clip: 3
            ratio-cap: 4
            mismatch: {correction: token-mask}
            off-policy-threshold: 0.1
            top-entropy-share: 0.2
            aggregation: sequence-mean-token-sum-norm
            norm-length: 512
            kl-coefficient: 0.04
            kl-target: 0.1
            kl-horizon: 500
            kl-estimator: abs
            kl-straight-through: true
            kl-bias-correction: true
            entropy-coefficient: 0.001
            """,
            new LossConfig(
                LossConfig.LossType.CLIP,
                RatioLevel.SEQUENCE,
                constant(0.1),
                constant(0.28),
                Optional.of(3.0),
                Optional.of(4.0),
                SapoConfig.DEFAULT,
                VespoConfig.DEFAULT,
                new MismatchConfig(Correction.TOKEN_MASK, 2, 0),
                Optional.of(0.1),
                0.2,
                Optional.of(Aggregation.SEQUENCE_MEAN_TOKEN_SUM_NORM),
                Optional.of(512),
                constant(0.04),
                Optional.of(0.1),
                Optional.of(500L),
                KlPlacement.LOSS,
                KlEstimator.ABS,
                true,
                true,
                0.001),
            "{kl-in: reward, kl-coefficient: 0.5}",
            loss(
                LossConfig.LossType.CLIP,
                0.5,
                KlPlacement.REWARD,
                SapoConfig.DEFAULT,
                VespoConfig.DEFAULT),
            "{type: sapo, sapo: {positive-temperature: 2}}",
            loss(
                LossConfig.LossType.SAPO,
                0,
                KlPlacement.LOSS,
                new SapoConfig(2, 1.05),
                VespoConfig.DEFAULT),
            "{type: vespo, vespo: {positive-k: 1}}",
            loss(
                LossConfig.LossType.VESPO,
                0,
                KlPlacement.LOSS,
                SapoConfig.DEFAULT,
                new VespoConfig(1, 3, 3, 2))));
  }

  private static LossConfig loss(
      LossConfig.LossType type,
      double klCoefficient,
      KlPlacement klIn,
      SapoConfig sapo,
      VespoConfig vespo) {
    return new LossConfig(
        type,
        RatioLevel.TOKEN,
        constant(0.2),
        constant(0.2),
        Optional.empty(),
        Optional.empty(),
        sapo,
        vespo,
        MismatchConfig.NONE,
        Optional.empty(),
        1,
        Optional.empty(),
        Optional.empty(),
        constant(klCoefficient),
        Optional.empty(),
        Optional.empty(),
        klIn,
        KlEstimator.K3,
        false,
        false,
        0);
  }

  @Test
  void sapoMapping() throws Exception {
    assertThat(Yaml.bind(SapoConfig.class, "")).isEqualTo(SapoConfig.DEFAULT);
    assertMapping("", "{positive-temperature: 2, negative-temperature: 3}", new SapoConfig(2, 3));
  }

  @Test
  void vespoMapping() throws Exception {
    assertThat(Yaml.bind(VespoConfig.class, "")).isEqualTo(VespoConfig.DEFAULT);
    assertMapping(
        "",
        "{positive-k: 5, positive-lambda: 6, negative-k: 7, negative-lambda: 8}",
        new VespoConfig(5, 6, 7, 8));
  }

  @Test
  void mismatchMapping() throws Exception {
    assertThat(Yaml.bind(MismatchConfig.class, "")).isEqualTo(MismatchConfig.NONE);
    assertMapping(
        "",
        "{correction: sequence-mask, maximum: 5, minimum: 0.5}",
        new MismatchConfig(Correction.SEQUENCE_MASK, 5, 0.5));
  }

  @Test
  void changeDefaults() {
    assertThat(Yaml.bind(Change.class, "{from: 2, to: 3, over: 7}"))
        .isEqualTo(new Change(2, 3, 7, 0, Shape.LINEAR, Optional.empty()));
  }

  @Test
  void changeMapping() throws Exception {
    assertMapping(
        "{from: 2, to: 3, over: 7}",
        "{from: 1, to: 0.5, after: 10, over: 100, shape: exponential, base: 2}",
        new Change(1, 0.5, 100, 10, Shape.EXPONENTIAL, Optional.of(2.0)));
  }

  @Test
  void optimizerDefaults() {
    assertThat(Yaml.bind(OptimizerConfig.class, ""))
        .isEqualTo(new OptimizerConfig(1e-6, 0.9, 0.999, 1e-8, 0, 1.0, Schedule.CONSTANT, 0, 0));
  }

  @Test
  void criticDefaults() {
    assertThat(Yaml.bind(CriticConfig.class, "")).isEqualTo(CriticConfig.DEFAULT);
    assertThat(CriticConfig.DEFAULT.optimizer()).isEqualTo(Yaml.bind(OptimizerConfig.class, ""));
  }

  /** A critic has either layers of its own or the policy's, and options for each. */
  @Test
  void criticMapping() throws Exception {
    assertMappings(
        "",
        Map.of(
            """
            path: models/reward
            value-clip: 0
            lambda: 0.9
            value-lambda: 1
            bootstrap-truncated: true
            warmup-steps: 5
            optimizer: {learning-rate: 1e-5}
            """,
            new CriticConfig(
                Optional.of("models/reward"),
                false,
                Optional.empty(),
                0,
                0.9,
                Optional.of(1.0),
                true,
                5,
                Yaml.bind(OptimizerConfig.class, "learning-rate: 1e-5")),
            "{shared-backbone: true, value-coefficient: 0.5}",
            new CriticConfig(
                Optional.empty(),
                true,
                Optional.of(0.5),
                0.5,
                0.95,
                Optional.empty(),
                false,
                0,
                OptimizerConfig.DEFAULT)));
  }

  @Test
  void optimizerMapping() throws Exception {
    assertMapping(
        "",
        """
        learning-rate: 2e-4
        beta1: 0.95
        beta2: 0.99
        epsilon: 1e-6
        weight-decay: 0.01
        max-gradient-norm: 0
        schedule: cosine
        warmup-updates: 10
        minimum-ratio: 0.1
        """,
        new OptimizerConfig(2e-4, 0.95, 0.99, 1e-6, 0.01, 0, Schedule.COSINE, 10, 0.1));
  }

  @Test
  void trainingDefaults() {
    assertThat(Yaml.bind(TrainingConfig.class, ""))
        .isEqualTo(
            new TrainingConfig(
                100,
                1,
                1,
                32,
                16384,
                DataSize.parse("2GB"),
                Optional.empty(),
                3,
                Optional.empty(),
                false,
                TrainingConfig.Exchange.DRIVER,
                Optional.empty()));
  }

  @Test
  void trainingMapping() throws Exception {
    assertMapping(
        "",
        """
        steps: 25
        epochs: 2
        mini-batches: 4
        batch-size: 64
        tokens-per-micro-batch: 4096
        activation-memory: 512MB
        max-sequence-tokens: 1024
        non-finite-quota: 0
        partitions: 4
        allow-mixed-instruction-sets: true
        exchange: sharded
        shards: 3
        """,
        new TrainingConfig(
            25,
            2,
            4,
            64,
            4096,
            DataSize.parse("512MB"),
            Optional.of(1024),
            0,
            Optional.of(4),
            true,
            TrainingConfig.Exchange.SHARDED,
            Optional.of(3)));
  }

  @Test
  void evalDefaults() {
    assertThat(Yaml.bind(EvalConfig.class, ""))
        .isEqualTo(
            new EvalConfig(
                0, Optional.empty(), Optional.empty(), 4, 1.0, 1.0, Optional.empty(), true));
  }

  @Test
  void evalMapping() throws Exception {
    assertMapping(
        "",
        """
        every: 10
        data: test.jsonl
        limit: 100
        samples: 8
        temperature: 0.6
        pass-threshold: 0.5
        max-new-tokens: 256
        keep-best: false
        """,
        new EvalConfig(
            10, Optional.of("test.jsonl"), Optional.of(100), 8, 0.6, 0.5, Optional.of(256), false));
  }

  @Test
  void checkpointDefaults() {
    assertThat(Yaml.bind(CheckpointConfig.class, ""))
        .isEqualTo(new CheckpointConfig(1, 2, Dtype.SOURCE));
  }

  @Test
  void checkpointMapping() throws Exception {
    assertMapping(
        "",
        "{every: 5, keep-last: 3, dtype: bfloat16}",
        new CheckpointConfig(5, 3, Dtype.BFLOAT16));
  }

  @Test
  void sparkDefaults() {
    assertThat(Yaml.bind(SparkConfig.class, ""))
        .isEqualTo(new SparkConfig(Optional.empty(), Map.of()));
  }

  @Test
  void sparkMapping() throws Exception {
    assertMapping(
        "",
        """
        master: local[2]
        properties:
          spark.executor.memory: 8g
          spark.task.cpus: 1
        """,
        new SparkConfig(
            Optional.of("local[2]"),
            Map.of("spark.executor.memory", "8g", "spark.task.cpus", "1")));
  }

  @Test
  void loraDefaults() {
    assertThat(Yaml.bind(LoraConfig.class, ""))
        .isEqualTo(new LoraConfig(0, 16, false, 0, LoraConfig.LINEAR_LAYERS));
  }

  @Test
  void loraMapping() throws Exception {
    assertMapping(
        "",
        """
        rank: 8
        alpha: 32
        rank-stabilized: true
        dropout: 0.1
        target-modules: [v_proj, q_proj]
        """,
        new LoraConfig(8, 32, true, 0.1, List.of("v_proj", "q_proj")));
  }

  @Test
  void runDefaults() {
    RunConfig run =
        Yaml.bind(
            RunConfig.class,
            """
            model: {path: m}
            data: {path: d}
            reward: {components: [{name: x, type: y}]}
            """);
    assertThat(run)
        .isEqualTo(
            new RunConfig(
                Algorithm.GRPO,
                Optional.empty(),
                0,
                Yaml.bind(ModelConfig.class, "path: m"),
                Yaml.bind(DataConfig.class, "path: d"),
                Yaml.bind(RolloutConfig.class, ""),
                run.reward(),
                Yaml.bind(AdvantageConfig.class, ""),
                Yaml.bind(LossConfig.class, ""),
                Yaml.bind(PreferenceConfig.class, ""),
                Yaml.bind(LoraConfig.class, ""),
                CriticConfig.DEFAULT,
                Yaml.bind(OptimizerConfig.class, ""),
                Yaml.bind(TrainingConfig.class, ""),
                Yaml.bind(EvalConfig.class, ""),
                Yaml.bind(CheckpointConfig.class, ""),
                Yaml.bind(SparkConfig.class, ""),
                Map.of()));
  }

  @Test
  void preferenceDefaults() {
    assertThat(Yaml.bind(PreferenceConfig.class, ""))
        .isEqualTo(
            new PreferenceConfig(
                PreferenceConfig.Loss.DPO,
                PreferenceConfig.Pairs.DATA,
                0.1,
                0,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                1,
                1));
  }

  @Test
  void preferenceMapping() {
    assertThat(
            Yaml.bind(
                PreferenceConfig.class,
                """
                loss: simpo
                pairs: rollouts
                beta: 2.0
                label-smoothing: 0.1
                simpo-gamma: 1.0
                length-normalized: true
                nll-coefficient: 0.5
                """))
        .isEqualTo(
            new PreferenceConfig(
                PreferenceConfig.Loss.SIMPO,
                PreferenceConfig.Pairs.ROLLOUTS,
                2,
                0.1,
                Optional.of(1.0),
                Optional.of(true),
                false,
                Optional.of(0.5),
                1,
                1));
    PreferenceConfig kto =
        Yaml.bind(
            PreferenceConfig.class, "{loss: kto, desirable-weight: 1.5, undesirable-weight: 0.5}");
    assertThat(kto.desirableWeight()).isEqualTo(1.5);
    assertThat(kto.undesirableWeight()).isEqualTo(0.5);
    assertThat(Yaml.bind(PreferenceConfig.class, "reference-free: true").referenceFree()).isTrue();
  }

  @Test
  void runMapping() throws Exception {
    String yaml =
        """
        algorithm: ppo
        run-dir: hdfs:///runs/1
        seed: -7
        model: {path: n}
        data: {path: e}
        rollout: {top-k: 9}
        reward: {components: [{name: z, type: w}]}
        advantage: {outlier-deviations: 2}
        loss: {clip-low: 0.3}
        preference: {beta: 0.2}
        lora: {rank: 4}
        critic: {warmup-steps: 1}
        optimizer: {beta1: 0.8}
        training: {steps: 3}
        eval: {samples: 2}
        checkpoint: {every: 4}
        spark: {master: yarn}
        provenance: {hone: 1.0, data-fingerprint: 00ff}
        """;
    assertMapping(
        "{model: {path: m}, data: {path: d}, reward: {components: [{name: x, type: y}]}}",
        yaml,
        new RunConfig(
            Algorithm.PPO,
            Optional.of("hdfs:///runs/1"),
            -7,
            Yaml.bind(ModelConfig.class, "path: n"),
            Yaml.bind(DataConfig.class, "path: e"),
            Yaml.bind(RolloutConfig.class, "top-k: 9"),
            Yaml.bind(RunConfig.class, yaml).reward(),
            Yaml.bind(AdvantageConfig.class, "outlier-deviations: 2"),
            Yaml.bind(LossConfig.class, "clip-low: 0.3"),
            Yaml.bind(PreferenceConfig.class, "beta: 0.2"),
            Yaml.bind(LoraConfig.class, "rank: 4"),
            Yaml.bind(CriticConfig.class, "warmup-steps: 1"),
            Yaml.bind(OptimizerConfig.class, "beta1: 0.8"),
            Yaml.bind(TrainingConfig.class, "steps: 3"),
            Yaml.bind(EvalConfig.class, "samples: 2"),
            Yaml.bind(CheckpointConfig.class, "every: 4"),
            Yaml.bind(SparkConfig.class, "master: yarn"),
            Map.of("hone", "1.0", "data-fingerprint", "00ff")));
  }

  @Test
  void curriculumMapping() throws Exception {
    assertMapping(
        "",
        """
        difficulty: pass_rate
        hard: low
        minimum: 0.1
        maximum: 0.9
        hardest: 512
        share: 0.5
        """,
        new CurriculumConfig(
            Optional.of("pass_rate"),
            CurriculumConfig.Hard.LOW,
            Optional.of(0.1),
            Optional.of(0.9),
            Optional.of(512),
            NumberSchedule.constant(0.5)));
    assertThatThrownBy(() -> Yaml.bind(CurriculumConfig.class, "hardest: 3"))
        .hasMessageContaining("difficulty: is missing");
    assertThatThrownBy(
            () -> Yaml.bind(CurriculumConfig.class, "{difficulty: a, minimum: 2, maximum: 1}"))
        .hasMessageContaining("maximum: 1.0 is less than minimum: 2.0");
  }

  @Test
  void constraintMapping() throws Exception {
    assertMapping(
        "{component: a, threshold: 0}",
        """
        component: length
        threshold: 20
        direction: at-most
        form: linear
        multiplier: 0.25
        learning-rate: 0.1
        momentum: 0
        max-gradient: 2
        """,
        new ConstraintConfig(
            "length",
            20,
            ConstraintConfig.Direction.AT_MOST,
            ConstraintConfig.Form.LINEAR,
            0.25,
            0.1,
            0,
            2));
    assertThatThrownBy(
            () ->
                Yaml.bind(
                    ConstraintConfig.class,
                    "{component: a, threshold: 1, form: linear, multiplier: -1}"))
        .hasMessageContaining("multiplier: -1.0 (expected 0 or more with form: linear");
  }

  @Test
  void constraintsNameComponents() {
    String components = "components: [{name: a, type: x}]\n";
    assertThat(
            Yaml.bind(
                    RewardConfig.class, components + "constraints: [{component: a, threshold: 1}]")
                .constraints())
        .hasSize(1);
    assertThatThrownBy(
            () ->
                Yaml.bind(
                    RewardConfig.class, components + "constraints: [{component: b, threshold: 1}]"))
        .hasMessageContaining("'b' is no component");
    assertThatThrownBy(
            () ->
                Yaml.bind(
                    RewardConfig.class,
                    components
                        + "constraints: [{component: a, threshold: 1}, {component: a, threshold: 2}]"))
        .hasMessageContaining("'a' has a constraint already");
  }

  @Test
  void everyOptionAndChoiceIsDocumented() {
    Set<Class<?>> records = new LinkedHashSet<>();
    collect(RunConfig.class, records);
    collect(Change.class, records);
    assertThat(records).hasSize(23);
    for (Class<?> record : records) {
      assertThat(ConfigKey.doc(record)).as("@Doc of %s", record).isPresent();
      for (ConfigKey key : ConfigKey.of(record)) {
        Class<?> raw = ConfigKey.raw(key.type());
        if (!raw.isRecord() && !key.rest()) {
          assertThat(key.doc()).as("@Doc of %s.%s", record, key.name()).endsWith(".");
        }
        if (raw.isEnum()) {
          assertThat(raw.getFields())
              .allSatisfy(constant -> assertThat(ConfigKey.doc(constant)).isPresent());
        }
      }
    }
  }

  private static void collect(Class<?> record, Set<Class<?>> records) {
    records.add(record);
    for (ConfigKey key : ConfigKey.of(record)) {
      Type type = key.type();
      while (type instanceof ParameterizedType) {
        type = ConfigKey.element(type);
      }
      if (((Class<?>) type).isRecord() && !ConfigKey.isScalar(type)) {
        collect((Class<?>) type, records);
      }
    }
  }

  /**
   * Every key is set, each to something that the least configuration does not have, and arrives.
   */
  private static void assertMapping(String least, String full, Record expected)
      throws ReflectiveOperationException {
    assertMappings(least, Map.of(full, expected));
  }

  /** The same where options exclude each other: every key is set in one of several. */
  private static void assertMappings(String least, Map<String, Record> expected)
      throws ReflectiveOperationException {
    Class<? extends Record> type = expected.values().iterator().next().getClass();
    expected.forEach((full, record) -> assertThat(Yaml.bind(type, full)).isEqualTo(record));
    Record unset = Yaml.bind(type, least);
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.isAnnotationPresent(Rest.class)) {
        continue;
      }
      String key = Names.kebab(component.getName());
      boolean onlyOneValue =
          component.getType().isEnum() && component.getType().getEnumConstants().length == 1;
      List<Object> values = new ArrayList<>();
      for (Map.Entry<String, Record> mapping : expected.entrySet()) {
        ConfigNode.Mapping written =
            (ConfigNode.Mapping) YamlReader.read("test.yaml", mapping.getKey());
        if (written.entries().containsKey(key)) {
          values.add(component.getAccessor().invoke(mapping.getValue()));
        }
      }
      assertThat(values).as("%s is set", key).isNotEmpty();
      if (!onlyOneValue) {
        assertThat(values)
            .as("%s is set to another value than its default", key)
            .anySatisfy(
                value -> assertThat(value).isNotEqualTo(component.getAccessor().invoke(unset)));
      }
    }
  }
}
