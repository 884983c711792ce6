package dev.propensity.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ArtifactFilesTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path written;
  @TempDir Path empty;

  @Test
  void readsWhatWasJustWrittenFromItsFolderAlone() throws IOException {
    Artifact artifact = commit("written");
    S3.objects().delete(artifact.uri().resolve("a.txt"));
    ArtifactFiles files = ArtifactFiles.written(S3.store(), artifact, written);
    assertThat(files.read("a.txt")).asString(StandardCharsets.UTF_8).isEqualTo("first");
    assertThat(files.folder(empty, "a.txt")).isEqualTo(written);
    assertThat(empty).isEmptyDirectory();
  }

  @Test
  void fetchesAndChecksWhatOnlyTheStoreHas() throws IOException {
    Artifact artifact = commit("stored");
    ArtifactFiles files = ArtifactFiles.stored(S3.store(), artifact);
    assertThat(files.read("a.txt")).asString(StandardCharsets.UTF_8).isEqualTo("first");
    assertThat(files.folder(empty, "a.txt")).isEqualTo(empty);
    assertThat(empty.resolve("a.txt")).hasContent("first");
    S3.objects().write(files.location("a.txt"), "other".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> files.read("a.txt"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a.txt");
  }

  private Artifact commit(String name) throws IOException {
    Files.writeString(written.resolve("a.txt"), "first");
    Computation computation =
        new Computation(
            name, Origin.REAL, "copy", Digest.of("code"), new TreeMap<>(), new TreeMap<>());
    return S3.store().commit(computation, written);
  }
}
