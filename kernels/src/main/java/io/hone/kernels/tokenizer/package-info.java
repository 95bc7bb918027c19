/**
 * Text to token ids and back, as the checkpoint's {@code tokenizer.json} says; chat templates; and
 * character tokenizers for new models.
 *
 * <p>What a token id means to a model (embeddings, stop ids of a configuration) is not decided
 * here.
 */
package io.hone.kernels.tokenizer;
