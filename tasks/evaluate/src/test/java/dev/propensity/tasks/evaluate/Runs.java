package dev.propensity.tasks.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.model.evaluation.Evaluation;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.IOException;
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
    return run(model, features, more).succeeded().result();
  }

  /** The reason of a run that rejects its input. */
  String rejected(Artifact model, Artifact features, String... more) throws IOException {
    return run(model, features, more).rejected();
  }

  private TaskRun run(Artifact model, Artifact features, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--dataset=" + specification,
                "--model=" + model.uri(),
                "--features=" + features.uri()));
    arguments.addAll(List.of(more));
    Map<String, String> environment = new HashMap<>(s3.environment());
    environment.putAll(settings);
    return TaskRunner.run(new EvaluateTask(), environment, arguments);
  }

  /** The evaluation that a run wrote or reused. */
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
