/**
 * Hugging Face checkpoint directories: what their {@code config.json} says, where every tensor lies
 * in the model's one flat sequence of numbers, safetensors files in both directions, and new random
 * checkpoints.
 *
 * <p>Only files and arrays live here. Tensors on a device and the programs that compute with them
 * are in {@code io.hone.kernels.model} and {@code io.hone.kernels.program}; text and token ids are
 * in {@code io.hone.kernels.tokenizer}.
 */
package io.hone.kernels.checkpoint;
