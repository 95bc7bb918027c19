package io.hone.kernels.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private static Layout layout(Family family, boolean tied) {
    return Layout.of(Architecture.standard(family, 99, 48, 80, 2, 6, 2, 10, 64, 1e4, tied));
  }

  private static List<String> firstLayer(Layout layout) {
    return layout.tensors().stream()
        .map(TensorSpec::name)
        .filter(name -> name.startsWith("model.layers.0."))
        .map(name -> name.substring("model.layers.0.".length()))
        .toList();
  }

  @Test
  void orderIsThatOfTheContract() {
    assertThat(firstLayer(layout(Family.QWEN2, true)))
        .containsExactly(
            "input_layernorm.weight",
            "self_attn.q_proj.weight",
            "self_attn.k_proj.weight",
            "self_attn.v_proj.weight",
            "self_attn.q_proj.bias",
            "self_attn.k_proj.bias",
            "self_attn.v_proj.bias",
            "self_attn.o_proj.weight",
            "post_attention_layernorm.weight",
            "mlp.gate_proj.weight",
            "mlp.up_proj.weight",
            "mlp.down_proj.weight");
    assertThat(firstLayer(layout(Family.QWEN3, true)))
        .containsSubsequence(
            "self_attn.v_proj.weight",
            "self_attn.q_norm.weight",
            "self_attn.k_norm.weight",
            "self_attn.o_proj.weight");
    assertThat(layout(Family.LLAMA, true).tensors())
        .first()
        .extracting(TensorSpec::name)
        .isEqualTo("model.embed_tokens.weight");
    assertThat(layout(Family.LLAMA, true).tensors())
        .last()
        .extracting(TensorSpec::name)
        .isEqualTo("model.norm.weight");
    assertThat(layout(Family.LLAMA, false).tensors())
        .last()
        .extracting(TensorSpec::name)
        .isEqualTo("lm_head.weight");
  }

  @Test
  void tensorsFollowEachOtherWithoutGaps() {
    for (Family family : Family.values()) {
      Layout layout = layout(family, false);
      long offset = 0;
      for (TensorSpec tensor : layout.tensors()) {
        assertThat(tensor.offset()).as(tensor.toString()).isEqualTo(offset);
        offset = tensor.end();
      }
      assertThat(layout.size()).isEqualTo(offset);
    }
  }

  @Test
  void shapesFollowHeadsNotHiddenSize() {
    Layout layout = layout(Family.LLAMA, true);
    assertThat(layout.tensor("model.layers.1.self_attn.q_proj.weight").shape())
        .containsExactly(60, 48);
    assertThat(layout.tensor("model.layers.1.self_attn.k_proj.weight").shape())
        .containsExactly(20, 48);
    assertThat(layout.tensor("model.layers.1.self_attn.o_proj.weight").shape())
        .containsExactly(48, 60);
    assertThat(layout.tensor("model.layers.1.mlp.down_proj.weight").shape())
        .containsExactly(48, 80);
  }

  @Test
  void onlyMatricesDecay() {
    Layout layout = layout(Family.QWEN2, false);
    for (TensorSpec tensor : layout.tensors()) {
      boolean expected = !tensor.name().contains("norm") && !tensor.name().endsWith(".bias");
      assertThat(layout.decays(tensor)).as(tensor.name()).isEqualTo(expected);
    }
  }

  @Test
  void refusesSizesBeyondLongs() {
    int huge = 2_000_000_000;
    Architecture architecture =
        Architecture.standard(Family.LLAMA, huge, huge, huge, 4096, 2, 2, huge, 64, 1e4, true);
    assertThatThrownBy(() -> Layout.of(architecture))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("2^63");
  }
}
