package dev.propensity.tests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.storage.S3Location;
import dev.propensity.tracking.MlflowServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The content of an MLflow server, counted by its API. */
record Mlflow(MlflowServer server) {

  /** How many runs, not deleted, show an artifact: a model, or predictions. */
  int runsOf(S3Location made) throws IOException, InterruptedException {
    List<String> ids =
        json("experiments/search?max_results=100")
            .get("experiments")
            .findValuesAsText("experiment_id");
    String tag = made.key().contains("/predict/") ? "propensity.predictions" : "propensity.model";
    String body =
        CanonicalJson.text(
            Map.of("experiment_ids", ids, "filter", "tags.`" + tag + "` = '" + made + "'"));
    String answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.uri() + "/api/2.0/mlflow/runs/search"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.ofString())
            .body();
    return CanonicalJson.mapper().readTree(answer).path("runs").size();
  }

  /** How many versions a registered model has. */
  int versionsOf(String name) throws IOException {
    return json("model-versions/search?filter=name%3D%27" + name + "%27")
        .path("model_versions")
        .size();
  }

  /** A registered model's versions by their aliases. */
  Map<String, String> aliasesOf(String name) throws IOException {
    Map<String, String> aliases = new TreeMap<>();
    json("registered-models/get?name=" + name)
        .path("registered_model")
        .path("aliases")
        .forEach(alias -> aliases.put(alias.get("alias").asText(), alias.get("version").asText()));
    return aliases;
  }

  private JsonNode json(String path) throws IOException {
    return CanonicalJson.mapper().readTree(server.get("/api/2.0/mlflow/" + path));
  }
}
