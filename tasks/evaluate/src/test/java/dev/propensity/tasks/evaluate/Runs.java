package dev.propensity.tasks.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.CanonicalJson;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs evaluate in the test's process. */
record Runs(S3Server s3, String specification, Map<String, String> settings) {

  Runs(S3Server s3, String specification) {
    this(s3, specification, Map.of());
  }

  /** The result of a run that succeeds. */
  JsonNode done(Artifact model, Artifact features, String... more) throws IOException {
    return run(0, model, features, more);
  }

  /** The reason of a run that refuses its input. */
  String refused(Artifact model, Artifact features, String... more) throws IOException {
    return run(2, model, features, more).get("reason").asText();
  }

  private JsonNode run(int code, Artifact model, Artifact features, String... more)
      throws IOException {
    Path result = Files.createTempFile("result", ".json");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--dataset=" + specification,
                "--model=" + model.uri(),
                "--features=" + features.uri(),
                "--result=" + result));
    arguments.addAll(List.of(more));
    Map<String, String> environment = new HashMap<>(s3.environment());
    environment.putAll(settings);
    int exit = Task.run(new EvaluateTask(), environment, arguments.toArray(String[]::new));
    JsonNode json = CanonicalJson.mapper().readTree(result.toFile());
    Files.delete(result);
    assertThat(exit).as(json.toString()).isEqualTo(code);
    return json;
  }

  /** The evaluation that a run wrote or found. */
  Evaluation evaluation(JsonNode result) throws IOException {
    Artifact artifact = s3.store().require(uri(result), "evaluate");
    try (var in = s3.store().open(artifact, Evaluation.FILE)) {
      return Evaluation.parse(in.readAllBytes(), Evaluation.FILE);
    }
  }

  static S3Location uri(JsonNode result) {
    return S3Location.parse(result.get("uri").asText());
  }
}
