package io.hone.kernels.checkpoint;

import io.hone.conf.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A new directory on a local file system that appears complete or not at all. */
public final class AtomicDirectory {
  private AtomicDirectory() {}

  /** What goes into a directory. */
  public interface Contents {
    /** Writes files into an empty directory. */
    void writeTo(Path directory) throws IOException;
  }

  /**
   * Writes into a hidden directory beside the target and renames it when complete. On any failure
   * nothing is left; only a killed process leaves a {@code .NAME.partial-*} behind, which nothing
   * reads.
   *
   * @param target must not exist; missing parents are made
   * @throws UserException if the target exists or cannot be written; those of {@code contents} pass
   *     through
   */
  public static void create(Path target, Contents contents) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new UserException(
          target + " exists already; expected a new path: remove it or choose another");
    }
    Path absolute = target.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    Deque<Path> newParents = missing(parent);
    Path partial =
        absolute.resolveSibling("." + absolute.getFileName() + ".partial-" + UUID.randomUUID());
    boolean complete = false;
    try {
      Files.createDirectories(parent);
      Files.createDirectory(partial);
      contents.writeTo(partial);
      Files.move(partial, absolute, StandardCopyOption.ATOMIC_MOVE);
      complete = true;
    } catch (IOException e) {
      throw new UserException(
          "Cannot write "
              + target
              + ": "
              + Failures.describe(e)
              + "; nothing was written, choose a path that is writable and has enough space",
          e);
    } finally {
      if (!complete) {
        deleteQuietly(partial);
        newParents.forEach(AtomicDirectory::deleteIfEmpty);
      }
    }
  }

  /** The directories that do not exist yet, deepest first. */
  private static Deque<Path> missing(Path directory) {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path path = directory; path != null && !Files.exists(path); path = path.getParent()) {
      missing.addLast(path);
    }
    return missing;
  }

  private static void deleteQuietly(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> paths = Files.walk(directory)) {
      deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException | UncheckedIOException e) {
      return;
    }
    deepestFirst.forEach(AtomicDirectory::deleteIfEmpty);
  }

  /** Best effort: the failure that led here is the one to report. */
  private static void deleteIfEmpty(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // The path stays; its hidden name tells what it is.
    }
  }
}
