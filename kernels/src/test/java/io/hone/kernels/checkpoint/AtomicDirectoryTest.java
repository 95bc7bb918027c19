package io.hone.kernels.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.conf.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicDirectoryTest {
  @TempDir Path parent;

  @Test
  void appearsWithEverythingAndMakesParents() {
    Path target = parent.resolve("new/deep/target");
    AtomicDirectory.create(
        target,
        directory -> {
          assertThat(target).doesNotExist();
          Files.createDirectory(directory.resolve("inner"));
          Files.writeString(directory.resolve("inner/file"), "x");
        });
    assertThat(target.resolve("inner/file")).hasContent("x");
    assertThat(target.getParent()).isDirectoryContaining(path -> path.equals(target));
    assertThat(target.getParent().toFile().list()).hasSize(1);
  }

  @Test
  void refusesExistingTarget() throws IOException {
    Path empty = Files.createDirectory(parent.resolve("empty"));
    Path file = Files.writeString(parent.resolve("file"), "x");
    Path dangling = Files.createSymbolicLink(parent.resolve("link"), parent.resolve("nowhere"));
    for (Path target : new Path[] {empty, file, dangling}) {
      assertThatThrownBy(() -> AtomicDirectory.create(target, directory -> {}))
          .isInstanceOf(UserException.class)
          .hasMessageContainingAll(target.toString(), "exists already");
    }
    assertThat(parent.toFile().list()).hasSize(3);
  }

  @Test
  void leavesNothingOnFullDisk() {
    Path target = parent.resolve("new/target");
    assertThatThrownBy(
            () ->
                AtomicDirectory.create(
                    target,
                    directory -> {
                      Files.writeString(directory.resolve("half"), "x");
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(
            target.toString(), "No space left on device", "nothing was written");
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void leavesNothingOnUnexpectedFailure() {
    assertThatThrownBy(
            () ->
                AtomicDirectory.create(
                    parent.resolve("target"),
                    directory -> {
                      throw new IllegalStateException("defect");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void namesParentThatIsAFile() throws IOException {
    Files.writeString(parent.resolve("file"), "x");
    assertThatThrownBy(() -> AtomicDirectory.create(parent.resolve("file/target"), directory -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Cannot write " + parent.resolve("file/target"));
  }
}
