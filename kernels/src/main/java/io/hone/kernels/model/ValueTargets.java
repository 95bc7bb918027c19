package io.hone.kernels.model;

import java.io.Serializable;

/**
 * What a critic learns of one completion; one number for each of its tokens. The value of a token
 * is that of the state before it: the head reads the position from which the token is predicted.
 *
 * @param values at the weights with which the step began
 * @param returns what the values should be
 */
@SuppressWarnings("ArrayRecordComponent") // columns of numbers; never compared
public record ValueTargets(float[] values, float[] returns) implements Serializable {}
