/**
 * Numbers and mathematics in answers: {@link io.hone.executor.reward.math.NumberScanner} finds
 * numbers in prose, {@link io.hone.executor.reward.math.MathEquality} compares answers in LaTeX.
 *
 * <p>An answer passes from text through tokens ({@code Lexer}) and a tree of bounded size ({@code
 * MathParser}, {@code ExpressionParser}) to its value, exact where it is rational. Pure functions;
 * what is not understood is said to be so and never an exception.
 */
package io.hone.executor.reward.math;
