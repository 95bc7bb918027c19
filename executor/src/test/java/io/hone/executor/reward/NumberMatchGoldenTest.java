package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Answers of GSM8K, judged by others. */
class NumberMatchGoldenTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> MODELS =
      List.of("6b_finetuning", "6b_verification", "175b_finetuning", "175b_verification");

  @Test
  void agreesWithEveryJudgementOfModelSolutions() throws IOException {
    Scorer scorer =
        RewardYaml.scorer("type: number-match, pattern: 'A:(.*)', reference: ground_truth");
    int judged = 0;
    for (String line : lines("model_solutions.jsonl")) {
      JsonNode row = JSON.readTree(line);
      String truth = row.get("ground_truth").asText();
      for (String model : MODELS) {
        String solution = row.get(model).get("solution").asText();
        Score score = scorer.score(RewardYaml.sample(solution, Map.of("ground_truth", truth)));

        assertThat(score.valid()).as(truth).isTrue();
        assertThat(score.value() == 1)
            .as(solution)
            .isEqualTo(row.get(model).get("is_correct").asBoolean());
        assertThat(score.confidence()).as(solution).isEqualTo(solution.contains("A:") ? 1 : 0);
        judged++;
      }
    }
    assertThat(judged).isEqualTo(2_800);
  }

  @Test
  void everyReferenceAnswersItself() throws IOException {
    Scorer scorer = RewardYaml.scorer("type: number-match, pattern: '#### (-?[0-9.,]+)'");
    for (String file : List.of("train.jsonl", "test.jsonl")) {
      for (String line : lines(file)) {
        String answer = JSON.readTree(line).get("answer").asText();
        String number = answer.substring(answer.lastIndexOf("#### ") + 5);

        assertThat(scorer.score(RewardYaml.answered(answer, answer)))
            .as(answer)
            .isEqualTo(Score.of(1));
        assertThat(scorer.score(RewardYaml.answered("#### " + number.replace(",", ""), number)))
            .as(answer)
            .isEqualTo(Score.of(1));
      }
    }
  }

  private static List<String> lines(String name) throws IOException {
    Path file = Path.of(System.getProperty("hone.data.dir", "../../shared/data"), "gsm8k", name);
    assumeTrue(Files.exists(file), () -> file + " is absent: set -Dhone.data.dir");
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !line.isBlank()).toList();
    }
  }
}
