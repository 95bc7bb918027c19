package io.hone.kernels.tokenizer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hone.conf.UserException;
import io.hone.kernels.checkpoint.GenerationConfig;
import io.hone.kernels.checkpoint.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A tokenizer with one token per character of a set, for small models on synthetic tasks. Encoding
 * adds the begin token in front; a character outside of the set is the unknown token. Texts of the
 * set's characters are the same after encoding and decoding.
 *
 * <p>Ids 0 to 3 are {@code <pad>}, {@code <s>} (begin), {@code </s>} (end) and {@code <unk>}; the
 * characters follow in the order given. A special token that is spelled in a text is read as that
 * token, as by every Hugging Face tokenizer.
 */
public final class CharacterTokenizer implements TokenizerFiles {
  private static final List<String> SPECIAL_TOKENS = List.of("<pad>", "<s>", "</s>", "<unk>");
  private static final int PAD = 0;
  private static final int BEGIN = 1;
  private static final int END = 2;
  private static final int UNKNOWN = 3;

  private final int[] codePoints;

  private CharacterTokenizer(int[] codePoints) {
    this.codePoints = codePoints;
  }

  /**
   * A tokenizer of these characters.
   *
   * @param characters the set; repeated characters count once
   * @throws UserException if it is empty or has half of a surrogate pair
   */
  public static CharacterTokenizer of(String characters) {
    int[] codePoints = characters.codePoints().distinct().toArray();
    if (codePoints.length == 0) {
      throw new UserException(
          "The tokenizer's character set is empty; expected at least one character");
    }
    for (int codePoint : codePoints) {
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        throw new UserException(
            "The tokenizer's character set has U+%04X, half of a surrogate pair; expected characters"
                .formatted(codePoint));
      }
    }
    return new CharacterTokenizer(codePoints);
  }

  @Override
  public int size() {
    return SPECIAL_TOKENS.size() + codePoints.length;
  }

  @Override
  public GenerationConfig generationConfig() {
    return new GenerationConfig(List.of(END), OptionalInt.of(BEGIN), OptionalInt.of(PAD));
  }

  @Override
  public void writeTo(Path directory) throws IOException {
    write(directory.resolve(Vocabulary.FILE), tokenizer());
    write(directory.resolve(SpecialTokens.CONFIG_FILE), tokenizerConfig());
  }

  /** Byte-pair encoding without any merge is one token per character. */
  private ObjectNode tokenizer() {
    ObjectNode tokenizer = JsonNodeFactory.instance.objectNode();
    tokenizer.put("version", "1.0");
    tokenizer.putNull("truncation");
    tokenizer.putNull("padding");
    ArrayNode added = tokenizer.putArray("added_tokens");
    for (int id = 0; id < SPECIAL_TOKENS.size(); id++) {
      added
          .addObject()
          .put("id", id)
          .put("content", SPECIAL_TOKENS.get(id))
          .put("single_word", false)
          .put("lstrip", false)
          .put("rstrip", false)
          .put("normalized", false)
          .put("special", true);
    }
    tokenizer.putNull("normalizer");
    tokenizer.putNull("pre_tokenizer");
    tokenizer.set("post_processor", beginTokenFirst());
    tokenizer.putObject("decoder").put("type", "Fuse");
    ObjectNode model = tokenizer.putObject("model");
    model.put("type", "BPE");
    model.putNull("dropout");
    model.put("unk_token", SPECIAL_TOKENS.get(UNKNOWN));
    model.putNull("continuing_subword_prefix");
    model.putNull("end_of_word_suffix");
    model.put("fuse_unk", false);
    model.put("byte_fallback", false);
    model.put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    SPECIAL_TOKENS.forEach(token -> vocabulary.put(token, vocabulary.size()));
    for (int codePoint : codePoints) {
      vocabulary.put(Character.toString(codePoint), vocabulary.size());
    }
    model.putArray("merges");
    return tokenizer;
  }

  private static ObjectNode beginTokenFirst() {
    String begin = SPECIAL_TOKENS.get(BEGIN);
    ObjectNode processor = JsonNodeFactory.instance.objectNode();
    processor.put("type", "TemplateProcessing");
    ArrayNode single = processor.putArray("single");
    single.addObject().putObject("SpecialToken").put("id", begin).put("type_id", 0);
    single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
    ArrayNode pair = processor.putArray("pair");
    pair.addAll(single.deepCopy());
    pair.addObject().putObject("SpecialToken").put("id", begin).put("type_id", 1);
    pair.addObject().putObject("Sequence").put("id", "B").put("type_id", 1);
    ObjectNode special = processor.putObject("special_tokens").putObject(begin);
    special.put("id", begin);
    special.putArray("ids").add(BEGIN);
    special.putArray("tokens").add(begin);
    return processor;
  }

  private static ObjectNode tokenizerConfig() {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    config.put("tokenizer_class", "PreTrainedTokenizerFast");
    config.put(SpecialTokens.BEGIN, SPECIAL_TOKENS.get(BEGIN));
    config.put(SpecialTokens.END, SPECIAL_TOKENS.get(END));
    config.put(SpecialTokens.PAD, SPECIAL_TOKENS.get(PAD));
    config.put(SpecialTokens.UNKNOWN, SPECIAL_TOKENS.get(UNKNOWN));
    config.put("clean_up_tokenization_spaces", false);
    return config;
  }

  private static void write(Path file, ObjectNode json) throws IOException {
    Files.writeString(
        file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
  }
}
