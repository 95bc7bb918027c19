package io.hone.driver.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.executor.gradient.TokenSequence;
import java.util.List;
import org.junit.jupiter.api.Test;

class KtoDivergenceTest {
  private static final List<TokenSequence> ROWS =
      List.of(
          new TokenSequence(new int[] {1, 2, 30, 31}, 2),
          new TokenSequence(new int[] {3, 40}, 1),
          new TokenSequence(new int[] {4, 5, 6, 50, 51, 52}, 3));

  @Test
  void eachPromptGetsTheCompletionOfTheRowBefore() {
    List<TokenSequence> mismatched = KtoDivergence.mismatched(ROWS, 10);
    assertThat(mismatched)
        .extracting(TokenSequence::tokenIds)
        .containsExactly(
            new int[] {1, 2, 50, 51, 52}, new int[] {3, 30, 31}, new int[] {4, 5, 6, 40});
    assertThat(mismatched).extracting(TokenSequence::promptLength).containsExactly(2, 1, 3);
  }

  @Test
  void whatTheModelCannotReadIsCut() {
    assertThat(KtoDivergence.mismatched(ROWS, 4))
        .extracting(TokenSequence::tokenIds)
        .containsExactly(new int[] {1, 2, 50, 51}, new int[] {3, 30, 31}, new int[] {4, 5, 6, 40});
  }
}
