package dev.propensity.endpoint.sagemaker;

import dev.propensity.foundation.UserException;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.FileEntry;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.Release;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model's files as the archive that SageMaker expects, next to the artifacts on S3. */
final class ModelPackage {
  private static final String FILE = "model.tar.gz";

  private final ArtifactStore store;
  private final String name;

  /**
   * @param name the dataset's name with its origin
   */
  ModelPackage(ArtifactStore store, String name) {
    this.store = store;
    this.name = name;
  }

  /** The location of this model's package. */
  S3Location location(Release model) {
    return store.root().resolve(name + "/sagemaker/" + model.digest() + "/" + FILE);
  }

  /**
   * Writes the package, unless it exists.
   *
   * @throws UserException if the artifact's files differ from those in the ledger
   */
  S3Location make(Release model) {
    S3Location location = location(model);
    Artifact artifact = store.require(model.model());
    if (!Release.digestOf(artifact).equals(model.digest())) {
      throw new UserException(model.model() + " has other files than the ledger lists");
    }
    long length = TarGz.length(artifact.manifest().files().values().stream().map(FileEntry::bytes));
    Optional<Long> there = store.objects().length(location);
    if (there.isPresent() && there.get() == length) {
      return location;
    }
    Path file = null;
    try {
      file = Files.createTempFile("propensity-", ".tar.gz");
      pack(artifact, file);
      if (there.isPresent()) { // of another length: damaged, or in another format
        store.objects().write(location, file);
      } else {
        store.objects().writeIfAbsent(location, file);
      }
      return location;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      delete(file);
    }
  }

  private void pack(Artifact artifact, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        TarGz tar = new TarGz(out)) {
      for (Map.Entry<String, FileEntry> entry : artifact.manifest().files().entrySet()) {
        try (InputStream in = store.open(artifact, entry.getKey())) {
          tar.add(entry.getKey(), entry.getValue().bytes(), in);
        }
      }
    }
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
