package dev.propensity.tasks.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.serve.RunningServer;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Predictions scored by an endpoint. */
class PredictEndpointTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path folder;

  @Test
  void makesTheSameBytesAsWithoutIt() throws Exception {
    ToyModels toys = new ToyModels(S3.store(), folder);
    StringBuilder csv = new StringBuilder(ToyModels.csv(20_000));
    csv.append("m1,3.25,elsewhere,yes\nm2,1e-3,elsewhere,no\n"); // unseen
    Artifact raw = toys.raw(csv.toString(), Origin.REAL);
    Artifact model = toys.model(5, Origin.REAL);
    toys.release("toys", model);
    try (RunningServer server = new RunningServer(S3.environment(), "--name", "toys")) {
      server.answering(1);
      String endpoint = "--endpoint=" + server.responses().address();
      JsonNode local = predict(0, "--raw=" + raw.uri());
      JsonNode asked = predict(0, "--raw=" + raw.uri(), endpoint, "--force", "--threads=3");
      assertThat(asked.get("status").asText()).isEqualTo("done");
      assertThat(asked.get("uri")).isEqualTo(local.get("uri"));

      Artifact other = toys.model(6, Origin.REAL);
      JsonNode rejected = predict(2, "--raw=" + raw.uri(), endpoint, "--model=" + other.uri());
      assertThat(rejected.get("reason").asText())
          .startsWith(server.responses().address() + " serves toys/1@")
          .contains(", not " + other.uri() + " (@");
      JsonNode several =
          predict(
              2,
              "--raw=" + raw.uri(),
              endpoint,
              "--models=[\"" + model.uri() + "\", \"" + other.uri() + "\"]");
      assertThat(several.get("reason").asText()).contains("--models lists several");
    }
  }

  private JsonNode predict(int exit, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--dataset=" + ToyModels.SPECIFICATION);
    TaskRun run = TaskRunner.run(new PredictTask(), S3.environment(), all);
    assertThat(run.exit()).as(run.reason()).isEqualTo(exit);
    return run.result();
  }
}
