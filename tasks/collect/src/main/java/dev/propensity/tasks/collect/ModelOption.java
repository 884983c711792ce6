package dev.propensity.tasks.collect;

import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.foundation.UserException;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that chooses the model whose baseline has the bins. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "URI",
      description = {
        "The model whose training data the rows are compared with: the output of train (default:"
            + " the champion at the end of the window)."
      })
  private @Nullable String uri;

  /**
   * The model.
   *
   * @param name the dataset's name with its origin, whose ledger is read
   * @throws UserException if there is none
   */
  TrainedModelArtifact find(ArtifactStore store, String name, TimeWindow window) {
    S3Location location = uri == null ? champion(store, name, window) : S3Location.parse(uri);
    return TrainedModelArtifact.require(store, location);
  }

  private static S3Location champion(ArtifactStore store, String name, TimeWindow window) {
    ReleaseLedger ledger = new ReleaseLedger(store, name);
    if (ledger.latest().isEmpty()) {
      throw new UserException("no model is registered as " + name + ": train one first");
    }
    Release champion = ledger.championBefore(window.to()).orElse(null);
    if (champion == null) {
      throw new UserException(
          name
              + " had no champion at the end of the window "
              + window
              + ": choose a later one, or a model with --model");
    }
    return champion.model();
  }
}
