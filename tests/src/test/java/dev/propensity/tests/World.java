package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.faults.JavaProcess;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.foundation.WorkFolder;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.Manifest;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.storage.StoredObject;
import dev.propensity.task.Task;
import dev.propensity.testing.TaskRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A separate store on a shared S3 server, in which tasks run.
 *
 * @param mlflow the MLflow server's address, or nothing
 */
record World(S3Server s3, Optional<String> mlflow, String name) {

  /** The environment of a task in this world. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(s3.environment());
    environment.put("PROPENSITY_STORE", store().root().toString());
    mlflow.ifPresent(uri -> environment.put("MLFLOW_TRACKING_URI", uri));
    return environment;
  }

  ArtifactStore store() {
    return new ArtifactStore(s3.objects(), new S3Location(s3.root().bucket(), name));
  }

  /** Runs a task and returns its result's URI; it must succeed. */
  S3Location run(Task task, String... arguments) throws IOException {
    return TaskRunner.run(task, environment(), arguments).succeeded().uri();
  }

  /** Runs a task as a separate process and returns its result's URI; it must succeed. */
  S3Location run(JavaProcess task, String... arguments) throws IOException, InterruptedException {
    try (WorkFolder folder = new WorkFolder()) {
      Path result = folder.path().resolve("result.json");
      List<String> all = new ArrayList<>(List.of(arguments));
      all.addAll(List.of("--result", result.toString()));
      JavaProcess.Exit end = task.run(environment(), all.toArray(String[]::new));
      assertThat(end.exit()).as(end.log()).isZero();
      JsonNode json = CanonicalJson.mapper().readTree(Files.readAllBytes(result));
      return S3Location.parse(json.get("uri").asText());
    }
  }

  /** An artifact's path from the root of its store. */
  String pathOf(S3Location artifact) {
    return store().relative(artifact);
  }

  /** The keys of all objects of this world, in order. */
  List<String> keys() {
    return s3.objects().objects(store().root(), Optional.empty()).stream()
        .map(object -> object.location().key())
        .sorted()
        .toList();
  }

  /** All artifacts of this world, each fetched and checked against its digests. */
  List<Artifact> wholeArtifacts() throws IOException {
    List<Artifact> artifacts = new ArrayList<>();
    for (StoredObject object : s3.objects().objects(store().root(), Optional.empty())) {
      String key = object.location().key();
      if (key.endsWith("/" + Manifest.NAME)) {
        S3Location uri =
            new S3Location(
                object.location().bucket(),
                key.substring(0, key.length() - Manifest.NAME.length() - 1));
        Artifact artifact = store().find(uri).orElseThrow();
        try (WorkFolder folder = new WorkFolder()) {
          store().fetch(artifact, folder.path());
        }
        artifacts.add(artifact);
      }
    }
    return artifacts;
  }
}
