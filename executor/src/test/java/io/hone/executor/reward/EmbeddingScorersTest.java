package io.hone.executor.reward;

import static io.hone.executor.reward.RewardYaml.answered;
import static io.hone.executor.reward.RewardYaml.sample;
import static io.hone.executor.reward.RewardYaml.scorer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.hone.conf.UserException;
import io.hone.executor.reward.embedding.CheckpointEmbedding;
import io.hone.executor.reward.metric.Bmas;
import io.hone.executor.reward.metric.Cosine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingScorersTest {
  @TempDir private static Path directory;
  private static String embeddings;

  @BeforeAll
  static void writeCheckpoint() {
    embeddings = ", embeddings: '" + TinyCheckpoint.write(directory.resolve("tiny")) + "'";
  }

  @Test
  void similarityOfHashedWords() {
    Scorer scorer = scorer("type: embedding-similarity");

    assertThat(scorer.score(answered("The cat sat.", "sat the CAT")).value())
        .isCloseTo(1, within(1e-7));
    // Two of three words in common.
    assertThat(scorer.score(answered("the cat sat", "the dog sat")).value())
        .isCloseTo(2 / 3.0, within(1e-7));
    assertThat(scorer.score(answered("dog", List.of("cat", "dog cat"))).value())
        .isCloseTo(Math.sqrt(0.5), within(1e-7));
    assertThat(scorer.score(answered("", "cat"))).isEqualTo(Score.of(0));
    assertThat(scorer.score(answered("cat", " ")).valid()).isFalse();
    // One dimension: all words are the same.
    assertThat(
            scorer("type: embedding-similarity, dimensions: 1").score(answered("x", "y")).value())
        .isEqualTo(1);
  }

  @Test
  void similarityByTheEmbeddingsOfACheckpoint() {
    Scorer scorer = scorer("type: embedding-similarity" + embeddings);
    CheckpointEmbedding embedding = CheckpointEmbedding.of(directory.resolve("tiny"));

    assertThat(scorer.score(answered("ab", "ba"))).isEqualTo(Score.of(1));
    assertThat(scorer.score(answered("ab", "bc")).value())
        .isEqualTo(Cosine.of(embedding.vector("ab"), embedding.vector("bc")))
        .isBetween(-1.0, 0.999);
  }

  @Test
  void bmasOfTheFirstTokens() {
    Scorer scorer = scorer("type: bmas" + embeddings);
    Scorer three = scorer("type: bmas, maximum-tokens: 3" + embeddings);
    CheckpointEmbedding embedding = CheckpointEmbedding.of(directory.resolve("tiny"));

    assertThat(scorer.score(answered("abc", "cabba")).value()).isCloseTo(1, within(1e-12));
    assertThat(scorer.score(answered("ab", "cc")).value())
        .isEqualTo(Bmas.score(embedding.rows("ab", 9), embedding.rows("cc", 9)))
        .isLessThan(0.999);
    assertThat(three.score(answered("abccc", "abcaa")).value()).isCloseTo(1, within(1e-12));
    assertThat(three.score(answered("abccc", "bbbcc")).value()).isLessThan(0.999);
    assertThat(scorer.score(answered("", "abc"))).isEqualTo(Score.of(0));
    assertThat(scorer.score(sample("abc")).valid()).isFalse();
  }

  @Test
  void aDirectoryThatIsNoCheckpointIsRefusedAtOnce() {
    assertThatThrownBy(() -> scorer("type: bmas, embeddings: '" + directory.resolve("none") + "'"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none");
    assertThatThrownBy(() -> scorer("type: bmas")).hasMessageContaining("embeddings");
    assertThatThrownBy(() -> scorer("type: embedding-similarity, dimensions: 2" + embeddings))
        .hasMessageContaining("dimensions: has no effect");
  }

  @Test
  void openEndedRelevanceIsRegularized() {
    Scorer scorer = scorer("type: relevance-r3");
    String prompt = "Say something."; // of every sample here

    // Relevance 1, two words of 100, nothing said twice.
    assertThat(scorer.score(sample(prompt)).value()).isCloseTo(0.02, within(1e-8));
    // A longer copy: relevance 1, 12 words, 10 trigrams of which 2 are different.
    assertThat(scorer.score(sample((prompt + " ").repeat(6))).value())
        .isCloseTo(0.12 * 0.2, within(1e-8));
    // Relevance 1/sqrt(2 * 4): one word of two, among four different ones; 4 words.
    assertThat(scorer.score(sample("Anything else, or something")).value())
        .isCloseTo(Math.sqrt(1 / 8.0) * 0.04, within(1e-8));
    assertThat(scorer.score(sample(""))).isEqualTo(Score.of(0));
    assertThat(scorer.score(Sample.ofText("p", " ", "a", Map.of())).reason())
        .contains("the prompt is blank");
  }

  @Test
  void lengthHasItsScaleAndBound() {
    String text = "Say something. ".repeat(2);

    assertThat(scorer("type: relevance-r3, words: 10").score(sample(text)).value())
        .isCloseTo(0.4, within(1e-8));
    assertThat(
            scorer("type: relevance-r3, words: 10, maximum-words: 3").score(sample(text)).value())
        .isCloseTo(0.3, within(1e-8));
  }

  @Test
  void closedQueriesAreComparedWithTheAnswer() {
    String options = "type: relevance-r3, query-type: kind, ";
    Scorer scorer = scorer(options + "minimum-relevance: 0.5, maximum-relevance: 0.75");

    // Relevance 2/3, scaled.
    assertThat(scorer.score(query("closed", "the cat sat", "the dog sat")).value())
        .isCloseTo((2 / 3.0 - 0.5) / 0.25, within(1e-6));
    assertThat(scorer.score(query("closed", "the dog sat", "the dog sat")).value()).isEqualTo(1);
    assertThat(scorer.score(query("closed", "a b c a b c", "a b c")).value()).isEqualTo(0.75);
    assertThat(scorer.score(query("closed", "x", "y"))).isEqualTo(Score.of(0));
    // Anything else is open-ended, and has nothing in common with the prompt.
    assertThat(scorer.score(query("open-ended", "the dog sat", "the dog sat")))
        .isEqualTo(Score.of(0));
    assertThat(scorer.score(RewardYaml.sample("a", Map.of("kind", "closed"))).reason())
        .contains("column 'answer' is missing");
    assertThatThrownBy(() -> scorer("type: relevance-r3, minimum-relevance: 1"))
        .hasMessageContaining("maximum-relevance: 1.0 is not greater than minimum-relevance 1.0");
  }

  private static Sample query(String kind, String completion, String answer) {
    return RewardYaml.sample(completion, Map.of("kind", kind, "answer", answer));
  }
}
