/**
 * What an executor JVM keeps between tasks: models and tokenizers, each keyed by the fingerprint of
 * what it was made from, checked on entry and rebuilt on a miss. Nothing here is a source of truth.
 */
package io.hone.executor.model;
