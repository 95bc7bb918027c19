package io.hone.executor.reward.sql;

import java.util.function.UnaryOperator;
import scala.Function1;
import scala.runtime.AbstractPartialFunction;

/**
 * A function for Spark's transformations of trees.
 *
 * @param <T> what trees are made of
 */
final class Rewrite<T> extends AbstractPartialFunction<T, T> {
  private final UnaryOperator<T> function;

  /**
   * @param function gives what it was given for what stays
   */
  Rewrite(UnaryOperator<T> function) {
    this.function = function;
  }

  @Override
  public boolean isDefinedAt(T node) {
    return true;
  }

  @Override
  public <A extends T, B> B applyOrElse(A node, Function1<A, B> orElse) {
    @SuppressWarnings("unchecked") // B is a supertype of T, which Scala's signature says with >:
    B result = (B) function.apply(node);
    return result;
  }
}
