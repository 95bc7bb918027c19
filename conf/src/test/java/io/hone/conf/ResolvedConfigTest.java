package io.hone.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvedConfigTest {
  @Test
  void everyValueSaysWhereItCameFrom() {
    ResolvedConfig<RunConfig> resolved =
        Yaml.resolve("extends: verl-grpo\n" + Yaml.RUN, "rollout.top-p=0.9", "seed=3");
    assertThat(resolved.origin("run-dir")).hasToString("test.yaml:2");
    assertThat(resolved.origin("reward.components[0].text")).hasToString("test.yaml:11");
    assertThat(resolved.origin("rollout.top-p")).isEqualTo(Origin.COMMAND_LINE);
    assertThat(resolved.origin("rollout.top-k")).isEqualTo(Origin.DEFAULT);
    assertThat(resolved.origin("loss.dual-clip").source()).isEqualTo("preset verl-grpo");
    assertThat(resolved.toYaml())
        .startsWith("# Resolved from test.yaml, which extends preset verl-grpo\n")
        .containsPattern("(?m)^run-dir: runs/dog +# test.yaml:2$")
        .containsPattern("(?m)^seed: 3 +# command line$")
        .containsPattern("(?m)^  top-p: 0.9 +# command line$")
        .containsPattern("(?m)^  top-k: 0 +# default$")
        .containsPattern("(?m)^  dual-clip: 3.0 +# preset verl-grpo:11$")
        .containsPattern("(?m)^    - name: dog +# test.yaml:9$")
        .containsPattern("(?m)^      text: dog +# test.yaml:11$")
        .containsPattern("(?m)^  stop-tokens: \\[] +# default$");
  }

  @Test
  void whatIsWrittenLoadsToTheSame() {
    ResolvedConfig<RunConfig> resolved =
        Yaml.resolve(
            Yaml.RUN,
            "rollout.stop-strings=[\"\\n\\t\", \"#\", 'a: b', on, \"null\", 'é 猫 😀', \"\\e\\L\"]",
            "data.columns={gold: {from: \"x: y\", pattern: '#### \\d+ \"quoted\"'}}",
            "spark.properties.a b: c=yes",
            "reward.components[0].nested=[[1, 2], [], {}, {k: [v]}]");
    ResolvedConfig<RunConfig> again = Yaml.resolve(resolved.toYaml());
    assertThat(withoutOptions(again.config())).isEqualTo(withoutOptions(resolved.config()));
    assertThat(shape(again)).isEqualTo(shape(resolved));
  }

  @Test
  void provenanceIsWrittenInItsOrderAndLoadsToTheSame() {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("spark", "4.1.3");
    provenance.put("hone", "1.0");
    provenance.put("data-fingerprint", "00017");
    provenance.put("a.b c", "null");
    provenance.put("empty", "");
    ResolvedConfig<RunConfig> resolved =
        RunConfig.withProvenance(Yaml.resolve(Yaml.RUN, "rollout.top-p=0.9"), provenance);
    assertThat(resolved.config().provenance()).containsExactlyEntriesOf(provenance);
    assertThat(resolved.origin("provenance.hone")).isEqualTo(Origin.COMPUTED);
    assertThat(resolved.origin("provenance.a.b c")).isEqualTo(Origin.COMPUTED);
    assertThat(resolved.origin("rollout.top-p")).isEqualTo(Origin.COMMAND_LINE);
    assertThat(resolved.toYaml())
        .containsPattern(
            "(?m)^provenance:\\n  spark: 4.1.3 +# computed\\n  hone: 1.0 +# computed\\n");
    ResolvedConfig<RunConfig> again = Yaml.resolve(resolved.toYaml());
    assertThat(again.config().provenance()).containsExactlyEntriesOf(provenance);
    assertThat(withoutOptions(again.config())).isEqualTo(withoutOptions(resolved.config()));
    assertThat(shape(again)).isEqualTo(shape(resolved));
  }

  @Test
  void provenanceChangesNothingElse() {
    ResolvedConfig<RunConfig> plain = Yaml.resolve(Yaml.RUN);
    ResolvedConfig<RunConfig> before = RunConfig.withProvenance(plain, Map.of("hone", "1.0"));
    ResolvedConfig<RunConfig> after = RunConfig.withProvenance(before, Map.of("java", "17"));
    assertThat(after.config().provenance()).containsExactly(Map.entry("java", "17"));
    assertThat(after.sources()).isEqualTo(plain.sources());
    ResolvedConfig<RunConfig> without = RunConfig.withProvenance(after, Map.of());
    assertThat(without.config()).isEqualTo(plain.config());
    assertThat(shape(without)).isEqualTo(shape(plain));
  }

  @Test
  void namesOfFilesStayInTheirComments() {
    String yaml =
        ConfigLoader.parse(RunConfig.class, "a\nseed: 5 #\u2028", Yaml.RUN, List.of()).toYaml();
    assertThat(Yaml.resolve(yaml).config().seed()).isZero();
  }

  @Test
  void anyTextSurvivesBeingWritten() {
    Random random = new Random(5);
    for (int trial = 0; trial < 2000; trial++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(6);
      for (int i = 0; i < length; i++) {
        text.appendCodePoint(
            switch (random.nextInt(4)) {
              case 0 -> random.nextInt(0x80);
              case 1 -> "-:#{}[]&*!|>'\"%@`,? \n~.=<".codePointAt(random.nextInt(25));
              case 2 -> 'a' + random.nextInt(26);
              default -> {
                int point = random.nextInt(0x2FFFF);
                yield point >= 0xD800 && point < 0xE000 ? 'x' : point;
              }
            });
      }
      ConfigNode.Scalar scalar = new ConfigNode.Scalar("k", Origin.DEFAULT, text.toString(), true);
      ConfigNode.Mapping tree =
          new ConfigNode.Mapping("", Origin.DEFAULT, Map.of(text.toString() + "k", scalar));
      String yaml = YamlWriter.write("title", tree);
      ConfigNode.Mapping read = (ConfigNode.Mapping) YamlReader.read("a", yaml);
      assertThat(read.entries()).as(yaml).containsOnlyKeys(text + "k");
      ConfigNode.Scalar value = (ConfigNode.Scalar) read.entries().get(text + "k");
      assertThat(value.text()).as(yaml).isEqualTo(text.toString());
      assertThat(value.isNull()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.properties.spark.hadoop.fs.s3a.secret.key",
        "spark.properties.spark.hadoop.fs.s3a.access.key",
        "spark.properties.spark.ssl.keyPassword",
        "spark.properties.spark.hadoop.fs.azure.account.key.x",
        "reward.components[0].api-key",
        "reward.components[0].apiKey",
        "reward.components[0].headers.Authorization",
        "reward.components[0].auth-token",
        "reward.components[0].credentials.user"
      })
  void secretsAreNeverWritten(String key) {
    ResolvedConfig<RunConfig> resolved = Yaml.resolve(Yaml.RUN, key + "=hunter2");
    assertThat(resolved.toYaml()).contains(Secrets.HIDDEN).doesNotContain("hunter2");
    assertThat(resolved.tree().nearest(key).describe()).doesNotContain("hunter2");
  }

  @Test
  void passwordsInAddressesAreNeverWritten() {
    assertThat(Yaml.resolve(Yaml.RUN, "data.path=https://me:hunter2@host/x").toYaml())
        .contains("https://me:********@host/x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rollout.stop-tokens",
        "rollout.max-new-tokens",
        "training.tokens-per-micro-batch",
        "eval.pass-threshold",
        "loss.aggregation"
      })
  void ordinaryOptionsAreNoSecrets(String key) {
    assertThat(Secrets.hide(key, "v")).isEqualTo("v");
  }

  @Test
  void rewardAndRolloutGoToExecutors() throws Exception {
    RunConfig run = Yaml.run();
    for (Object sent : List.of(run.reward(), run.rollout(), run.advantage())) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(sent);
      }
      ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()));
      assertThat(in.readObject()).isEqualTo(sent);
    }
  }

  /** Options of scorers know their lines, which differ between the two files. */
  private static RunConfig withoutOptions(RunConfig run) {
    return new RunConfig(
        run.algorithm(),
        run.runDir(),
        run.seed(),
        run.model(),
        run.data(),
        run.rollout(),
        new RewardConfig(List.of()),
        run.advantage(),
        run.loss(),
        run.preference(),
        run.lora(),
        run.critic(),
        run.optimizer(),
        run.training(),
        run.eval(),
        run.checkpoint(),
        run.spark(),
        run.provenance());
  }

  private static String shape(ResolvedConfig<RunConfig> resolved) {
    return YamlWriter.write("", resolved.tree()).replaceAll("(?m) +# .*$", "");
  }
}
