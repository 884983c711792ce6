package dev.propensity.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.UserException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderObjectStoreTest {
  private static final S3Location PLACE = S3Location.parse("s3://container/a/b");

  @TempDir Path folder;

  @Test
  void keepsWhatWasWritten() throws Exception {
    FolderObjectStore objects = new FolderObjectStore(folder);
    assertThat(objects.read(PLACE)).isEmpty();
    assertThat(objects.length(PLACE)).isEmpty();
    objects.write(PLACE, bytes("one"));
    assertThat(objects.read(PLACE)).hasValue(bytes("one"));
    assertThat(objects.length(PLACE)).hasValue(3L);
    Path file = Files.writeString(folder.resolve("two"), "two");
    objects.write(PLACE, file);
    assertThat(objects.open(PLACE)).hasContent("two");
    objects.delete(PLACE);
    assertThatThrownBy(() -> objects.open(PLACE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("s3://container/a/b");
  }

  @Test
  void writesOnceWhereNothingMayBe() throws Exception {
    FolderObjectStore objects = new FolderObjectStore(folder);
    assertThat(objects.writeIfAbsent(PLACE, bytes("first"))).isEqualTo(bytes("first"));
    assertThat(objects.writeIfAbsent(PLACE, bytes("second"))).isEqualTo(bytes("first"));
    objects.writeIfAbsent(PLACE, Files.writeString(folder.resolve("third"), "third"));
    assertThat(objects.read(PLACE)).hasValue(bytes("first"));
    S3Location free = S3Location.parse("s3://container/a/c");
    objects.writeIfAbsent(free, folder.resolve("third"));
    assertThat(objects.read(free)).hasValue(bytes("third"));
    assertThat(objects.writeUnread(PLACE, folder.resolve("third"))).isFalse();
    assertThat(objects.read(PLACE)).hasValue(bytes("first"));
    assertThat(objects.writeUnread(S3Location.parse("s3://container/a/d"), folder.resolve("third")))
        .isTrue();
  }

  @Test
  void listsInTheOrderOfKeysAndThroughLinks() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("x"), "x");
    FolderObjectStore objects = new FolderObjectStore(folder);
    objects.write(PLACE.resolve("z"), bytes("z"));
    Files.createSymbolicLink(objects.file(PLACE.resolve("linked")), elsewhere);
    S3Location first = PLACE.resolve("linked/x");
    assertThat(objects.list(PLACE, Optional.empty())).containsExactly(first, PLACE.resolve("z"));
    assertThat(objects.list(PLACE, Optional.of(first))).containsExactly(PLACE.resolve("z"));
    assertThat(objects.list(PLACE.resolve("none"), Optional.empty())).isEmpty();
  }

  @Test
  void staysInItsFolder() {
    FolderObjectStore objects = new FolderObjectStore(folder);
    S3Location outside = S3Location.parse("s3://container/../../etc/passwd");
    assertThatThrownBy(() -> objects.read(outside)).isInstanceOf(UserException.class);
  }

  @Test
  void failsWhereAFileIsInTheWayOfItsFolders() throws Exception {
    FolderObjectStore objects = new FolderObjectStore(folder);
    Path file = Files.writeString(folder.resolve("container"), "a file");
    for (ThrowingCallable operation :
        List.<ThrowingCallable>of(
            () -> objects.read(PLACE),
            () -> objects.open(PLACE),
            () -> objects.length(PLACE),
            () -> objects.delete(PLACE),
            () -> objects.write(PLACE, bytes("one")),
            () -> objects.write(PLACE, file),
            () -> objects.writeIfAbsent(PLACE, bytes("one")),
            () -> objects.writeIfAbsent(PLACE, file))) {
      assertThatThrownBy(operation)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(file.toString());
    }
    assertThat(file).hasContent("a file");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
