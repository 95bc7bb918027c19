package io.hone.executor.reward.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class NgramsTest {
  private static Map<List<Integer>, Integer> counts(List<Integer> tokens, int order) {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    for (int start = 0; start + order <= tokens.size(); start++) {
      counts.merge(tokens.subList(start, start + order), 1, Integer::sum);
    }
    return counts;
  }

  private static int[] array(List<Integer> tokens) {
    return tokens.stream().mapToInt(Integer::intValue).toArray();
  }

  @Property
  void matchesAreClippedByTheGreatestCountOfAReference(
      @ForAll @Size(max = 30) List<@IntRange(max = 2) Integer> hypothesis,
      @ForAll @Size(min = 1, max = 3)
          List<@Size(max = 30) List<@IntRange(max = 3) Integer>> references,
      @ForAll @IntRange(min = 1, max = 6) int maximumOrder) {
    int[] expected = new int[maximumOrder];
    for (int order = 1; order <= maximumOrder; order++) {
      Map<List<Integer>, Integer> greatest = new HashMap<>();
      for (List<Integer> reference : references) {
        counts(reference, order).forEach((ngram, count) -> greatest.merge(ngram, count, Math::max));
      }
      for (Map.Entry<List<Integer>, Integer> found : counts(hypothesis, order).entrySet()) {
        expected[order - 1] += Math.min(found.getValue(), greatest.getOrDefault(found.getKey(), 0));
      }
    }

    assertThat(
            Ngrams.matches(
                array(hypothesis),
                references.stream().map(NgramsTest::array).toList(),
                maximumOrder))
        .as(Arrays.toString(expected))
        .isEqualTo(expected);
  }

  @Property
  void distinctNgramsAreThoseOfAMap(
      @ForAll @Size(max = 40) List<@IntRange(max = 2) Integer> tokens,
      @ForAll @IntRange(min = 1, max = 6) int order) {
    Map<List<Integer>, Integer> counts = counts(tokens, order);
    assertThat(Ngrams.distinct(array(tokens), order)).isEqualTo(counts.size());
    assertThat(DistinctNgrams.share(array(tokens), order))
        .isEqualTo(counts.isEmpty() ? 1 : (double) counts.size() / (tokens.size() - order + 1));
  }
}
