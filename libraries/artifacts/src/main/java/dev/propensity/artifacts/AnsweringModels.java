package dev.propensity.artifacts;

import dev.propensity.dataset.request.RequestReader;
import dev.propensity.foundation.Digest;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.sagemaker.AnsweringModel;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models that answered requests, by the release ledger: those that responses name, else the
 * champion at the time.
 */
public final class AnsweringModels implements AnsweringModel.Finder {
  private static final Logger LOG = LoggerFactory.getLogger(AnsweringModels.class);

  private final ArtifactStore store;
  private final List<LedgerEntry> entries;
  private final Map<Digest, Optional<AnsweringModel>> models = new HashMap<>();

  /**
   * Reads the ledger.
   *
   * @param name the dataset's name with its origin
   */
  public AnsweringModels(ArtifactStore store, String name) {
    this.store = store;
    this.entries = new ReleaseLedger(store, name).after(0);
  }

  @Override
  public Optional<AnsweringModel> find(@Nullable String title, Instant time) {
    return (title == null ? champion(time) : named(title))
        .flatMap(release -> models.computeIfAbsent(release.digest(), digest -> load(release)));
  }

  private Optional<Release> champion(Instant time) {
    return entries.stream()
        .filter(entry -> !Instant.parse(entry.when()).isAfter(time))
        .reduce((earlier, later) -> later)
        .map(LedgerEntry::champion);
  }

  private Optional<Release> named(String title) {
    String digits = title.substring(title.lastIndexOf('@') + 1);
    return entries.stream()
        .map(LedgerEntry::subject)
        .filter(release -> !digits.isEmpty() && release.digest().hex().startsWith(digits))
        .findFirst();
  }

  private Optional<AnsweringModel> load(Release release) {
    try {
      return Optional.of(of(TrainedModelArtifact.require(store, release.model()), release));
    } catch (UserException e) {
      LOG.warn("the requests that it answered are not counted: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static AnsweringModel of(TrainedModelArtifact model, Release release) {
    try {
      return new AnsweringModel(
          release.digest(), release.version(), new RequestReader(model.encoder()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
