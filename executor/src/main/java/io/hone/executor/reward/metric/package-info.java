/**
 * Measures of text: how near a text is to another, or what it is like. Pure functions of strings,
 * tokens and vectors, that know nothing of samples, columns and scores; scorers in {@link
 * io.hone.executor.reward} give them texts and make scores of their values.
 *
 * <p>All take time linear in the length of the texts, or n log n, but for those over an {@link
 * io.hone.executor.reward.metric.Alignment} and over {@link io.hone.executor.reward.metric.Bmas
 * rows of embeddings}, whose work is known before it is done, so that whoever asks can refuse.
 * Tokens and n-grams are compared exactly, as numbers, never by their hashes alone.
 */
package io.hone.executor.reward.metric;
