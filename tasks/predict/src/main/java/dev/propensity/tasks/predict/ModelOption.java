package dev.propensity.tasks.predict;

import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.foundation.UserException;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.task.UriList;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseActions;
import dev.propensity.tracking.ReleaseLedger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options that choose the models. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "URI",
      description = "The model: the output of train (default: the champion of the release ledger).")
  private String model;

  @Option(
      names = "--models",
      paramLabel = "JSON",
      description =
          "Several models as a JSON list of URIs, such as those of folds: their mean"
              + " score is used.")
  private String models;

  @Option(
      names = "--model-version",
      paramLabel = "NUMBER",
      description = "A version in the release ledger, instead of a URI.")
  private Integer version;

  /**
   * The selected models.
   *
   * @param name the dataset's name with its origin, whose ledger is read
   * @throws UserException if one does not exist, or several options are given
   */
  List<TrainedModelArtifact> find(ArtifactStore store, String name) {
    if (Stream.of(model, models, version).filter(option -> option != null).count() > 1) {
      throw new UserException("use only one of --model, --models and --model-version");
    }
    if (models != null) {
      return UriList.parse("--models", models).stream()
          .map(uri -> TrainedModelArtifact.require(store, uri))
          .toList();
    }
    String uri = model == null ? released(store, name) : model;
    return List.of(TrainedModelArtifact.require(store, S3Location.parse(uri)));
  }

  private String released(ArtifactStore store, String name) {
    ReleaseLedger ledger = new ReleaseLedger(store, name);
    Optional<LedgerEntry> state = ledger.latest();
    if (state.isEmpty()) {
      throw new UserException("no model is registered as " + name + ": train one first");
    }
    if (version != null) {
      return new ReleaseActions(ledger).version(state.get(), version).model().toString();
    }
    Release champion = state.get().champion();
    if (champion == null) {
      throw new UserException(name + " has no champion: promote a version, or choose one");
    }
    return champion.model().toString();
  }
}
