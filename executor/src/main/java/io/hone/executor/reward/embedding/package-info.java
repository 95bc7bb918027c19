/**
 * Texts as vectors, for scorers that compare meanings: the hashed bag of words that needs no model,
 * and the input embeddings of a checkpoint. A new provider is one class and an option.
 */
package io.hone.executor.reward.embedding;
