package dev.propensity.tasks.serve.model;

import dev.propensity.artifacts.EvaluationArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.model.Baseline;
import dev.propensity.model.Model;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.FileEntry;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.Release;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads, verifies and warms models. Throws {@code UserException} for one that fails verification.
 */
public final class ModelLoader {
  private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);

  private final Supplier<ArtifactStore> store;

  /**
   * @param store connected at first use
   */
  public ModelLoader(Supplier<ArtifactStore> store) {
    this.store = store;
  }

  /** A registered model. */
  public ServedModel load(String name, Release release) {
    TrainedModelArtifact artifact = TrainedModelArtifact.require(store.get(), release.model());
    Digest digest = artifact.digest();
    if (!digest.equals(release.digest())) {
      throw new UserException(
          release.model()
              + " has other files than recorded in the ledger: its digest is "
              + digest);
    }
    return verified(
        new ServedModel(
            name,
            release.version(),
            release.model().toString(),
            digest,
            metrics(release.evaluation()),
            fetched(artifact),
            baseline(artifact::baseline)));
  }

  /** A model artifact by its location. */
  public ServedModel load(S3Location uri) {
    TrainedModelArtifact artifact = TrainedModelArtifact.require(store.get(), uri);
    return verified(
        new ServedModel(
            artifact.name(),
            null,
            uri.toString(),
            artifact.digest(),
            Collections.emptySortedMap(),
            fetched(artifact),
            baseline(artifact::baseline)));
  }

  /** A model directory. */
  public static ServedModel load(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new UserException("no such directory: " + directory);
    }
    Model model = Model.load(directory);
    return verified(
        new ServedModel(
            model.name(),
            null,
            directory.toUri().toString(),
            CanonicalJson.digest(entries(directory)),
            Collections.emptySortedMap(),
            model,
            baseline(() -> Baseline.read(directory).ordered(model.encoder()))));
  }

  // A baseline is optional: without it, nothing is compared with the training rows.
  private static @Nullable Baseline baseline(Supplier<Baseline> read) {
    try {
      return read.get();
    } catch (UserException e) {
      LOG.warn("no comparison with the training data: {}", e.getMessage());
      return null;
    }
  }

  private static ServedModel verified(ServedModel served) {
    served.model().verifySampleRows();
    Baseline baseline = served.baseline();
    if (baseline != null
        && !baseline.columns().keySet().containsAll(served.model().encoder().names())) {
      throw new UserException(served.uri() + " has a baseline of other columns than its encoder's");
    }
    return served;
  }

  private static Model fetched(TrainedModelArtifact artifact) {
    try {
      return artifact.load();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Metrics are optional: without them the model is served all the same.
  private SortedMap<String, Double> metrics(S3Location evaluation) {
    if (evaluation == null) {
      return Collections.emptySortedMap();
    }
    try {
      return EvaluationArtifact.require(store.get(), evaluation).candidateMetrics();
    } catch (UserException e) {
      LOG.warn("no metrics of the model: {}", e.getMessage());
      return Collections.emptySortedMap();
    }
  }

  private static SortedMap<String, FileEntry> entries(Path directory) {
    SortedMap<String, FileEntry> entries = new TreeMap<>();
    for (Path file : walk(directory)) {
      String name = directory.relativize(file).toString().replace('\\', '/');
      if (Files.isRegularFile(file) && !name.equals(Manifest.NAME)) {
        entries.put(name, new FileEntry(file.toFile().length(), Digest.of(file)));
      }
    }
    return entries;
  }

  private static List<Path> walk(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
