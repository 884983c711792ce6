package dev.propensity.tasks.promote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.foundation.Digest;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.LedgerEntry.Action;
import dev.propensity.tracking.NextEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PromoteTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path folder;

  @Test
  void makesAVersionTheChampionOnce() throws IOException {
    ReleaseLedger ledger = ledger("once");

    JsonNode done = promote(0, "once", "1", Map.of());
    assertThat(done.get("status").asText()).isEqualTo("done");
    LedgerEntry entry = ledger.latest().orElseThrow();
    assertThat(done.get("uri").asText()).isEqualTo(ledger.location(3).toString());
    assertThat(entry.action()).isEqualTo(Action.PROMOTED);
    assertThat(entry.champion().version()).isEqualTo(1);
    assertThat(entry.who()).isEqualTo("Ada");
    assertThat(entry.why()).isEqualTo("a trial");

    JsonNode again = promote(0, "once", "1", Map.of());
    assertThat(again.get("status").asText()).isEqualTo("unchanged");
    assertThat(again.get("uri")).isEqualTo(done.get("uri"));
  }

  @Test
  void succeedsThoughMlflowCannotBeReached() throws IOException {
    ReleaseLedger ledger = ledger("unreachable");

    promote(0, "unreachable", "1", Map.of("MLFLOW_TRACKING_URI", "http://127.0.0.1:1"));

    assertThat(ledger.champion()).map(Release::version).contains(1);
  }

  @Test
  void rejectsWhatIsNotThere() throws IOException {
    ledger("short");

    assertThat(promote(2, "short", "3", Map.of()).get("reason").asText())
        .isEqualTo("short has no version 3; it has 1 to 2");
    assertThat(promote(2, "nothing", "1", Map.of()).get("reason").asText())
        .startsWith("no model is registered in s3://");
    assertThat(promote(2, "short", "two", Map.of()).get("reason").asText())
        .contains("--model-version");
  }

  private static ReleaseLedger ledger(String name) {
    ReleaseLedger ledger = new ReleaseLedger(S3.store(), name);
    for (int version = 1; version <= 2; version++) {
      S3Location model = S3.root().resolve(name + "/train/" + version);
      Release release =
          new Release(version, model, Digest.of("model " + version), model.resolve("evaluation"));
      ledger.append(last -> new NextEntry(name, last, "a run", "better").released(release));
    }
    return ledger;
  }

  private JsonNode promote(int code, String name, String version, Map<String, String> more)
      throws IOException {
    Map<String, String> environment = new HashMap<>(S3.environment());
    environment.putAll(more);
    TaskRun run =
        TaskRunner.run(
            new PromoteTask(),
            environment,
            "--name=" + name,
            "--model-version=" + version,
            "--who=Ada",
            "--why=a trial");
    assertThat(run.exit()).isEqualTo(code);
    return run.result();
  }
}
