package io.hone.conf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunArithmeticTest {
  @Test
  void grpo() {
    RunArithmetic arithmetic =
        RunArithmetic.of(
            Yaml.run(
                "rollout.prompts-per-step=10",
                "rollout.group-size=4",
                "rollout.partitions=3",
                "training.epochs=2",
                "training.mini-batches=5",
                "training.steps=7"));
    assertThat(arithmetic.samplesPerStep()).isEqualTo(40);
    assertThat(arithmetic.samplesPerMiniBatch()).isEqualTo(8);
    assertThat(arithmetic.updatesPerStep()).isEqualTo(10);
    assertThat(arithmetic.updates()).isEqualTo(70);
    assertThat(arithmetic.lines())
        .containsExactly(
            "10 prompts x 4 completions = 40 rollouts a step, at most 5120 sampled tokens",
            "3 rollout tasks a step, each of at most 4 prompts = 16 rollouts, 32 decoded together",
            "2 epochs x 5 mini-batches = 10 updates a step, each on 8 rollouts",
            "3 gradient tasks an update, micro-batches of at most 16384 tokens",
            "7 steps = 70 updates on 280 rollouts");
  }

  @Test
  void remaxSamplesMoreThanItTrainsOn() {
    assertThat(RunArithmetic.of(Yaml.run("advantage.estimator=remax")).lines().get(0))
        .isEqualTo(
            "8 prompts x 8 completions = 64 rollouts a step, at most 8192 sampled tokens, and a"
                + " greedy completion of each prompt");
  }

  @Test
  void sft() {
    RunArithmetic arithmetic = RunArithmetic.of(Yaml.run("algorithm=sft", "training.steps=1"));
    assertThat(arithmetic.lines())
        .containsExactly(
            "32 rows a step",
            "1 epoch x 1 mini-batch = 1 update a step, each on 32 rows",
            "2 gradient tasks an update, micro-batches of at most 16384 tokens",
            "1 step = 1 update on 32 rows");
  }

  @Test
  void theGreatestNumbersDoNotOverflow() {
    RunArithmetic arithmetic =
        RunArithmetic.of(
            Yaml.run(
                "rollout.prompts-per-step=1000000",
                "rollout.group-size=100000",
                "rollout.max-new-tokens=10000000",
                "training.epochs=1000",
                "training.mini-batches=1000000",
                "training.steps=10000000"));
    assertThat(arithmetic.updates()).isEqualTo(10_000_000_000_000_000L);
    assertThat(arithmetic.lines())
        .anyMatch(line -> line.endsWith("at most 1000000000000000000 sampled tokens"))
        .anyMatch(line -> line.endsWith("on 1000000000000000000 rollouts"));
  }
}
