package io.hone.driver.run;

import io.hone.executor.table.StorageFailures;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What is in a directory; an absent one is empty. */
final class Listing {
  private Listing() {}

  static List<FileStatus> of(FileSystem fileSystem, Path directory) {
    try {
      return Stream.of(fileSystem.listStatus(directory))
          .sorted(Comparator.comparing(FileStatus::getPath))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw StorageFailures.cannotRead(directory, e);
    }
  }

  /** The steps that entries are named after, ascending; other entries are passed over. */
  static List<Integer> steps(
      FileSystem fileSystem, Path directory, Function<String, OptionalInt> stepOf) {
    return of(fileSystem, directory).stream()
        .map(status -> stepOf.apply(status.getPath().getName()))
        .filter(OptionalInt::isPresent)
        .map(OptionalInt::getAsInt)
        .sorted()
        .toList();
  }
}
