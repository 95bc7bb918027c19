package io.hone.executor.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import org.junit.jupiter.api.Test;

class TaskOutcomeTest {
  @Test
  void carriesAResult() {
    assertThat(TaskOutcome.of(() -> "result").get()).isEqualTo("result");
  }

  @Test
  void carriesAUserErrorAsItsMessage() {
    TaskOutcome<String> outcome =
        TaskOutcome.of(
            () -> {
              throw new UserException("rows.jsonl:7: too long");
            });
    assertThat(outcome).isEqualTo(new TaskOutcome.Refused<>("rows.jsonl:7: too long"));
    assertThatThrownBy(outcome::get)
        .isInstanceOf(UserException.class)
        .hasMessage("rows.jsonl:7: too long");
  }

  @Test
  void letsOtherFailuresPassForSparkToRetry() {
    assertThatThrownBy(
            () ->
                TaskOutcome.of(
                    () -> {
                      throw new IllegalStateException("executor lost");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }
}
