package io.hone.executor.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.Default;
import io.hone.conf.Doc;
import io.hone.conf.UserException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scorers that are found on the class path, as those of a jar are. */
class ScorerProviderTest {
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @TempDir private Path directory;

  /** The options of a user. */
  @Doc("How often a letter stands in the completion.")
  public record LetterOptions(@Doc("The letter.") @Default("e") String letter) {}

  /** The provider of a user. */
  public static class Letters implements ScorerProvider<LetterOptions> {
    @Override
    public String type() {
      return "letters";
    }

    @Override
    public Class<LetterOptions> options() {
      return LetterOptions.class;
    }

    @Override
    public Scorer create(LetterOptions options) {
      return sample -> {
        if (sample.completion().isEmpty()) {
          throw new IllegalStateException("nothing to count");
        }
        return Score.of(
            sample.completion().chars().filter(c -> c == options.letter().charAt(0)).count());
      };
    }
  }

  /** A provider whose name is taken. */
  public static class Taken extends Letters {
    @Override
    public String type() {
      return "bleu";
    }
  }

  private void provide(String... classes) throws IOException {
    Path services = Files.createDirectories(directory.resolve("META-INF/services"));
    Files.write(services.resolve(ScorerProvider.class.getName()), java.util.List.of(classes));
    Thread.currentThread()
        .setContextClassLoader(new URLClassLoader(new URL[] {directory.toUri().toURL()}, before));
  }

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void aScorerOfAnotherJarIsATypeLikeOthers() throws IOException {
    provide(Letters.class.getName());
    Scorer scorer = RewardYaml.scorer("type: letters, letter: b");
    assertThat(scorer.score(RewardYaml.sample("abba"))).isEqualTo(Score.of(2));
    assertThat(scorer.score(RewardYaml.sample("")).reason())
        .isEqualTo("letters failed: java.lang.IllegalStateException: nothing to count");
    assertThatThrownBy(() -> RewardYaml.scorer("type: letters, lettre: b"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("did you mean 'letter'");
    assertThatThrownBy(() -> RewardYaml.scorer("type: leters"))
        .hasMessageContaining("did you mean 'letters'");
  }

  @Test
  void itScoresStepsToo() throws IOException {
    provide(Letters.class.getName());
    Reward reward =
        RewardFunction.of(
                RewardYaml.rewards(
                    "components: [{name: it, type: process, shaping: none, scorer: {type: letters}}]"))
            .score(java.util.List.of(RewardYaml.sample("ee\ne")))
            .get(0);
    assertThat(reward.value()).isEqualTo(3);
  }

  @Test
  void aNameThatIsTakenIsRefused() throws IOException {
    provide(Taken.class.getName());
    assertThatThrownBy(() -> RewardYaml.scorer("type: bleu"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'bleu', the type of")
        .hasMessageContaining("is one of Hone already");
  }

  @Test
  void aClassThatIsNotThereIsNamed() throws IOException {
    provide("com.example.Missing");
    assertThatThrownBy(() -> RewardYaml.scorer("type: bleu"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("com.example.Missing");
  }
}
