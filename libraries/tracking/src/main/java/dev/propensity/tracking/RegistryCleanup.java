package dev.propensity.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** This project's models in MLflow's registry, by the location of their files. */
final class RegistryCleanup {
  private static final String PAGE = "1000";

  private final MlflowApi api;

  RegistryCleanup(MlflowApi api) {
    this.api = api;
  }

  /** Those with at least one version there, by name. */
  List<RegisteredVersions> below(String uriPrefix) {
    List<RegisteredVersions> found = new ArrayList<>();
    for (String model : models()) {
      List<Integer> there = new ArrayList<>();
      List<Integer> all = new ArrayList<>();
      pages(
          "model-versions/search",
          "name='" + model.replace("'", "\\'") + "'",
          page ->
              page.path("model_versions")
                  .forEach(
                      version -> {
                        all.add(version.path("version").asInt());
                        if (isOurs(version)
                            && version.path("source").asText().startsWith(uriPrefix)) {
                          there.add(version.path("version").asInt());
                        }
                      }));
      if (!there.isEmpty()) {
        found.add(new RegisteredVersions(model, there, there.size() == all.size()));
      }
    }
    return found;
  }

  /** Deletes the registered model, or only those versions where it has others. */
  void delete(RegisteredVersions registered) {
    if (registered.complete()) {
      unlessGone("registered-models/delete", Map.of("name", registered.model()));
      return;
    }
    for (int version : registered.versions()) {
      unlessGone(
          "model-versions/delete",
          Map.of("name", registered.model(), "version", Integer.toString(version)));
    }
  }

  private List<String> models() {
    List<String> names = new ArrayList<>();
    pages(
        "registered-models/search",
        "",
        page -> page.path("registered_models").forEach(m -> names.add(m.path("name").asText())));
    names.sort(null);
    return names;
  }

  private void pages(String path, String filter, Consumer<JsonNode> page) {
    String token = "";
    do {
      JsonNode answer = api.get(path, "filter", filter, "max_results", PAGE, "page_token", token);
      page.accept(answer);
      token = answer.path("next_page_token").asText();
    } while (!token.isEmpty());
  }

  private void unlessGone(String path, Map<String, String> body) {
    try {
      api.delete(path, body);
    } catch (MlflowRequestException e) {
      if (!e.isGone()) {
        throw e;
      }
    }
  }

  /** Whether this version was mirrored from a release ledger. */
  private static boolean isOurs(JsonNode version) {
    for (JsonNode tag : version.path("tags")) {
      if (tag.path("key").asText().equals(ModelRegistry.VERSION)) {
        return true;
      }
    }
    return false;
  }
}
