package dev.propensity.tasks.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.storage.S3Server;
import dev.propensity.tasks.serve.Releases;
import dev.propensity.tasks.serve.RunningServer;
import dev.propensity.testing.HelpText;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.LedgerEntry.Action;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseActions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DeployTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  @TempDir Path folder;
  private int timeout = 60;
  private String name;
  private Releases releases;

  @BeforeEach
  void anEmptyLedger(TestInfo test) {
    name = "offers-" + Integer.toHexString(test.getDisplayName().hashCode());
    releases = new Releases(S3.store(), name, folder);
  }

  @Test
  void theHelpIsUnchanged() throws Exception {
    HelpText.assertUnchanged(new DeployTask());
  }

  @Test
  void waitsForTheSwapAndVerifiesTheNewModel() throws Exception {
    releases.release(releases.model(1));
    try (RunningServer server = serve()) {
      server.answering(1);
      LedgerEntry entry = releases.release(releases.model(2));
      TaskRun deployed = deploy(entry, server.responses().address());
      assertThat(deployed.exit()).as(deployed.reason()).isZero();
      assertThat(deployed.status()).isEqualTo("done");
      assertThat(deployed.uri()).hasToString(uri(entry));
      assertThat(deployed.reason()).contains("version 2 is live").endsWith("release 2");
      assertThat(deployed.result().get("name").asText()).isEqualTo(name);
      assertThat(deployed.result().get("version").asInt()).isEqualTo(2);
      assertThat(deployed.result().get("model").asText())
          .isEqualTo(entry.subject().model().toString());
      assertThat(deployed.result().get("endpoint").asText())
          .isEqualTo(server.responses().address());
      assertThat(deploy(entry, server.responses().address())).isEqualTo(deployed);
    }
  }

  @Test
  void findsTheEndpointByTheNameOfTheDataset() throws Exception {
    LedgerEntry entry = releases.release(releases.model(1));
    try (RunningServer server = serve()) {
      String endpoints =
          "{\"other\": \"http://127.0.0.1:1\", \"%s\": \"%s/\"}"
              .formatted(name, server.responses().address());
      assertThat(deploy(entry, endpoints).exit()).isZero();
    }
    TaskRun lacking = deploy(entry, "{\"other\": \"http://127.0.0.1:1\"}");
    assertThat(lacking.rejected())
        .isEqualTo(
            "--endpoint has none for "
                + name
                + "; it has other; in Airflow it is the Variable propensity_endpoints");
    assertThat(deploy(entry, "").rejected())
        .startsWith("no endpoint is set for " + name + ": add --endpoint, in Airflow the Variable");
    assertThat(deploy(entry, "localhost:8080").rejected())
        .startsWith("'localhost:8080' is not an endpoint's URL");
  }

  @Test
  void namesTheChampionWhereRowsAreScoredInBatchesOnly() throws Exception {
    LedgerEntry entry = releases.release(releases.model(1));
    TaskRun deployed = deploy(entry, "{\"%s\": \"none\"}".formatted(name)).succeeded();
    assertThat(deployed.reason()).isEqualTo("version 1 is the champion; no endpoint serves it");
    assertThat(deployed.uri()).hasToString(uri(entry));
    assertThat(deployed.result().get("version").asInt()).isEqualTo(1);
    assertThat(deployed.result().get("model").asText())
        .isEqualTo(entry.subject().model().toString());
    assertThat(deployed.result().has("endpoint")).isFalse();
    LedgerEntry challenger = releases.challenger(releases.model(2));
    assertThat(deploy(challenger, "none").exit()).isEqualTo(99);
  }

  @Test
  void skipsAChallenger() throws Exception {
    LedgerEntry entry = releases.challenger(releases.model(1));
    TaskRun deployed = deploy(entry, "http://127.0.0.1:1");
    assertThat(deployed.exit()).isEqualTo(99);
    assertThat(deployed.status()).isEqualTo("skipped");
    assertThat(deployed.uri()).hasToString(uri(entry));
  }

  @Test
  void rollsBackAModelThatFailsItsProof() throws Exception {
    Release good = releases.model(1);
    releases.release(good);
    try (RunningServer server = serve()) {
      server.answering(1);
      LedgerEntry entry = releases.release(releases.faulty(2));
      TaskRun deployed = deploy(entry, server.responses().address());
      assertThat(deployed.rejected())
          .startsWith("version 2 of " + name + " was rolled back: sample row 1 scores")
          .contains("version 1 is live");

      LedgerEntry last = releases.ledger().latest().orElseThrow();
      assertThat(last.number()).isEqualTo(3);
      assertThat(last.action()).isEqualTo(Action.ROLLED_BACK);
      assertThat(last.champion()).isEqualTo(good);
      assertThat(last.holds(entry.subject().digest())).isTrue();
      assertThat(last.why()).contains("sample row 1 scores");
      assertThat(server.answering(3).get("version").asInt()).isEqualTo(1);

      assertThat(deploy(entry, server.responses().address())).isEqualTo(deployed);
      assertThat(releases.ledger().latest().orElseThrow()).isEqualTo(last);
    }
  }

  @Test
  void rollsBackAFirstModelToNone() throws Exception {
    LedgerEntry entry = releases.release(releases.faulty(1));
    try (RunningServer server = serve()) {
      TaskRun deployed = deploy(entry, server.responses().address());
      assertThat(deployed.rejected()).contains("no model is live: there is no champion");
      assertThat(releases.ledger().latest().orElseThrow().champion()).isNull();
    }
  }

  @Test
  void rollsBackAModelThatScoresOtherwiseAtTheEndpoint() throws Exception {
    Release good = releases.model(1);
    releases.release(good);
    LedgerEntry entry = releases.release(releases.model(2));
    try (WrongScoresEndpoint endpoint =
        new WrongScoresEndpoint(releases.ledger(), new RecordedScores(S3.store()), 2)) {
      TaskRun deployed = deploy(entry, endpoint.address());
      assertThat(deployed.rejected()).contains("sample row 1 scores 2.0; recorded:");
      assertThat(releases.ledger().champion()).contains(good);
    }
  }

  @Test
  void rollsNothingBackWhereAnotherModelWasReleasedMeanwhile() throws Exception {
    releases.release(releases.model(1));
    LedgerEntry second = releases.release(releases.model(2));
    Release next = releases.model(3);
    try (WrongScoresEndpoint endpoint =
        new WrongScoresEndpoint(releases.ledger(), new RecordedScores(S3.store()), 2)) {
      endpoint.whileScoring(() -> releases.release(next));
      TaskRun deployed = deploy(second, endpoint.address()).succeeded();
      assertThat(deployed.reason())
          .startsWith("version 2 is no longer the champion; ")
          .contains("version 3 is live");
      assertThat(releases.ledger().latest().orElseThrow().number()).isEqualTo(3);
    }
  }

  @Test
  void verifiesTheChampionThatTookThePlaceMeanwhile() throws Exception {
    LedgerEntry first = releases.release(releases.model(1));
    LedgerEntry second = releases.release(releases.model(2));
    try (RunningServer server = serve()) {
      TaskRun deployed = deploy(first, server.responses().address());
      assertThat(deployed.exit()).isZero();
      assertThat(deployed.uri()).hasToString(uri(second));
      assertThat(deployed.reason())
          .startsWith("version 1 is no longer the champion; ")
          .contains("version 2 is live");
    }
  }

  @Test
  void verifiesTheChampionAfterAPersonsRollBack() throws Exception {
    releases.release(releases.model(1));
    LedgerEntry second = releases.release(releases.model(2));
    LedgerEntry back =
        new ReleaseActions(releases.ledger()).rollBack(second.champion(), "ada", "complaints");
    try (RunningServer server = serve()) {
      assertThat(deploy(back, server.responses().address()).reason()).contains("version 1 is live");
      TaskRun deployed = deploy(second, server.responses().address());
      assertThat(deployed.exit()).isZero();
      assertThat(deployed.reason()).startsWith("version 2 is no longer the champion; ");
    }
  }

  @Test
  void failsToBeTriedAgainWhereTheEndpointIsAwayOrDoesNotFollow() throws Exception {
    timeout = 1;
    LedgerEntry entry = releases.release(releases.model(1));
    assertThat(deploy(entry, "http://127.0.0.1:1").exit()).isEqualTo(1);
    releases.release(releases.model(2));
    try (WrongScoresEndpoint endpoint =
        new WrongScoresEndpoint(releases.ledger(), new RecordedScores(S3.store()), 0)) {
      assertThat(deploy(entry, endpoint.address()).exit()).isEqualTo(1);
    }
    assertThat(releases.ledger().latest().orElseThrow().number()).isEqualTo(2);
  }

  @Test
  void rejectsTheEndpointOfAnotherDataset() throws Exception {
    LedgerEntry entry = releases.release(releases.model(1));
    Releases others = new Releases(S3.store(), name + "-other", folder.resolve("model-1"));
    LedgerEntry other = others.release(others.model(9));
    try (RunningServer server = serve()) {
      server.answering(entry.number());
      TaskRun deployed = deploy(others.uri(other), server.responses().address());
      assertThat(deployed.rejected()).endsWith("serves " + name + ", not " + name + "-other");
    }
  }

  @Test
  void rejectsWhatIsNoLedgerEntry() throws Exception {
    assertThat(deploy(S3.root() + "/offers/train/abc", "http://127.0.0.1:1").rejected())
        .contains("is no ledger entry of this store");
    TaskRun absent = deploy(S3.root() + "/offers/releases/000007.json", "http://127.0.0.1:1");
    assertThat(absent.rejected()).contains("no ledger entry at");
  }

  private RunningServer serve() throws Exception {
    return new RunningServer(S3.environment(), "--name", name);
  }

  private String uri(LedgerEntry entry) {
    return releases.uri(entry);
  }

  private TaskRun deploy(LedgerEntry entry, String endpoint) throws IOException {
    return deploy(uri(entry), endpoint);
  }

  private TaskRun deploy(String release, String endpoint) throws IOException {
    return TaskRunner.run(
        new DeployTask(),
        S3.environment(),
        "--release=" + release,
        "--endpoint=" + endpoint,
        "--timeout=" + timeout);
  }
}
