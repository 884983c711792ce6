package dev.propensity.tasks.performance;

import dev.propensity.artifacts.EvaluationArtifact;
import dev.propensity.artifacts.TrainedModelArtifact;
import dev.propensity.foundation.Digest;
import dev.propensity.model.metric.Interval;
import dev.propensity.monitoring.profile.TimeWindow;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that chooses the model whose scores count. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "URI",
      description = {
        "The model whose scores count: the output of train (default: the champion at the end of"
            + " the window)."
      })
  private @Nullable String uri;

  /**
   * A model, and how it was released.
   *
   * @param release null where it was never registered
   */
  record Chosen(TrainedModelArtifact model, @Nullable Release release) {

    /** The evaluation of its release; empty where it was never registered or there is none. */
    Optional<EvaluationArtifact> evaluation(ArtifactStore store) {
      return Optional.ofNullable(release)
          .filter(one -> store.find(one.evaluation()).isPresent())
          .map(one -> EvaluationArtifact.require(store, one.evaluation()));
    }

    /** The AUC on the test split; null where it is not known. */
    static @Nullable Interval testAuc(Optional<EvaluationArtifact> evaluation) {
      if (evaluation.isEmpty()) {
        return null;
      }
      SortedMap<String, Double> metrics = evaluation.get().candidateMetrics();
      Double auc = metrics.get("auc");
      Double low = metrics.get("auc_low");
      Double high = metrics.get("auc_high");
      return auc == null || low == null || high == null ? null : new Interval(auc, low, high);
    }
  }

  /**
   * The model; empty where there was no champion.
   *
   * @param name the dataset's name with its origin, whose ledger is read
   * @throws dev.propensity.foundation.UserException if the given one does not exist
   */
  Optional<Chosen> find(ArtifactStore store, String name, TimeWindow window) {
    ReleaseLedger ledger = new ReleaseLedger(store, name);
    if (uri != null) {
      TrainedModelArtifact model = TrainedModelArtifact.require(store, S3Location.parse(uri));
      return Optional.of(new Chosen(model, release(ledger, model.digest())));
    }
    return ledger
        .championBefore(window.to())
        .map(release -> new Chosen(TrainedModelArtifact.require(store, release.model()), release));
  }

  private static @Nullable Release release(ReleaseLedger ledger, Digest model) {
    int last = ledger.latest().map(LedgerEntry::number).orElse(0);
    for (int number = last; number > 0; number--) {
      LedgerEntry entry = ledger.entry(number);
      Optional<Release> found =
          Stream.of(entry.subject(), entry.champion(), entry.challenger())
              .filter(release -> release != null && release.digest().equals(model))
              .findFirst();
      if (found.isPresent()) {
        return found.get();
      }
    }
    return null;
  }
}
