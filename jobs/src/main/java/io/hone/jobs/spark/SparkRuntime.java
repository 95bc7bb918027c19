package io.hone.jobs.spark;

import io.hone.conf.SparkConfig;
import io.hone.conf.UserException;
import io.hone.executor.WireKryoRegistrator;
import io.hone.jobs.Hone;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Spark for the length of one command: started once everything that needs no Spark has been
 * checked.
 */
public final class SparkRuntime implements AutoCloseable {
  private static final String MASTER = "spark.master";
  private static final String APPLICATION_NAME = "spark.app.name";

  private final JavaSparkContext context;

  private SparkRuntime(JavaSparkContext context) {
    this.context = context;
  }

  /** Starts Spark as {@code spark-submit} was told. */
  public static SparkRuntime start(String command) {
    return start(command, new SparkConfig(Optional.empty(), Map.of()));
  }

  /**
   * Starts Spark as configured: a configured master wins over that of {@code spark-submit}, which
   * has one even where none was given; a configured property does not.
   *
   * @param command shown as the application's name
   * @throws UserException if Spark cannot be started with this configuration
   */
  public static SparkRuntime start(String command, SparkConfig config) {
    SparkConf conf = configure(new SparkConf(), command, config);
    try {
      return new SparkRuntime(new JavaSparkContext(conf));
    } catch (RuntimeException failure) {
      throw refusal(conf, failure);
    } catch (Exception failure) {
      // Scala throws its checked exceptions through Java signatures that do not declare them.
      if (failure instanceof SparkException) {
        throw refusal(conf, failure);
      }
      throw new IllegalStateException("Spark did not start", failure);
    }
  }

  static SparkConf configure(SparkConf conf, String command, SparkConfig config) {
    // Where nobody named it, spark-submit names an application by its main class.
    if (conf.get(APPLICATION_NAME, Hone.class.getName()).equals(Hone.class.getName())) {
      conf.setAppName("hone " + command);
    }
    config.master().ifPresent(conf::setMaster);
    conf.setIfMissing(MASTER, "local[*]");
    config.properties().forEach(conf::setIfMissing);
    if (conf.get(MASTER).startsWith("local")) {
      conf.setIfMissing("spark.ui.enabled", "false");
    }
    conf.setIfMissing("spark.log.level", "WARN");
    // What is shuffled are gradients and what is broadcast are weights, whose digits are noise to a
    // compressor.
    conf.setIfMissing("spark.shuffle.compress", "false");
    conf.setIfMissing("spark.broadcast.compress", "false");
    // Read by Spark's Kryo serializer only, for clusters that have set it.
    conf.setIfMissing("spark.kryo.registrator", WireKryoRegistrator.class.getName());
    return conf;
  }

  private static UserException refusal(SparkConf conf, Exception failure) {
    return new UserException(
        "Spark could not be started on master "
            + conf.get(MASTER)
            + ": "
            + reason(failure)
            + " (expected --master and --conf as spark-submit takes them, such as --master local[2])",
        failure);
  }

  /** Spark wraps what went wrong in what it was doing; both are needed to understand it. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = String.valueOf(failure.getMessage());
    return root == failure || message.contains(String.valueOf(root.getMessage()))
        ? message
        : message + ": " + root.getMessage();
  }

  /** The running context. */
  public JavaSparkContext context() {
    return context;
  }

  @Override
  public void close() {
    context.stop();
  }
}
