package dev.propensity.tasks.rollback;

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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RollbackTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir private Path folder;

  @Test
  void rollsBackTheChampionAgainAndAgain() throws IOException {
    ReleaseLedger ledger = ledger("again");

    JsonNode once = rollBack(0, "again");
    assertThat(once.get("status").asText()).isEqualTo("done");
    assertThat(once.get("uri").asText()).isEqualTo(ledger.location(4).toString());
    assertThat(once.get("reason").asText())
        .isEqualTo("version 3 of again is rolled back, version 2 is live again");
    assertThat(ledger.latest().orElseThrow().action()).isEqualTo(Action.ROLLED_BACK);
    rollBack(0, "again");

    LedgerEntry state = ledger.latest().orElseThrow();
    assertThat(state.champion().version()).isEqualTo(1);
    assertThat(state.held()).hasSize(2);
    assertThat(rollBack(2, "again").get("reason").asText())
        .isEqualTo(
            "version 1 of again cannot be rolled back: there is no earlier champion; promote"
                + " another version");
  }

  @Test
  void rollsBackANamedVersionOnceOnly() throws IOException {
    ReleaseLedger ledger = ledger("named");

    JsonNode once = rollBack(0, "named", "--model-version", "3");
    JsonNode twice = rollBack(0, "named", "--model-version", "3");

    assertThat(twice.get("status").asText()).isEqualTo("unchanged");
    assertThat(twice.get("uri")).isEqualTo(once.get("uri"));
    assertThat(ledger.champion()).map(Release::version).contains(2);
    assertThat(rollBack(2, "named", "--model-version", "1").get("reason").asText())
        .isEqualTo(
            "version 1 of named is not the champion; version 2 is. A rollback returns from the champion to the one before it; to make version 1 live, promote it");
  }

  @Test
  void rejectsWhereNothingIsRegistered() throws IOException {
    assertThat(rollBack(2, "nothing").get("reason").asText())
        .isEqualTo("no model is registered as nothing");
  }

  private static ReleaseLedger ledger(String name) {
    ReleaseLedger ledger = new ReleaseLedger(S3.store(), name);
    for (int version = 1; version <= 3; version++) {
      S3Location model = S3.root().resolve(name + "/train/" + version);
      Release release =
          new Release(version, model, Digest.of("model " + version), model.resolve("evaluation"));
      ledger.append(last -> new NextEntry(name, last, "a run", "better").released(release));
    }
    return ledger;
  }

  private JsonNode rollBack(int code, String name, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("--name", name, "--who", "Ada", "--why", "complaints"));
    arguments.addAll(List.of(more));
    TaskRun run = TaskRunner.run(new RollbackTask(), S3.environment(), arguments);
    assertThat(run.exit()).isEqualTo(code);
    return run.result();
  }
}
