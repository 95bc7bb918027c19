package io.hone.kernels.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * The tokenizer of a checkpoint: Hugging Face's own, by its {@code tokenizer.json}, without
 * truncation or padding. Safe for use by several threads.
 */
public final class Tokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;
  private final int size;
  private final OptionalInt beginTokenId;
  private final OptionalInt endTokenId;
  private final OptionalInt padTokenId;

  private Tokenizer(HuggingFaceTokenizer tokenizer, Vocabulary vocabulary, SpecialTokens special) {
    this.tokenizer = tokenizer;
    this.size = vocabulary.size();
    this.beginTokenId = special.id(SpecialTokens.BEGIN, vocabulary);
    this.endTokenId = special.id(SpecialTokens.END, vocabulary);
    this.padTokenId = special.id(SpecialTokens.PAD, vocabulary);
  }

  /**
   * Opens the tokenizer of a checkpoint directory and checks that the model has a row for each of
   * its tokens.
   *
   * @throws UserException if {@code tokenizer.json} is missing, damaged, or has more tokens than
   *     the architecture
   */
  public static Tokenizer open(Path directory, Architecture architecture) {
    Vocabulary vocabulary = Vocabulary.read(directory);
    vocabulary.requireFits(architecture);
    SpecialTokens special = SpecialTokens.read(directory);
    try {
      byte[] json = Files.readAllBytes(vocabulary.file());
      return new Tokenizer(NativeTokenizers.create(json), vocabulary, special);
    } catch (IOException | RuntimeException e) {
      throw new UserException(
          vocabulary.file()
              + " is not a tokenizer that the tokenizers library reads: "
              + e.getMessage(),
          e);
    }
  }

  /**
   * The ids of a text, with the special tokens that the tokenizer itself adds (Llama's adds its
   * begin token, Qwen's adds none): what transformers' {@code tokenizer(text)} gives.
   *
   * @throws UserException if the text is not Unicode, that is, has a surrogate without its pair
   */
  public int[] encode(String text) {
    return encode(text, true);
  }

  /**
   * The ids of a text alone, for texts that bring their special tokens along, as those of chat
   * templates do; a special token that is spelled in the text becomes its id.
   *
   * @throws UserException as {@link #encode}
   */
  public int[] encodeWithoutSpecialTokens(String text) {
    return encode(text, false);
  }

  private int[] encode(String text, boolean addSpecialTokens) {
    requireUnicode(text);
    Encoding encoding = tokenizer.encode(text, addSpecialTokens, false);
    return Arrays.stream(encoding.getIds()).mapToInt(Math::toIntExact).toArray();
  }

  /**
   * The text of ids, without any clean-up of spaces. Ids beyond the tokenizer's last token have no
   * text; bytes that are no UTF-8 become U+FFFD.
   *
   * @param skipSpecialTokens whether special tokens have no text
   * @throws IllegalArgumentException if an id is negative
   */
  public String decode(int[] ids, boolean skipSpecialTokens) {
    long[] longs = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0) {
        throw new IllegalArgumentException("Token id " + ids[i] + " (expected: >= 0)");
      }
      longs[i] = ids[i];
    }
    return tokenizer.decode(longs, skipSpecialTokens);
  }

  /**
   * The text that a completion adds to its prompt, without special tokens: the text of both less
   * the text of the prompt. Decoding the completion alone would lose its first space with
   * tokenizers of the SentencePiece kind.
   *
   * <p>If the prompt ends within a character's bytes, its last characters are decoded anew and
   * belong to the completion.
   */
  public String decodeCompletion(int[] prompt, int[] completion) {
    int[] both = Arrays.copyOf(prompt, prompt.length + completion.length);
    System.arraycopy(completion, 0, both, prompt.length, completion.length);
    String before = decode(prompt, true);
    String after = decode(both, true);
    return after.substring(commonPrefix(before, after));
  }

  /** The largest token id, plus one. */
  public int size() {
    return size;
  }

  /** The id of {@code bos_token}, if the checkpoint names one. */
  public OptionalInt beginTokenId() {
    return beginTokenId;
  }

  /** The id of {@code eos_token}, if the checkpoint names one. */
  public OptionalInt endTokenId() {
    return endTokenId;
  }

  /** The id of {@code pad_token}, if the checkpoint names one. */
  public OptionalInt padTokenId() {
    return padTokenId;
  }

  @Override
  public void close() {
    tokenizer.close();
  }

  private static int commonPrefix(String first, String second) {
    int length = Math.min(first.length(), second.length());
    int common = 0;
    while (common < length && first.charAt(common) == second.charAt(common)) {
      common++;
    }
    boolean splitsPair = common > 0 && Character.isHighSurrogate(first.charAt(common - 1));
    return splitsPair ? common - 1 : common;
  }

  /** The native library ends the JVM on text that is not Unicode. */
  private static void requireUnicode(String text) {
    int i = 0;
    while (i < text.length()) {
      int codePoint = text.codePointAt(i);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        throw new UserException(
            "The text has the surrogate U+%04X at character %d without its pair; expected Unicode text"
                .formatted(codePoint, i));
      }
      i += Character.charCount(codePoint);
    }
  }
}
