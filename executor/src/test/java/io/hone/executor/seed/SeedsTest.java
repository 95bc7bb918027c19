package io.hone.executor.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SeedsTest {
  /** Numbers of another implementation, in Python, of what the class describes. */
  @Test
  void seedsStayWhatTheyAre() {
    assertThat(Seeds.sample(0, 0, "", 0, 0, 0)).isEqualTo(5480634934997779670L);
    assertThat(Seeds.sample(42, 7, "question-é-\uD83D\uDE00", 1, 2, 3))
        .isEqualTo(-8223517625177705470L);
    assertThat(Seeds.evaluation(42, "question", 0, 3)).isEqualTo(1248145753868369772L);
    assertThat(Seeds.dataOrder(42, 3)).isEqualTo(3052598157904366800L);
    assertThat(Seeds.miniBatches(42, 7, 1)).isEqualTo(-4792710044786484292L);
    assertThat(Seeds.generation(42, 7, 3)).isEqualTo(-4192120805955373524L);
    assertThat(Seeds.generation(-1, 1_000_000_000_000L, 0)).isEqualTo(-6165257086410029909L);
    assertThat(Seeds.example(42, 7, 5)).isEqualTo(-8493612666800952977L);
    assertThat(Seeds.dropout(-9, 3)).isEqualTo(1870165175333242850L);
    assertThat(Seeds.permutation(10, 42)).containsExactly(3, 8, 4, 2, 9, 5, 7, 1, 0, 6);
  }

  @Test
  void everyPartOfAnIdentityMatters() {
    assertThat(
            Set.of(
                Seeds.sample(1, 2, "p", 3, 4, 5),
                Seeds.sample(9, 2, "p", 3, 4, 5),
                Seeds.sample(1, 9, "p", 3, 4, 5),
                Seeds.sample(1, 2, "q", 3, 4, 5),
                Seeds.sample(1, 2, "p", 9, 4, 5),
                Seeds.sample(1, 2, "p", 3, 9, 5),
                Seeds.sample(1, 2, "p", 3, 4, 9),
                Seeds.sample(2, 1, "p", 3, 4, 5),
                Seeds.sample(1, 2, "p", 4, 3, 5),
                Seeds.evaluation(1, "p", 3, 5),
                Seeds.dataOrder(1, 2),
                Seeds.miniBatches(1, 2, 0),
                Seeds.generation(1, 2, 0),
                Seeds.generation(2, 1, 0),
                Seeds.generation(1, 0, 2),
                Seeds.example(1, 2, 0),
                Seeds.example(1, 0, 2),
                Seeds.dropout(1, 2),
                Seeds.dropout(2, 1)))
        .hasSize(19);
  }

  @Test
  void noTwoOfAMillionNeighboursCollide() {
    Set<Long> seeds = new HashSet<>();
    for (int step = 0; step < 20; step++) {
      for (int prompt = 0; prompt < 100; prompt++) {
        for (int occurrence = 0; occurrence < 4; occurrence++) {
          for (int refill = 0; refill < 4; refill++) {
            for (int sample = 0; sample < 32; sample++) {
              seeds.add(Seeds.sample(1, step, "prompt-" + prompt, occurrence, refill, sample));
            }
          }
        }
      }
    }
    assertThat(seeds).hasSize(20 * 100 * 4 * 4 * 32);
  }

  @Test
  void textsThatNearlyAgreeDiffer() {
    Set<Long> seeds = new HashSet<>();
    String[] texts = {
      "", "\0", "\0\0", "\0\0\0\0", "\0\0\0\0\0", "a", "a\0", "\0a", "aaaa", "aaaaa"
    };
    for (String text : texts) {
      seeds.add(Seeds.sample(0, 0, text, 0, 0, 0));
    }
    assertThat(seeds).hasSize(texts.length);
  }

  @Test
  void oneBitOfAnIdentityTurnsHalfOfTheSeed() {
    int turned = 0;
    int pairs = 0;
    for (int sample = 0; sample < 500; sample++) {
      for (int bit = 0; bit < 10; bit++) {
        long before = Seeds.sample(1, 1, "p", 0, 0, sample);
        long after = Seeds.sample(1, 1, "p", 0, 0, sample ^ (1 << bit));
        turned += Long.bitCount(before ^ after);
        pairs++;
      }
    }
    assertThat(turned / (double) pairs).isCloseTo(32, within(0.5));
  }

  @Property
  void aPermutationHasEveryIndexOnce(@ForAll @IntRange(max = 300) int size, @ForAll long seed) {
    int[] order = Seeds.permutation(size, seed);

    assertThat(order).isEqualTo(Seeds.permutation(size, seed));
    assertThat(Arrays.stream(order).sorted().toArray())
        .isEqualTo(IntStream.range(0, size).toArray());
  }

  @Test
  void permutationsAreEquallyLikely() {
    int[] counts = new int[27];
    int draws = 60_000;
    for (int draw = 0; draw < draws; draw++) {
      int[] order = Seeds.permutation(3, Seeds.dataOrder(5, draw));
      counts[order[0] * 9 + order[1] * 3 + order[2]]++;
    }
    // Five standard deviations of a share of one sixth.
    double slack = 5 * Math.sqrt(draws * (1 / 6.0) * (5 / 6.0));
    assertThat(Arrays.stream(counts).filter(count -> count > 0).boxed())
        .hasSize(6)
        .allSatisfy(count -> assertThat((double) count).isCloseTo(draws / 6.0, within(slack)));
  }

  @Test
  void aNegativeSizeIsRefused() {
    assertThatThrownBy(() -> Seeds.permutation(-1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("size is -1");
  }
}
