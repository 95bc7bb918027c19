package io.hone.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions of Hone and of what it stands on, for bug reports. */
final class Versions implements IVersionProvider {
  private static final String RESOURCE = "versions.properties";

  @Override
  public String[] getVersion() {
    Properties versions = new Properties();
    try (InputStream resource = Versions.class.getResourceAsStream(RESOURCE)) {
      versions.load(resource);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", unreadable);
    }
    return new String[] {
      "hone " + versions.getProperty("hone"),
      "Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION(),
      "libtorch " + versions.getProperty("libtorch"),
      "DJL " + versions.getProperty("djl"),
      "Java " + Runtime.version()
    };
  }
}
