package io.hone.driver.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import io.hone.driver.data.Prompt;
import io.hone.executor.rollout.PromptGroup;
import io.hone.executor.rollout.RolloutAssignment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromptQueriesTest {
  private static List<Prompt> prompts(String... queries) {
    return Arrays.stream(queries)
        .map(
            query ->
                new Prompt(
                    "id",
                    "text",
                    new int[] {1},
                    query.isEmpty() ? Map.of() : Map.of("q", query),
                    "{}"))
        .toList();
  }

  private static PromptQueries of(List<Prompt> prompts) {
    return PromptQueries.of(prompts, Optional.of("q"), Optional.of("rows.jsonl"));
  }

  @Test
  void rowsOfAQueryNeedNotFollowOneAnother() {
    PromptQueries queries = of(prompts("a", "b", "b", "a"));
    assertThat(queries.count()).isEqualTo(2);
    assertThat(queries.perStep(4)).isEqualTo(2);
    assertThat(queries.prompts(new int[] {1, 0})).containsExactly(1, 2, 0, 3);
  }

  @Test
  void withoutAColumnEveryPromptIsAQuery() {
    PromptQueries queries =
        PromptQueries.of(prompts("a", "a", "b"), Optional.empty(), Optional.empty());
    assertThat(queries.size()).isEqualTo(1);
    assertThat(queries.prompts(new int[] {2, 0})).containsExactly(2, 0);
  }

  @Test
  void aQueryIsNotDealtToTwoTasks() {
    List<Prompt> prompts = prompts("a", "a", "b", "b", "c", "c");
    PromptQueries queries = of(prompts);
    List<PromptGroup> groups =
        PromptGroups.of(prompts, queries.prompts(new int[] {0, 1, 2}), queries.size());
    List<RolloutAssignment> dealt = RolloutAssignment.deal(groups, 2);
    assertThat(dealt.get(0).groups()).extracting(PromptGroup::group).containsExactly(0, 1, 4, 5);
    assertThat(dealt.get(1).groups()).extracting(PromptGroup::group).containsExactly(2, 3);
    assertThat(RolloutAssignment.deal(groups, 8)).hasSize(3);
  }

  @Test
  void refusesQueriesOfDifferentSizes() {
    assertThatThrownBy(() -> of(prompts("a", "a", "b")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("rows.jsonl: query 'b' has 1 rows, but query 'a' has 2");
  }

  @Test
  void refusesRowsWithoutAQueryAndStepsWithoutWholeQueries() {
    assertThatThrownBy(() -> of(prompts("a", "")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("column 'q', which data.query-column names, is missing");
    assertThatThrownBy(() -> of(prompts("a", "a")).perStep(3))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("3 is not a multiple of the 2 rows");
  }
}
