package io.hone.kernels.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/** The one place that makes DJL's tokenizers. */
final class NativeTokenizers {
  /**
   * DJL truncates at 512 tokens and pads unless told otherwise; here a text's tokens are all its
   * tokens and nothing else.
   */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "truncation", "false",
          "padding", "false",
          "modelMaxLength", Integer.toString(Integer.MAX_VALUE));

  static {
    // The library for CPUs is in the jar. Where DJL finds a GPU it would download another one, and
    // it reports its first
    // use over the network; DJL reads these properties where the environment does not say.
    setDefault("RUST_FLAVOR", "cpu");
    setDefault("OPT_OUT_TRACKING", "true");
  }

  private NativeTokenizers() {}

  static HuggingFaceTokenizer create(byte[] json) throws IOException {
    return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS);
  }

  private static void setDefault(String name, String value) {
    if (System.getenv(name) == null && System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
