package io.hone.executor.reward.sql;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry$;
import org.apache.spark.sql.catalyst.analysis.SimpleFunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.Function1;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;

/**
 * The functions that queries may call: those of Spark that take time and space in proportion to
 * what they are given, and read nothing else.
 */
final class Functions {
  /** The operator of this name, as a function. */
  static final String LIKE = "like";

  private static final Set<String> OF_SPARK =
      Set.of(
          ("any avg bool_and bool_or count count_if every grouping grouping_id max max_by mean min min_by some std stddev"
                  + " stddev_pop stddev_samp sum var_pop var_samp variance"
                  + " cume_dist dense_rank lag lead ntile percent_rank rank row_number"
                  + " abs bround ceil ceiling exp floor greatest least ln log log10 log2 mod pmod pow power round sign signum"
                  + " sqrt"
                  + " between coalesce if ifnull isnan isnotnull isnull nanvl nullif nvl nvl2"
                  + " bigint boolean date decimal double float int smallint string timestamp tinyint"
                  + " btrim char_length character_length concat endswith initcap lcase left len length"
                  + " lower ltrim reverse right rtrim startswith substr substring trim ucase upper"
                  + " add_months date_add date_diff date_format date_part date_sub date_trunc dateadd datediff datepart day"
                  + " dayofmonth dayofweek dayofyear extract hour last_day make_date minute month months_between quarter"
                  + " second to_date to_timestamp trunc weekday weekofyear year")
              .split(" "));

  private static final FunctionRegistry SPARK = FunctionRegistry$.MODULE$.builtin();

  /** All of them. */
  static final FunctionRegistry REGISTRY = registry();

  private Functions() {}

  /**
   * Ends a query that calls another function: one that Spark does not know is a mistake, any other
   * may be right.
   */
  static void require(List<String> name) {
    String function = String.join(".", name).toLowerCase(Locale.ROOT);
    FunctionIdentifier identifier = new FunctionIdentifier(function);
    if (!REGISTRY.functionExists(identifier)) {
      throw SPARK.functionExists(identifier)
          ? QueryEnd.unsupported("the function '" + function + "'")
          : QueryEnd.wrong("there is no function '" + function + "'");
    }
  }

  private static FunctionRegistry registry() {
    SimpleFunctionRegistry registry = new SimpleFunctionRegistry();
    for (String name : OF_SPARK) {
      FunctionIdentifier identifier = new FunctionIdentifier(name);
      registry.registerFunction(
          identifier,
          SPARK.lookupFunction(identifier).get(),
          SPARK.lookupFunctionBuilder(identifier).get());
    }
    // Hone's own, since Spark's take time or space that nothing counts.
    register(registry, LIKE, DataTypes.BooleanType, 2);
    register(registry, "replace", DataTypes.StringType, 3);
    register(registry, "contains", DataTypes.BooleanType, 2);
    register(registry, "instr", DataTypes.IntegerType, 2);
    register(registry, "position", DataTypes.IntegerType, 2);
    return registry;
  }

  private static void register(
      SimpleFunctionRegistry registry, String name, DataType type, int arguments) {
    Function1<Seq<Expression>, Expression> builder =
        new AbstractFunction1<>() {
          @Override
          public Expression apply(Seq<Expression> given) {
            if (given.size() != arguments) {
              throw QueryEnd.wrong(name + " takes " + arguments + " arguments");
            }
            return call(name, type, ScalaLists.java(given));
          }
        };
    registry.registerFunction(
        new FunctionIdentifier(name),
        new ExpressionInfo(BoundedText.class.getName(), name),
        builder);
  }

  private static Expression call(String name, DataType type, List<Expression> arguments) {
    List<Expression> texts =
        arguments.stream()
            .<Expression>map(text -> new Cast(text, DataTypes.StringType, Option.empty()))
            .toList();
    List<AbstractDataType> types =
        IntStream.range(0, texts.size())
            .<AbstractDataType>mapToObj(index -> DataTypes.StringType)
            .toList();
    boolean nullForNull = true;
    boolean nullable = true;
    boolean deterministic = true;
    return new StaticInvoke(
        BoundedText.class,
        type,
        name,
        ScalaLists.scala(texts),
        ScalaLists.scala(types),
        nullForNull,
        nullable,
        deterministic,
        Option.empty());
  }
}
