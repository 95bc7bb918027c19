package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScorersTest {
  @Test
  void namesAreUniqueAndInOrder() {
    List<String> names = Scorers.TYPES.stream().map(ScorerType::name).toList();

    assertThat(names).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void anUnknownTypeIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> scorer("type: numbermatch"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "reward.yaml:1: components[0]: 'numbermatch' is no type of component (did you mean"
                + " 'number-match'?)");
    assertThatThrownBy(() -> scorer("type: judge"))
        .hasMessageContaining("(expected one of aggregate, batch-normalization, bleu,");
  }

  @Test
  void anUnknownOptionIsRefused() {
    assertThatThrownBy(() -> scorer("type: count, text: dog, caps: 4"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("components[0].caps")
        .hasMessageContaining("did you mean 'cap'?");
  }
}
