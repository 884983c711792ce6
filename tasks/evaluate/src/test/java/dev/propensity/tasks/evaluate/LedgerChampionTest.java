package dev.propensity.tasks.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Server;
import dev.propensity.tracking.NextEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations without {@code --champion}, which is read from the release ledger. */
class LedgerChampionTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  private static final String SPEC = Customers.specification(7);
  private static final Runs RUNS = new Runs(S3, SPEC);

  @TempDir private Path work;

  @Test
  void followsTheLedger() throws IOException {
    Customers customers = new Customers(S3.store(), work);
    Artifact features = customers.features(SPEC, 4000, Origin.REAL);
    Artifact weak = customers.model(SPEC, features, 2);
    Artifact strong = customers.model(SPEC, features, 40);

    // There is no champion yet.
    JsonNode first = RUNS.done(weak, features);
    assertThat(RUNS.evaluation(first).champion()).isNull();
    release(1, weak, first);

    // The weak model is the champion: the strong one is compared with it.
    JsonNode second = RUNS.done(strong, features);
    assertThat(RUNS.evaluation(second).difference().value()).isPositive();
    Artifact evaluation = S3.store().require(Runs.uri(second), "evaluate");
    assertThat(evaluation.manifest().inputs().get("champion")).isEqualTo(weak.asInput());

    // The weak model is its own champion: its evaluation is reused, and recomputed when forced.
    JsonNode again = RUNS.done(weak, features);
    assertThat(again.get("uri")).isEqualTo(first.get("uri"));
    assertThat(again.get("status").asText()).isEqualTo("unchanged");
    JsonNode forced = RUNS.done(weak, features, "--force");
    assertThat(forced.get("uri")).isEqualTo(first.get("uri"));
    assertThat(forced.get("status").asText()).isEqualTo("done");

    // So is the strong one's, once it is released; it is not compared with itself.
    release(2, strong, second);
    assertThat(RUNS.done(strong, features).get("uri")).isEqualTo(second.get("uri"));
    assertThat(RUNS.done(strong, features, "--force").get("uri")).isEqualTo(second.get("uri"));
    assertThat(RUNS.done(strong, features, "--plan").get("uri")).isEqualTo(second.get("uri"));
  }

  private static void release(int version, Artifact model, JsonNode evaluation) {
    Release release =
        new Release(version, model.uri(), Release.digestOf(model), Runs.uri(evaluation));
    new ReleaseLedger(S3.store(), "customers")
        .append(last -> new NextEntry("customers", last, "a test", "it is good").released(release));
  }
}
