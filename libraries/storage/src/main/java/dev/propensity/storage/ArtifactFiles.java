package dev.propensity.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An artifact's files, read from the folder that they were written to in this process, otherwise
 * from the store.
 *
 * @param store where the artifact is
 * @param artifact whose files they are
 * @param written the folder of the computation that wrote them in this process
 */
public record ArtifactFiles(ArtifactStore store, Artifact artifact, Optional<Path> written) {

  /** Files that only the store has. */
  public static ArtifactFiles stored(ArtifactStore store, Artifact artifact) {
    return new ArtifactFiles(store, artifact, Optional.empty());
  }

  /** Files that are in the store and still in this folder. */
  public static ArtifactFiles written(ArtifactStore store, Artifact artifact, Path folder) {
    return new ArtifactFiles(store, artifact, Optional.of(folder));
  }

  /**
   * The bytes of a small file.
   *
   * @throws dev.propensity.foundation.UserException if there is no such file, or it is damaged
   */
  public byte[] read(String file) {
    try (InputStream in =
        written.isPresent()
            ? Files.newInputStream(written.get().resolve(file))
            : store.open(artifact, file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A folder with these files.
   *
   * @param empty the folder to fetch them into where they are only in the store
   * @param files their paths below the artifact; none given means all
   */
  public Path folder(Path empty, String... files) {
    return written.orElseGet(() -> store.fetch(artifact, empty, files));
  }

  /** Where the store has this file. */
  public S3Location location(String file) {
    return artifact.uri().resolve(file);
  }
}
