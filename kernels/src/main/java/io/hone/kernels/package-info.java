/** Tensors on one device: checkpoints, tokenizers, TorchScript programs, optimiser. */
package io.hone.kernels;
