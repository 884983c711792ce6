package dev.propensity.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** MLflow's experiments, one per dataset. */
final class Experiments {
  private final MlflowApi api;

  Experiments(MlflowApi api) {
    this.api = api;
  }

  /** The experiment's identifier, or empty where there is none. */
  Optional<String> find(String name) {
    return search(name, "ACTIVE_ONLY");
  }

  /** The experiment's identifier; created if it does not exist, and restored if deleted. */
  String require(String name) {
    return find(name).orElseGet(() -> create(name));
  }

  private String create(String name) {
    try {
      return api.post("experiments/create", Map.of("name", name)).get("experiment_id").asText();
    } catch (MlflowRequestException e) {
      if (!e.alreadyExists()) {
        throw e;
      }
    }
    // Another attempt created it meanwhile, or it was deleted.
    Optional<String> active = find(name);
    if (active.isPresent()) {
      return active.get();
    }
    String id = search(name, "DELETED_ONLY").orElseThrow();
    api.post("experiments/restore", Map.of("experiment_id", id));
    return id;
  }

  private Optional<String> search(String name, String view) {
    JsonNode answer =
        api.post(
            "experiments/search",
            Map.of("filter", "name = '" + name + "'", "max_results", 1, "view_type", view));
    return Optional.ofNullable(answer.path("experiments").get(0))
        .map(experiment -> experiment.get("experiment_id").asText());
  }
}
