package io.hone.jobs.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir private Path directory;

  @Test
  void appearsWholeOncePublished() throws IOException {
    Path target = directory.resolve("out.jsonl");
    try (OutputFile output = OutputFile.create(target.toString(), new Configuration())) {
      output.writeLine("first \u00e9");
      output.writeLine("second");
      assertThat(target).doesNotExist();
      output.publish();
    }
    assertThat(Files.readString(target)).isEqualTo("first \u00e9\nsecond\n");
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(target));
  }

  @Test
  void leavesNothingUnlessPublished() {
    try (OutputFile output =
        OutputFile.create(directory.resolve("out.jsonl").toString(), new Configuration())) {
      output.writeLine("lost");
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesANameThatIsTaken() throws IOException {
    Path target = Files.writeString(directory.resolve("out.jsonl"), "precious");
    assertThatThrownBy(() -> OutputFile.create(target.toString(), new Configuration()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            target + ": exists already (expected a new file; remove it or choose another name)");
    assertThat(target).hasContent("precious");
  }

  @Test
  void refusesANameThatIsTakenMeanwhile() throws IOException {
    Path target = directory.resolve("out.jsonl");
    try (OutputFile output = OutputFile.create(target.toString(), new Configuration())) {
      output.writeLine("late");
      Files.writeString(target, "early");
      assertThatThrownBy(output::publish).hasMessageContaining("exists already");
    }
    assertThat(target).hasContent("early");
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(target));
  }

  @Test
  void refusesADirectoryThatDoesNotExist() {
    Path target = directory.resolve("absent/out.jsonl");
    assertThatThrownBy(() -> OutputFile.create(target.toString(), new Configuration()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            target + ": its directory " + target.getParent() + " does not exist (create it first)");
  }

  @Test
  void refusesAFileInPlaceOfTheDirectory() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(
            () -> OutputFile.create(file.resolve("out.jsonl").toString(), new Configuration()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file + " is not a directory");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesAFileSystemThatTakesNoFiles() {
    assertThatThrownBy(() -> OutputFile.create("/proc/out.jsonl", new Configuration()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("/proc/out.jsonl: cannot be written: no file can be made there");
  }

  @Test
  void tellsOfAFullDiskAndLeavesNothing() {
    FullDisk disk = new FullDisk();
    assertThatThrownBy(
            () -> {
              try (OutputFile output = OutputFile.create("out.jsonl", disk)) {
                output.writeLine("x".repeat(100_000));
                output.publish();
              }
            })
        .isInstanceOf(UserException.class)
        .hasMessage(
            "out.jsonl: cannot be written: No space left on device (expected a place with room that can be written"
                + " to)");
    assertThat(disk.discarded).isTrue();
    assertThat(disk.published).isFalse();
  }

  @Test
  void tellsOfADiskThatIsFullAtTheLastBytes() {
    FullDisk disk = new FullDisk();
    assertThatThrownBy(
            () -> {
              try (OutputFile output = OutputFile.create("out.jsonl", disk)) {
                output.writeLine("short");
                output.publish();
              }
            })
        .isInstanceOf(UserException.class)
        .hasMessageContaining("No space left on device");
    assertThat(disk.discarded).isTrue();
    assertThat(disk.published).isFalse();
  }

  @Test
  void writesToFileSystemsOfHadoopToo() throws IOException {
    Path target = directory.resolve("out.jsonl");
    Destination hadoop =
        new HadoopDestination(new org.apache.hadoop.fs.Path(target.toUri()), new Configuration());
    try (OutputFile output = OutputFile.create(target.toString(), hadoop)) {
      output.writeLine("line");
      assertThat(target).doesNotExist();
      output.publish();
    }
    assertThat(target).hasContent("line\n");
    assertThatThrownBy(() -> OutputFile.create(target.toString(), hadoop))
        .hasMessageContaining("exists already");
  }

  @Test
  void leavesNothingOnFileSystemsOfHadoopEither() throws IOException {
    Path target = directory.resolve("out.jsonl");
    Destination hadoop =
        new HadoopDestination(new org.apache.hadoop.fs.Path(target.toUri()), new Configuration());
    try (OutputFile output = OutputFile.create(target.toString(), hadoop)) {
      output.writeLine("lost");
    }
    assertThat(directory).isEmptyDirectory();
  }

  /** Takes no byte, as a full disk does, at whatever moment the buffer is emptied. */
  private static final class FullDisk implements Destination {
    private boolean published;
    private boolean discarded;

    @Override
    public OutputStream open() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          throw new FileSystemException("out.jsonl", null, "No space left on device");
        }
      };
    }

    @Override
    public void publish() {
      published = true;
    }

    @Override
    public void discard() {
      discarded = true;
    }
  }
}
