package io.hone.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.LossConfig.Aggregation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options that are good on their own but do not fit each other. */
class RunValidationTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          training.mini-batches=3 | training.mini-batches: 3 does not divide rollout.prompts-per-step: 8 (expected one of 1, 2, 4, 8)
          algorithm=sft training.mini-batches=5 | training.mini-batches: 5 does not divide training.batch-size: 32 (expected one of 1, 2, 4, 8, 16, 32)
          optimizer.schedule=linear optimizer.warmup-updates=100 | optimizer.warmup-updates: 100 leaves the schedule nothing of the run's 100 updates
          optimizer.minimum-ratio=0.1 | optimizer.minimum-ratio: has no effect (expected with schedule: linear or cosine only)
          run-dir=models/stories260K | run-dir: 'models/stories260K' is model.path too
          rollout.group-size=1 | rollout.group-size: 1 makes every advantage 0 (expected >= 2, or advantage.singleton: score)
          rollout.temperature=0 | rollout.temperature: 0 makes all completions of a group the same
          rollout.partitions=9 | rollout.partitions: 9 tasks for 8 prompts leave tasks without work
          rollout.stop-strings=["x",""] | rollout.stop-strings[1]: '' would end every completion at once
          training.max-sequence-tokens=128 | training.max-sequence-tokens: 128 leaves no room for a prompt before rollout.max-new-tokens: 128
          reward.components=[] | reward.components: is empty
          algorithm=sft eval.every=1 eval.data=x reward.components=[] | reward.components: is empty
          reward.components[0].weight=0 | reward.components: all weights are 0
          reward.components=[{name: a, type: x}, {name: a, type: y}] | reward.components[1].name: 'a' is the name of components[0] too
          reward.components[0].invalid-value=1 | reward.components[0].invalid-value: has no effect (expected with on-invalid: value only)
          eval.every=2 | eval.data: is required with every: 2
          training.shards=2 | training.shards: has no effect (expected with exchange: sharded only)
          rollout.group-size=1 advantage.estimator=gdpo | rollout.group-size: 1 makes every advantage 0 (expected >= 2)
          advantage.estimator=rloo advantage.scale=none | advantage.scale: has no effect (expected with estimator: grpo or grpo-pass-at-k only)
          advantage.estimator=grpo-pass-at-k advantage.scale=batch | advantage.scale: batch does not fit estimator: grpo-pass-at-k (expected group or none)
          advantage.estimator=opo advantage.epsilon=1e-6 | advantage.epsilon: has no effect (expected with
          advantage.scale=none advantage.epsilon=1e-6 | advantage.epsilon: has no effect (expected with
          advantage.estimator=remax advantage.singleton=score | advantage.singleton: has no effect (expected with
          advantage.estimator=gdpo advantage.singleton=score | advantage.singleton: has no effect (expected with
          advantage.estimator=rloo advantage.return-to-go=true | advantage.return-to-go: has no effect (expected with estimator: grpo only)
          advantage.discount=0.9 | advantage.discount: has no effect (expected with estimator: reinforce-plus-plus, return-to-go, or algorithm: ppo, only)
          advantage.return-to-go=true reward.components=[{name: a, type: x}] reward.constraints=[{component: a, threshold: 1}] | reward.constraints: take rewards of whole completions
          advantage.estimator=gdpo reward.components=[{name: a, type: x}] reward.constraints=[{component: a, threshold: 1}] | reward.constraints: do not fit estimator: gdpo
          rollout.refills=2 advantage.estimator=remax | rollout.refills: has no effect
          rollout.refills=2 advantage.return-to-go=true | rollout.refills: has no effect
          rollout.refills=2 algorithm=sft | rollout.refills: has no effect
          rollout.refills=2 data.query-column=q | rollout.refills: does not go with data.query-column
          rollout.refills=2 reward.components=[{name: a, type: x}] reward.constraints=[{component: a, threshold: 1}] | rollout.refills: does not go with reward.constraints
          reward.constraints=[{component: z, threshold: 1}] | reward.constraints[0].component: 'z' is no component
          advantage.outlier-deviations=-1 | advantage.outlier-deviations:
          loss.kl-in=reward | loss.kl-in: has no effect (expected with kl-coefficient > 0 only)
          advantage.estimator=gdpo loss.kl-in=reward loss.kl-coefficient=0.1 | loss.kl-in: reward is no component that advantage.estimator: gdpo could scale (expected loss)
          loss.norm-length=9 | loss.norm-length: has no effect (expected with aggregation: sequence-mean-token-sum-norm only)
          loss.type=gpg loss.clip-high=0.3 | loss.clip-high: has no effect (expected with type: clip, gspo, gspo-token, luspo, cispo, gmpo, dppo-tv only)
          loss.type=gspo loss.ratio=sequence | loss.ratio: has no effect (expected with type: clip, cispo, cispo-minimax, sapo only)
          loss.type=sapo loss.dual-clip=3 | loss.dual-clip: has no effect (expected with type: clip only)
          loss.type=cispo loss.ratio-cap=5 | loss.ratio-cap: has no effect (expected with type: clip, gspo, gspo-token, luspo, cispo-minimax, dppo-tv only)
          loss.ratio-cap=1.1 | loss.ratio-cap: 1.1 is below where clipping begins (expected > 1 + clip-high)
          loss.sapo.positive-temperature=2 | loss.sapo: has no effect (expected with type: sapo only)
          loss.vespo.negative-k=1 | loss.vespo: has no effect (expected with type: vespo only)
          loss.type=vespo loss.mismatch.correction=sequence-mask | loss.mismatch.correction: sequence-mask does not go with type: vespo
          loss.mismatch.maximum=3 | loss.mismatch.maximum: 3.0 has no effect (expected with correction other than none only)
          loss.mismatch.correction=token-mask loss.mismatch.minimum=2 | loss.mismatch.minimum: 2.0 is not below maximum (expected < 2.0)
          loss.type=gspo loss.norm-length=9 | loss.norm-length: has no effect
          loss.kl-straight-through=true | loss.kl-straight-through: has no effect (expected with kl-coefficient > 0 and kl-in: loss only)
          loss.kl-coefficient=1 loss.kl-estimator=k2 loss.kl-straight-through=true | loss.kl-straight-through: has no effect (expected with kl-estimator other than k2 only)
          loss.kl-in=reward loss.kl-coefficient=1 loss.kl-bias-correction=true | loss.kl-bias-correction: has no effect (expected with kl-coefficient > 0 and kl-in: loss only)
          loss.kl-bias-correction=true | loss.kl-bias-correction: has no effect (expected with kl-coefficient > 0 and kl-in: loss only)
          model.device=cpu model.compute-type=bfloat16 | model.compute-type: bfloat16 needs a GPU
          data.system-prompt=x data.chat-template=off | data.system-prompt: needs the chat template
          data.path=null | data.path: is required without prompts (expected a JSONL file here, or a list of prompts)
          data.prompts=[a] | data.prompts: are set beside path: 'data/prompts.jsonl' (expected one of the two; null unsets the other)
          data.path=https://me:hunter2@host/x data.prompts=[a] | data.prompts: are set beside path: 'https://me:********@host/x' (expected
          algorithm=sft data.path=null data.prompts=[a] | data.prompts: hold no completions to learn (expected data.path: a JSONL file, with algorithm: sft)
          algorithm=dpo training.mini-batches=5 | training.mini-batches: 5 does not divide training.batch-size: 32
          algorithm=dpo data.path=null data.prompts=[a] | data.prompts: hold no completions to learn (expected data.path: a JSONL file, with algorithm: dpo)
          algorithm=dpo preference.pairs=rollouts rollout.group-size=1 | rollout.group-size: 1 leaves nothing to compare (expected >= 2)
          algorithm=dpo preference.pairs=rollouts rollout.temperature=0 | rollout.temperature: 0 makes all completions of a group the same (expected > 0 with algorithm: dpo)
          algorithm=dpo preference.pairs=rollouts reward.components=[] | reward.components: is empty
          algorithm=dpo preference.loss=kto training.mini-batches=32 | training.batch-size: leaves each update one completion
          preference.loss=kto preference.pairs=rollouts | preference.pairs: rollouts are compared in pairs, which kto does not read (expected data)
          preference.loss=ipo preference.label-smoothing=0.1 | preference.label-smoothing: has no effect (expected with loss: dpo, simpo, cpo only)
          preference.simpo-gamma=1 | preference.simpo-gamma: has no effect (expected with loss: simpo only)
          preference.loss=cpo preference.reference-free=true | preference.reference-free: has no effect (expected with loss: dpo, ipo, hinge only)
          preference.loss=kto preference.nll-coefficient=1 | preference.nll-coefficient: has no effect
          preference.desirable-weight=2 | preference.desirable-weight: has no effect (expected with loss: kto only)
          preference.undesirable-weight=2 | preference.undesirable-weight: has no effect (expected with loss: kto only)
          preference.loss=orpo preference.length-normalized=false | preference.length-normalized: false does not go with loss: orpo
          critic.lambda=0.9 | critic: has no effect (expected with algorithm: ppo only)
          algorithm=ppo advantage.estimator=rloo | advantage.estimator: has no effect with algorithm: ppo (expected with algorithm: grpo)
          algorithm=ppo advantage.return-to-go=true | advantage.return-to-go: has no effect with algorithm: ppo
          algorithm=ppo critic.warmup-steps=100 | critic.warmup-steps: 100 leaves the policy none of training.steps: 100
          algorithm=ppo critic.value-coefficient=0.5 | critic.value-coefficient: has no effect (expected with shared-backbone: true only)
          algorithm=ppo critic.shared-backbone=true critic.path=x | critic.path: has no effect (expected with shared-backbone: false only)
          algorithm=ppo critic.shared-backbone=true critic.warmup-steps=1 | critic.warmup-steps: has no effect
          algorithm=ppo critic.shared-backbone=true critic.optimizer.learning-rate=1 | critic.optimizer: has no effect
          algorithm=ppo critic.optimizer.schedule=linear critic.optimizer.warmup-updates=100 | critic.optimizer.warmup-updates: 100 leaves the schedule nothing of the run's 100 updates
          algorithm=ppo rollout.temperature=0 | rollout.temperature: 0 makes all completions of a group the same (expected > 0 with algorithm: ppo)
          algorithm=ppo critic.shared-backbone=true lora.rank=4 | critic.shared-backbone: true has no layers to learn in with lora.rank: 4
          algorithm=ppo advantage.scale=none | advantage.scale: has no effect with algorithm: ppo
          lora.dropout=0.1 | lora.dropout: has no effect (expected with lora.rank > 0 only)
          lora.alpha=32 | lora.alpha: has no effect (expected with lora.rank > 0 only)
          lora.target-modules=[q_proj] | lora.target-modules: has no effect (expected with lora.rank > 0 only)
          lora.rank=8 lora.target-modules=[q_proj, k_porj] | lora.target-modules[1]: 'k_porj' is unknown (did you mean 'k_proj'?)
          lora.rank=8 lora.target-modules=[q_proj, q_proj] | lora.target-modules[1]: 'q_proj' is there twice
          lora.rank=8 lora.target-modules=[] | lora.target-modules: is empty (expected at least one linear layer)
          model.adapter=a | model.adapter: 'a' would not learn with lora.rank: 0 (expected lora.rank: the adapter's
          data.columns={a: {from: a, pattern: x}} | data.columns.a: is taken out of itself
          """)
  void misfitsAreNamed(String overrides, String message) {
    assertThatThrownBy(() -> Yaml.run(overrides.split(" (?=[a-z.]+[^ ]*=)")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(": " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "training.mini-batches=8",
        "algorithm=sft training.mini-batches=32",
        "optimizer.schedule=linear optimizer.warmup-updates=99",
        "optimizer.warmup-updates=100",
        "rollout.group-size=1 advantage.singleton=score",
        "rollout.group-size=1 advantage.singleton=score advantage.estimator=gpg",
        "rollout.group-size=1 advantage.estimator=remax",
        "rollout.group-size=1 advantage.estimator=reinforce-plus-plus advantage.discount=0.9",
        "advantage.return-to-go=true advantage.discount=0.9",
        "algorithm=ppo rollout.group-size=1 advantage.discount=0.9 critic.path=x critic.lambda=1",
        "algorithm=ppo critic.shared-backbone=true critic.value-coefficient=0.5",
        "advantage.estimator=grpo-pass-at-k advantage.scale=none",
        "advantage.estimator=gdpo advantage.epsilon=1e-6",
        "loss.kl-in=reward loss.kl-coefficient=0.1 advantage.estimator=rloo",
        "algorithm=sft rollout.temperature=0 reward.components=[]",
        "algorithm=dpo reward.components=[] training.mini-batches=32 rollout.group-size=1",
        "algorithm=dpo preference.pairs=rollouts data.path=null data.prompts=[a]",
        "algorithm=dpo preference.loss=kto training.mini-batches=16",
        "preference.loss=ipo preference.length-normalized=false preference.reference-free=true",
        "rollout.partitions=8",
        "training.max-sequence-tokens=129",
        "training.exchange=sharded training.shards=2",
        "eval.every=2 eval.data=x",
        "data.path=null data.prompts=[a]",
        "data.prompts=null",
        "loss.aggregation=sequence-mean-token-sum-norm loss.norm-length=9",
        "loss.type=sapo loss.ratio=sequence loss.sapo.positive-temperature=2",
        "loss.type=vespo loss.mismatch.correction=token-truncate loss.mismatch.maximum=3",
        "model.device=gpu model.compute-type=bfloat16"
      })
  void whatFitsIsTaken(String overrides) {
    assertThat(Yaml.run(overrides.split(" "))).isNotNull();
  }

  @Test
  void aBlankDataPathIsNoPath() {
    assertThatThrownBy(() -> Yaml.bind(DataConfig.class, "path: ' '"))
        .hasMessage("test.yaml:1: path: is blank (expected a JSONL file)");
  }

  @Test
  void aMisfitStandsWhereItsOptionWasWrittenElseAtItsSection() {
    assertThatThrownBy(() -> Yaml.resolve(Yaml.RUN + "training:\n  mini-batches: 3\n"))
        .hasMessageStartingWith("test.yaml:12: training.mini-batches: 3 does not divide");
    assertThatThrownBy(() -> Yaml.resolve(Yaml.RUN + "rollout:\n  prompts-per-step: 1\n"))
        .hasMessageStartingWith("test.yaml:11: rollout.partitions: 2 tasks for 1 prompts");
  }

  @Test
  void theRunDirectoryIsNeededOnlyWhereAsked() {
    assertThat(Yaml.run().requiredRunDir()).isEqualTo("runs/dog");
    assertThatThrownBy(() -> Yaml.run("run-dir=null").requiredRunDir())
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("run-dir: is required");
  }

  @Test
  void preferenceObjectivesBringTheirOwnForms() {
    PreferenceConfig dpo = Yaml.run().preference();
    assertThat(dpo.usesReference()).isTrue();
    assertThat(dpo.normalizesLength()).isFalse();
    assertThat(dpo.likelihoodFactor()).isZero();
    assertThat(dpo.margin()).isZero();
    PreferenceConfig simpo = Yaml.run("preference.loss=simpo").preference();
    assertThat(simpo.usesReference()).isFalse();
    assertThat(simpo.normalizesLength()).isTrue();
    assertThat(simpo.likelihoodFactor()).isZero();
    assertThat(simpo.margin()).isEqualTo(0.5);
    PreferenceConfig cpo = Yaml.run("preference.loss=cpo").preference();
    assertThat(cpo.usesReference()).isFalse();
    assertThat(cpo.normalizesLength()).isFalse();
    assertThat(cpo.likelihoodFactor()).isEqualTo(1);
    assertThat(Yaml.run("preference.loss=ipo").preference().normalizesLength()).isTrue();
    assertThat(Yaml.run("preference.loss=orpo").preference().likelihoodFactor()).isEqualTo(1);
    assertThat(Yaml.run("algorithm=dpo", "preference.reference-free=true").usesReference())
        .isFalse();
    assertThat(Yaml.run("algorithm=dpo").usesReference()).isTrue();
    assertThat(Yaml.run("preference.loss=dpo").usesReference()).isFalse();
  }

  @Test
  void aggregationAndCapFollowTheTypeOfLoss() {
    LossConfig gspo = Yaml.run("loss.type=gspo").loss();
    assertThat(gspo.effectiveAggregation()).isEqualTo(Aggregation.SEQUENCE_MEAN_TOKEN_MEAN);
    assertThat(gspo.effectiveRatioCap()).isInfinite();
    LossConfig own = Yaml.run("loss.type=gspo", "loss.aggregation=token-sum").loss();
    assertThat(own.effectiveAggregation()).isEqualTo(Aggregation.TOKEN_SUM);
    assertThat(Yaml.run("loss.type=cispo-minimax").loss().effectiveRatioCap()).isEqualTo(5);
    assertThat(Yaml.run("loss.type=dppo-tv", "loss.ratio-cap=3").loss().effectiveRatioCap())
        .isEqualTo(3);
  }

  @Test
  void absentOptionsFollowOthers() {
    RunConfig follows = Yaml.run("rollout.partitions=4", "rollout.max-new-tokens=64");
    assertThat(follows.gradientPartitions()).isEqualTo(4);
    assertThat(follows.exchangeShards()).isEqualTo(4);
    assertThat(follows.lossNormLength()).isEqualTo(64);
    assertThat(follows.evalMaxNewTokens()).isEqualTo(64);
    RunConfig own =
        Yaml.run(
            "training.partitions=3",
            "training.exchange=sharded",
            "training.shards=7",
            "loss.aggregation=sequence-mean-token-sum-norm",
            "loss.norm-length=5",
            "eval.max-new-tokens=6");
    assertThat(own.gradientPartitions()).isEqualTo(3);
    assertThat(own.exchangeShards()).isEqualTo(7);
    assertThat(own.lossNormLength()).isEqualTo(5);
    assertThat(own.evalMaxNewTokens()).isEqualTo(6);
  }
}
