package io.hone.executor.reward;

import io.hone.conf.ComponentConfig;
import io.hone.conf.ConfigLoader;
import io.hone.conf.RewardConfig;
import java.util.List;
import java.util.Map;

/** Rewards and samples as tests write them. */
final class RewardYaml {
  private RewardYaml() {}

  static RewardConfig rewards(String yaml) {
    return ConfigLoader.parse(RewardConfig.class, "reward.yaml", yaml, List.of()).config();
  }

  /** A scorer by its options in a row: {@code type: count, text: dog}. */
  static Scorer scorer(String options) {
    ComponentConfig component =
        rewards("components: [{name: it, " + options + "}]").components().get(0);
    return ((ScorerType<?>) ComponentTypes.load().of(component)).create(component.options());
  }

  static Sample sample(String completion) {
    return sample(completion, Map.of());
  }

  static Sample sample(String completion, Map<String, Object> columns) {
    return Sample.ofText("prompt-1", "Say something.", completion, columns);
  }

  static Sample answered(String completion, Object answer) {
    return sample(completion, Map.of("answer", answer));
  }
}
