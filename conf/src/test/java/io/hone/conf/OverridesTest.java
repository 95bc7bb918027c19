package io.hone.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverridesTest {
  @Test
  void scalarsAreTakenToTheLetter() {
    RunConfig run =
        Yaml.run(
            "rollout.temperature=0.5",
            "run-dir=runs/a=b: #1",
            "data.prompt-template={question} [\"x",
            "rollout.temperature=0.25");
    assertThat(run.rollout().temperature().value()).isEqualTo(0.25);
    assertThat(run.runDir()).contains("runs/a=b: #1");
    assertThat(run.data().promptTemplate()).contains("{question} [\"x");
  }

  @Test
  void listsAndMapsAreYaml() {
    RunConfig run =
        Yaml.run(
            "rollout.stop-tokens=[1, 2]",
            "rollout.stop-strings=[\"\\n\"]",
            "data.columns={gold: {from: answer, pattern: '#### (.*)'}}",
            "reward.components=[{name: x, type: y, tags: [a]}]");
    assertThat(run.rollout().stopTokens()).containsExactly(1, 2);
    assertThat(run.rollout().stopStrings()).containsExactly("\n");
    assertThat(run.data().columns().get("gold").from()).isEqualTo("answer");
    assertThat(run.reward().components()).extracting(ComponentConfig::name).containsExactly("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"reward.components[0].weight=2", "reward.components.0.weight=2"})
  void itemsAreReachedByIndex(String override) {
    assertThat(Yaml.run(override).reward().components().get(0).weight().value()).isEqualTo(2);
  }

  @Test
  void keysWithDotsEndThePath() {
    RunConfig run =
        Yaml.run(
            "spark.properties.spark.executor.memory=4g",
            "data.columns.gold.from=answer",
            "data.columns.gold.pattern=(.*)");
    assertThat(run.spark().properties()).isEqualTo(Map.of("spark.executor.memory", "4g"));
    assertThat(run.data().columns()).containsOnlyKeys("gold");
  }

  @Test
  void optionsOfScorersAreReached() {
    RunConfig run =
        Yaml.run(
            "reward.components[0].text=cat",
            "reward.components[0].tags=[a, b]",
            "reward.components[0].deep.er=1",
            "reward.components[0].tags[1]=c");
    ConfigNode options = run.reward().components().get(0).options();
    assertThat(options.nearest("text").describe()).isEqualTo("'cat'");
    assertThat(options.nearest("tags[1]").describe()).isEqualTo("'c'");
    assertThat(options.nearest("deep.er").describe()).isEqualTo("'1'");
  }

  @Test
  void nothingMeansTheDefault() {
    assertThat(Yaml.run("run-dir=", "rollout.top-k=null"))
        .satisfies(run -> assertThat(run.runDir()).isEmpty())
        .satisfies(run -> assertThat(run.rollout().topK()).isZero());
  }

  @Test
  void listsWhereNoneBelongAreLeftForTheBinder() {
    assertThatThrownBy(() -> Yaml.run("model=[1]", "model[0]=2"))
        .hasMessage("command line: model: a list stands where a map of options must be");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          rollout.temprature=1 | rollout.temprature: unknown key (did you mean 'temperature'?)
          rolout.top-k=1       | rolout: unknown key (did you mean 'rollout'?)
          rollout.top-k=x      | rollout.top-k: 'x' is not a whole number of 32 bits
          rollout.top-k.x=1    | rollout.top-k: a map stands where a whole number of 32 bits must be
          rollout..x=1         | rollout: '.x' begins with no key of a map
          .=1                  | '.' begins with no key of a map
          [0]=1                | '[0]' begins with no key of a map
          model[0]=1           | model: '[0]' begins with no key of a map
          rollout.x[0=1        | rollout.x: '[0' begins with no key of a map
          model=[1]            | model: a list stands where a map of options must be
          model=x              | model: 'x' stands where a map of options must be
          model.path.x=1       | model.path: 'models/stories260K' holds no options
          reward.components[1].weight=1 | reward.components[1]: the list holds 1 (expected
          reward.components[-1].weight=1 | reward.components: '[-1].weight' begins with no index
          reward.components.weight=1 | reward.components: 'weight' begins with no index
          reward.components[9999999999]=1 | reward.components: '[9999999999]' begins with no index
          rollout.stop-tokens[0]=1 | rollout.stop-tokens[0]: the list holds 0 (expected an index
          rollout.stop-tokens=[1 | rollout.stop-tokens: cannot be read as YAML
          rollout.temperature  | 'rollout.temperature' is no override (expected key=value)
          =1                   | '=1' is no override (expected key=value)
          extends=sft          | extends: can only be said in a file
          """)
  void whatCannotBeSetIsNamed(String override, String message) {
    assertThatThrownBy(() -> Yaml.run(override))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("command line: ")
        .hasMessageContaining(message);
  }
}
