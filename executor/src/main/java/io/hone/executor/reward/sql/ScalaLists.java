package io.hone.executor.reward.sql;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Lists of Java and of Scala. */
final class ScalaLists {
  private ScalaLists() {}

  static <T> List<T> java(Seq<T> list) {
    return CollectionConverters.asJava(list);
  }

  /** Expressions that Scala knows by a trait, such as named ones. */
  static List<Expression> expressions(Seq<?> list) {
    return CollectionConverters.asJava(list).stream().map(Expression.class::cast).toList();
  }

  static <T> scala.collection.immutable.Seq<T> scala(List<? extends T> list) {
    return CollectionConverters.<T>asScala(List.<T>copyOf(list)).toSeq();
  }
}
