package dev.propensity.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.UnavailableException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** MLflow's registered models, by MLflow's documented REST API. */
final class ModelRegistry {
  /** The tag with the ledger's version number of a version in MLflow. */
  static final String VERSION = "propensity.version";

  private static final int PAGE = 1000;

  private final MlflowApi api;
  private final String name;

  /**
   * @param name of the registered model
   */
  ModelRegistry(MlflowApi api, String name) {
    this.api = api;
    this.name = name;
  }

  /**
   * A registered model or a version of one.
   *
   * @param number MLflow's version; 0 for the registered model
   * @param description empty where there is none
   */
  record Registered(int number, Map<String, String> tags, String description) {}

  /**
   * The state of a registered model.
   *
   * @param aliases MLflow's version by alias
   * @param versions by the ledger's version
   */
  record State(
      Registered model, Map<String, Integer> aliases, SortedMap<Integer, Registered> versions) {}

  /** The registered model, or empty where there is none. Two requests. */
  Optional<State> find() {
    JsonNode answer =
        api.get("registered-models/search", "filter", "name='" + name + "'", "max_results", "1");
    JsonNode model = answer.path("registered_models").get(0);
    if (model == null) {
      return Optional.empty();
    }
    Map<String, Integer> aliases = new HashMap<>();
    model
        .path("aliases")
        .forEach(alias -> aliases.put(alias.get("alias").asText(), alias.get("version").asInt()));
    return Optional.of(new State(registered(model), aliases, versions()));
  }

  void create(Map<String, String> tags, String description) {
    try {
      api.post(
          "registered-models/create",
          Map.of("name", name, "tags", pairs(tags), "description", description));
    } catch (MlflowRequestException e) {
      if (!e.alreadyExists()) {
        throw e;
      }
    }
  }

  /**
   * Creates a version and lists the versions afterwards: of several with the same tag, created by
   * concurrent attempts, the lowest is kept.
   *
   * @param runId MLflow's run of the model, where it has one
   */
  Registered createVersion(
      int version,
      String source,
      Optional<String> runId,
      Map<String, String> tags,
      String description) {
    Map<String, String> all = new HashMap<>(tags);
    all.put(VERSION, Integer.toString(version));
    Map<String, Object> body = new HashMap<>();
    body.put("name", name);
    body.put("source", source);
    body.put("tags", pairs(all));
    body.put("description", description);
    runId.ifPresent(id -> body.put("run_id", id));
    api.post("model-versions/create", body);
    Registered created = versions().get(version);
    if (created == null) {
      throw new UnavailableException(
          "MLflow does not list version " + version + " of " + name + " yet");
    }
    return created;
  }

  void tag(String key, String value) {
    api.post("registered-models/set-tag", Map.of("name", name, "key", key, "value", value));
  }

  void tagVersion(int number, String key, String value) {
    api.post(
        "model-versions/set-tag",
        Map.of("name", name, "version", Integer.toString(number), "key", key, "value", value));
  }

  void alias(String alias, int number) {
    api.post(
        "registered-models/alias",
        Map.of("name", name, "alias", alias, "version", Integer.toString(number)));
  }

  void removeAlias(String alias) {
    try {
      api.delete("registered-models/alias", Map.of("name", name, "alias", alias));
    } catch (MlflowRequestException e) {
      if (!e.isGone()) {
        throw e;
      }
    }
  }

  private SortedMap<Integer, Registered> versions() {
    List<Registered> all = new ArrayList<>();
    String page = "";
    do {
      JsonNode answer =
          api.get(
              "model-versions/search",
              "filter",
              "name='" + name + "'",
              "max_results",
              Integer.toString(PAGE),
              "page_token",
              page);
      answer.path("model_versions").forEach(version -> all.add(registered(version)));
      page = answer.path("next_page_token").asText();
    } while (!page.isEmpty());
    all.removeIf(version -> !version.tags().containsKey(VERSION)); // created manually
    all.sort(Comparator.comparingInt(Registered::number));
    SortedMap<Integer, Registered> versions = new TreeMap<>();
    for (Registered version : all) {
      int number = Integer.parseInt(version.tags().get(VERSION));
      if (versions.putIfAbsent(number, version) != null) {
        delete(version);
      }
    }
    return versions;
  }

  private void delete(Registered version) {
    try {
      api.delete(
          "model-versions/delete",
          Map.of("name", name, "version", Integer.toString(version.number())));
    } catch (MlflowRequestException e) {
      if (!e.isGone()) {
        throw e;
      }
    }
  }

  private static Registered registered(JsonNode node) {
    Map<String, String> tags = new HashMap<>();
    node.path("tags").forEach(tag -> tags.put(tag.get("key").asText(), tag.path("value").asText()));
    return new Registered(node.path("version").asInt(), tags, node.path("description").asText());
  }

  private static List<Map<String, String>> pairs(Map<String, String> tags) {
    List<Map<String, String>> pairs = new ArrayList<>();
    tags.forEach((key, value) -> pairs.add(Map.of("key", key, "value", value)));
    return pairs;
  }
}
