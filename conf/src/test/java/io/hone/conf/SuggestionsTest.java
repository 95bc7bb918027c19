package io.hone.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
  @ParameterizedTest
  @CsvSource({
    "'','',0",
    "abc,abc,0",
    "abc,abd,1",
    "abc,acb,1",
    "abc,ab,1",
    "abc,xabc,1",
    "kitten,sitting,3",
    "ca,abc,3",
    "'',abc,3"
  })
  void distanceCountsEdits(String from, String to, int expected) {
    assertThat(Suggestions.distance(from, to)).isEqualTo(expected);
    assertThat(Suggestions.distance(to, from)).isEqualTo(expected);
  }

  @Test
  void theClosestWordIsSuggestedIfItIsClose() {
    List<String> known = List.of("top-k", "top-p", "temperature");
    assertThat(Suggestions.suggest("temprature", known)).isEqualTo("(did you mean 'temperature'?)");
    assertThat(Suggestions.suggest("top_p", known)).isEqualTo("(did you mean 'top-p'?)");
    assertThat(Suggestions.suggest("beam", known))
        .isEqualTo("(expected one of top-k, top-p, temperature)");
    assertThat(Suggestions.suggest("x", List.of())).isEqualTo("(expected nothing here)");
  }
}
