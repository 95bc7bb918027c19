package io.hone.driver.data;

import java.io.Serializable;

/**
 * A row to fine-tune on: the loss counts the tokens from {@code promptLength} on.
 *
 * @param tokenIds prompt, completion and end token
 * @param promptLength number of leading tokens that belong to the prompt
 */
@SuppressWarnings("ArrayRecordComponent")
public record SftExample(int[] tokenIds, int promptLength) implements Serializable {}
