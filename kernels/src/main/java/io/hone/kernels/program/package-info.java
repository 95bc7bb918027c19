/**
 * Programs that run on a device: named tensors in, named tensors out. Behind it are TorchScript
 * sources (resources under {@code torchscript/}), packed into an archive and run by DJL's PyTorch
 * engine; another backend can take their place without a caller noticing.
 *
 * <p>Nothing here knows what a model, a checkpoint or a loss is.
 */
package io.hone.kernels.program;
