package dev.propensity.tasks.deploy;

import dev.propensity.artifacts.EvaluationArtifact;
import dev.propensity.endpoint.Endpoint;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.Release;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the outcome of a deployment shows beside its URI: {@code name} and {@code endpoint}, and of
 * the live model {@code version}, {@code model} and {@code metrics}.
 *
 * @param state the ledger's entry whose champion is live
 * @param target null where no endpoint serves it
 */
record DeploymentDetails(ArtifactStore store, LedgerEntry state, @Nullable Endpoint target) {

  SortedMap<String, Object> map() {
    SortedMap<String, Object> details = new TreeMap<>();
    details.put("name", state.name());
    if (target != null) {
      target.page().ifPresent(page -> details.put("endpoint", page.toString()));
    }
    Release champion = state.champion();
    if (champion != null) {
      details.put("version", champion.version());
      details.put("model", champion.model().toString());
      // The model is live, whether or not its evaluation still exists.
      if (store.find(champion.evaluation()).isPresent()) {
        details.put("metrics", EvaluationArtifact.require(store, champion.evaluation()).summary());
      }
    }
    return details;
  }
}
