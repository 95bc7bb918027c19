/**
 * The gradient task: turns rollouts and their advantages, or rows of a data set, into training
 * samples and sums the gradient of the loss over them. The loss is a kernel ({@code
 * io.hone.kernels.model}); adding tasks' gradients up is the driver's.
 */
package io.hone.executor.gradient;
