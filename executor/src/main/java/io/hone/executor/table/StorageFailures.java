package io.hone.executor.table;

import io.hone.conf.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.AccessControlException;

/** Says in words what a file system said in exceptions. */
public final class StorageFailures {
  private StorageFailures() {}

  /** A file or directory could not be written, moved or deleted. */
  public static UserException cannotWrite(Path path, Exception cause) {
    String message =
        "cannot write %s: %s. Expected a place that is writable and has room: free space, change its"
            + " permissions or choose another one";
    return new UserException(message.formatted(path, reason(cause)), cause);
  }

  /** A file could not be read, or not as what it should be. */
  public static UserException cannotRead(Path path, Exception cause) {
    String message =
        "cannot read %s: %s. Expected a complete and readable file: restore it or name another one";
    return new UserException(message.formatted(path, reason(cause)), cause);
  }

  /** What the disk said, beneath what the formats on top of it made of that. */
  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        root = cause;
      }
    }
    return root;
  }

  /** The exceptions of files often have nothing but a path for a message. */
  private static String reason(Exception failure) {
    Throwable cause = root(failure);
    if (cause instanceof FileNotFoundException || cause instanceof NoSuchFileException) {
      return "there is no such file or directory";
    }
    if (cause instanceof AccessDeniedException || cause instanceof AccessControlException) {
      return "permission denied";
    }
    if (cause instanceof FileAlreadyExistsException
        || cause instanceof org.apache.hadoop.fs.FileAlreadyExistsException) {
      return "something is there already";
    }
    if (cause instanceof FileSystemException local && local.getReason() != null) {
      return local.getReason();
    }
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : message.strip().replaceAll("\\.$", "");
  }
}
