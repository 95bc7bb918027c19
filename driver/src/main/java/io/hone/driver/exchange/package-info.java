/**
 * How gradients come in and weights go out. What is exchanged is a flat sequence of floats; what
 * the gradients are of is the executor's business, when to exchange the training loop's.
 */
package io.hone.driver.exchange;
