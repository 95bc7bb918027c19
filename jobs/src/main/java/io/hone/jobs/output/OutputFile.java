package io.hone.jobs.output;

import io.hone.conf.UserException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A text file that appears once it is complete. It is written under a temporary name beside its
 * place; {@link #close} without {@link #publish} leaves nothing.
 */
public final class OutputFile implements AutoCloseable {
  private final String location;
  private final Destination destination;
  private final Writer writer;
  private boolean published;

  private OutputFile(String location, Destination destination, Writer writer) {
    this.location = location;
    this.destination = destination;
    this.writer = writer;
  }

  /**
   * Begins a file.
   *
   * @param location a path or an address of Hadoop's
   * @throws UserException if there is such a file already, or none can be written there
   */
  public static OutputFile create(String location, Configuration conf) {
    try {
      return create(location, destination(location, conf));
    } catch (IOException | IllegalArgumentException failure) {
      throw refusal(location, failure);
    }
  }

  static OutputFile create(String location, Destination destination) {
    try {
      Writer writer =
          new BufferedWriter(new OutputStreamWriter(destination.open(), StandardCharsets.UTF_8));
      return new OutputFile(location, destination, writer);
    } catch (IOException failure) {
      throw refusal(location, failure);
    }
  }

  private static Destination destination(String location, Configuration conf) throws IOException {
    Path path = new Path(location);
    if (path.getFileSystem(conf) instanceof LocalFileSystem) {
      return new LocalDestination(java.nio.file.Path.of(path.toUri().getPath()));
    }
    return new HadoopDestination(path, conf);
  }

  /**
   * Adds a line.
   *
   * @throws UserException if the file system does not take it, such as a full one
   */
  public void writeLine(String line) {
    try {
      writer.write(line);
      writer.write('\n');
    } catch (IOException failure) {
      throw refusal(location, failure);
    }
  }

  /**
   * Completes the file and gives it its name.
   *
   * @throws UserException if the file system does not take its end, or the name was taken meanwhile
   */
  public void publish() {
    try {
      writer.close();
      destination.publish();
      published = true;
    } catch (IOException failure) {
      throw refusal(location, failure);
    }
  }

  @Override
  public void close() {
    if (published) {
      return;
    }
    try {
      try {
        writer.close();
      } finally {
        destination.discard();
      }
    } catch (IOException failure) {
      // On a full disk closing fails once more; the first failure is the one that is reported.
      throw new UncheckedIOException(location + ": cannot be closed", failure);
    }
  }

  private static UserException refusal(String location, Exception failure) {
    return new UserException(location + ": " + explain(failure), failure);
  }

  private static String explain(Exception failure) {
    if (failure instanceof FileAlreadyExistsException) {
      return "exists already (expected a new file; remove it or choose another name)";
    }
    if (failure instanceof NoSuchFileException missing) {
      return "its directory " + missing.getFile() + " does not exist (create it first)";
    }
    if (failure instanceof NotDirectoryException wrong) {
      return wrong.getFile() + " is not a directory (expected one to put the file in)";
    }
    if (failure instanceof AccessDeniedException) {
      return "cannot be written: permission denied (choose a place that you may write to)";
    }
    String reason =
        failure instanceof FileSystemException detailed && detailed.getReason() != null
            ? detailed.getReason()
            : failure.getMessage();
    return "cannot be written: " + reason + " (expected a place with room that can be written to)";
  }
}
