package io.hone.kernels.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatTemplateTest {
  private static final String EACH_CONTENT =
      "{% for message in messages %}<{{ message.content }}>{% endfor %}";

  @TempDir Path directory;

  private static Map<String, Object> message(String role, String content) {
    return Map.of("role", role, "content", content);
  }

  private static String render(String template, String... contents) {
    List<Map<String, Object>> messages =
        java.util.Arrays.stream(contents).map(content -> message("user", content)).toList();
    return new ChatTemplate("test", template, Map.of("bos_token", "<s>", "eos_token", "</s>"))
        .render(messages, false);
  }

  private static void assertFails(String template, String... words) {
    assertThatThrownBy(() -> render(template, "Hi"))
        .isInstanceOf(UserException.class)
        .message()
        .contains("The chat template of test fails")
        .satisfies(message -> assertThat(List.of(words)).allMatch(message::contains));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ 7 * 7 }}",
        "{% if true %}x{% endif %}",
        "{# comment #}",
        "{% raw %}",
        "{%- endfor -%}",
        "}} {{ messages }}",
        "\\{\\{ x \\}\\}",
        "line\n  {{- x -}}  \n",
        "\u0000\u0001\u001b\b\f\u007f\u0085\u2028",
        "'\"\\ \\n \\u0041 $1 %s ${x}",
        "{'a': 1} {{{ }}} {%",
        "false",
        "😀\u00a0",
        ""
      })
  void whatMessagesSayIsNeverEvaluated(String content) {
    assertThat(render(EACH_CONTENT, content)).isEqualTo("<" + content + ">");
    assertThat(render("{{ 'a' + messages[0]['content'] + 'b' }}", content))
        .isEqualTo("a" + content + "b");
    assertThat(render("{% set x = messages[0].content %}{{ x ~ '' }}", content)).isEqualTo(content);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{% if not messages is string %}y{% endif %};y",
        "{% if not 'z' in 'abc' %}y{% endif %};y",
        "{% if not foo is defined %}y{% endif %};y",
        "{% if '' == false %}n{% else %}y{% endif %};y",
        "{% if 'false' %}y{% endif %};y",
        "{{ 1+2 }}{{ 1 if 2 < 3 < 4 }};31",
        "{% set ns = namespace(n=messages|length - 1) %}{{ ns.n }};0",
        "{% for i in [1,2,3][::-1] %}{{ i }}{% endfor %};321",
        "{{ 'a' and 'b' }}{{ '' or 'c' }};bc",
        "{{ 1 == 1 }}{{ 'x' ~ true }};TruexTrue",
        "{{ foo|default(false) or 'd' }};d",
        "{{ ' x '|trim }}{{ ' y '.strip() }};xy",
        "{% generation %}g{% endgeneration %};g",
        "{{ messages[0]|tojson }};{`role`: `user`, `content`: `Hi`}",
        "x {% if true %}y{% endif %} z;x y z",
        "{{ bos_token }}{{ eos_token }};<s></s>",
      })
  void expressionsMeanWhatTheyMeanInJinja2(String template, String expected) {
    Map<String, Object> hi = new java.util.LinkedHashMap<>();
    hi.put("role", "user");
    hi.put("content", "Hi");
    ChatTemplate chat =
        new ChatTemplate("test", template, Map.of("bos_token", "<s>", "eos_token", "</s>"));
    assertThat(chat.render(List.of(hi), false)).isEqualTo(expected.replace('`', '"'));
  }

  @Test
  void oneLineEndAtTheEndGoes() {
    assertThat(render("a\n")).isEqualTo("a");
    assertThat(render("a\n\n")).isEqualTo("a\n");
  }

  @Test
  void failsWithTheTemplatesOwnWords() {
    assertFails("{{ raise_exception('Roles must alternate') }}", "Roles must alternate");
    assertThat(render("{% if false %}{{ raise_exception('x') }}{% endif %}ok")).isEqualTo("ok");
  }

  @Test
  void failsOnWhatIsUndefined() {
    assertFails("{{ 'a' + foo }}", "undefined");
    assertFails("{{ foo.bar }}", "'foo' is undefined");
    assertFails("{{ messages[0].nope.nope }}", "undefined");
    assertFails("{{ messages[99].role }}", "undefined");
    assertFails("{{ 'x'|nofilter }}", "nofilter");
    assertFails("{{ nofunction() }}", "nofunction");
    assertFails("{{ strftime_now('%Y') }}", "strftime_now");
    assertFails("{{ 'x'.nomethod() }}", "nomethod");
    assertFails("{% nosuchtag %}", "nosuchtag");
    assertThat(render("{{ foo }}{% if foo %}x{% endif %}")).isEmpty();
  }

  @Test
  void failsOnSyntaxErrors() {
    assertFails("{{ 'unclosed }}");
    assertFails("{% if true %}unclosed");
    assertFails("{% for m in messages if m.role %}{% endfor %}", "condition");
    assertFails("{% for m in messages %}{% else %}{% endfor %}", "else");
    assertFails("{{ 1 + }}");
  }

  @Test
  void cannotReachFilesClassesOrOtherTemplates() {
    assertFails("{% include 'application.conf' %}");
    assertFails("{% import 'x' as y %}");
    assertFails("{% extends 'x' %}");
    assertFails("{{ '{{ 1 }}'|render }}");
    assertFails("{{ 'x'.getClass() }}", "getClass");
    assertFails("{{ messages.getClass().forName('java.lang.Runtime') }}");
    assertFails("{{ messages[0].class.name }}");
    assertFails("{{ ''.class }}");
    assertFails("{{ 'aaaa'|regex_replace('(a+)+b', '') }}");
    assertFails("{{ today() }}");
    assertFails("{{ ____int3rpr3t3r____.config }}");
  }

  @Test
  void renderingIsBounded() {
    assertFails(
        "{% for a in range(1000) %}{% for b in range(1000) %}{% for c in range(1000) %}"
            + "{% if false %}{% endif %}{% endfor %}{% endfor %}{% endfor %}",
        "steps");
    assertFails(
        "{% set ns = namespace(s='aaaaaaaaaaaaaaaa') %}"
            + "{% for i in range(100) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "beyond 16777216 characters");
    assertFails(
        "{% set ns = namespace(s='aaaaaaaaaaaaaaaa') %}"
            + "{% for i in range(100) %}{% set ns.s = ns.s|replace('a', ns.s) %}{% endfor %}",
        "beyond 16777216 characters");
    assertFails(
        "{% set ns = namespace(l=[1,2,3,4]) %}"
            + "{% for i in range(100) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
        "beyond 65536 elements");
    assertFails("{{ 'a'|center(2000000000) }}");
    assertFails("{% for a in range(100000000) %}{% endfor %}", "65536");
    assertThat(render("{% for a in range(0, 3000, 2) %}a{% endfor %}")).hasSize(1500);
    assertFails("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}");
    assertFails(
        "{% for a in range(60000) %}{% for b in range(60000) %}{% endfor %}{% endfor %}", "steps");
    assertFails("{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}", "nested");
    assertFails("{{ " + "not ".repeat(100_000) + "1 }}", "nested");
    assertThatThrownBy(() -> render("x".repeat(2_000_000)))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("2000000 characters", "at most");
  }

  @Test
  void readsTemplatesFromEveryPlace() throws IOException {
    assertThat(ChatTemplate.read(directory)).isEmpty();
    Path config = directory.resolve("tokenizer_config.json");
    Files.writeString(config, "{\"bos_token\": \"<s>\"}");
    assertThat(ChatTemplate.read(directory)).isEmpty();

    Files.writeString(
        config, "{\"bos_token\": {\"content\": \"<b>\"}, \"chat_template\": \"{{ bos_token }}1\"}");
    assertThat(rendered()).isEqualTo("<b>1");
    Files.writeString(directory.resolve("special_tokens_map.json"), "{\"eos_token\": \"</b>\"}");
    Files.writeString(
        config,
        "{\"chat_template\": [{\"name\": \"rag\", \"template\": \"no\"},"
            + " {\"name\": \"default\", \"template\": \"2{{ eos_token }}\"}]}");
    assertThat(rendered()).isEqualTo("2</b>");
    Files.writeString(
        directory.resolve("chat_template.jinja"), "3{{ messages[0].role }}{{ unk_token }}\n");
    assertThat(rendered()).isEqualTo("3user");
  }

  private String rendered() {
    return ChatTemplate.read(directory).orElseThrow().render(List.of(message("user", "Hi")), true);
  }

  @Test
  void refusesDamagedPlaces() throws IOException {
    Path config = directory.resolve("tokenizer_config.json");
    Files.writeString(config, "{\"chat_template\": [{\"name\": \"rag\", \"template\": \"no\"}]}");
    assertThatThrownBy(() -> ChatTemplate.read(directory))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(config.toString(), "[rag]", "default");
    Files.writeString(config, "{\"chat_template\": 3}");
    assertThatThrownBy(() -> ChatTemplate.read(directory))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("chat_template is 3");
    Files.write(directory.resolve("chat_template.jinja"), new byte[] {(byte) 0xC3, 0x28});
    assertThatThrownBy(() -> ChatTemplate.read(directory))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("chat_template.jinja");
  }

  @Test
  void refusesMessagesWithoutTexts() {
    ChatTemplate template = new ChatTemplate("test", EACH_CONTENT, Map.of());
    Map<String, Object> noContent = new HashMap<>(Map.of("role", "user"));
    assertThatThrownBy(() -> template.render(List.of(message("user", "a"), noContent), false))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll("messages[1]", "content is null");
    noContent.put("content", List.of());
    assertThatThrownBy(() -> template.render(List.of(noContent), false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("content is []");
  }
}
