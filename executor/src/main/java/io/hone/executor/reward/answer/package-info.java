/**
 * Answers as values: what is found in a text, and how far it agrees with what is right.
 *
 * <p>Pure functions of text that know no samples and no scores, linear in what they read unless
 * they say otherwise; the scorers above are thin around them.
 */
package io.hone.executor.reward.answer;
