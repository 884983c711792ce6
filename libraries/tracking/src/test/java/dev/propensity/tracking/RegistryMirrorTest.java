package dev.propensity.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.propensity.storage.S3Server;
import dev.propensity.tracking.ReleaseLedgerTest.SampleReleases;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RegistryMirrorTest {
  @RegisterExtension static final S3Server S3 = new S3Server();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();
  @RegisterExtension static final MlflowServer EMPTY = MlflowServer.apart("empty");

  private final String name = "data-" + UUID.randomUUID();
  private final ReleaseLedger ledger = new ReleaseLedger(S3.store(), name);
  private final ReleaseActions actions = new ReleaseActions(ledger);
  private Tracking tracking;
  private MlflowApi api;

  @BeforeEach
  void connect() {
    tracking = MLFLOW.tracking();
    api = new MlflowApi(new MlflowAddress(MLFLOW.uri(), null, null, null));
  }

  @AfterEach
  void disconnect() {
    tracking.close();
    api.close();
  }

  @Test
  void registersAVersionWithWhatItIs() throws IOException {
    Run run = tracking.run(name, SampleReleases.release(1).model(), "a run", Map.of());
    mirror(release(1));

    JsonNode version = versions(MLFLOW).get(0);
    assertThat(version.get("version").asText()).isEqualTo("1");
    assertThat(version.get("run_id").asText()).isEqualTo(run.id());
    assertThat(version.get("source").asText()).isEqualTo("s3://propensity/store/data/train/1");
    assertThat(version.get("description").asText()).contains("s3://propensity/store/data/train/1");
    assertThat(tags(version))
        .containsEntry("propensity.version", "1")
        .containsEntry("propensity.origin", "real")
        .containsEntry("propensity.model", "s3://propensity/store/data/train/1")
        .containsEntry("propensity.evaluation", "s3://propensity/store/data/evaluate/1")
        .containsEntry("propensity.digest", SampleReleases.release(1).digest().hex())
        .containsEntry("propensity.decision", "released in entry 1: better");
    assertThat(aliases(MLFLOW)).isEqualTo(Map.of("champion", "1"));
  }

  @Test
  void movesAliasesAndRemovesThoseThatAreNoMore() throws IOException {
    mirror(release(1));
    mirror(challenge(2));
    assertThat(aliases(MLFLOW)).isEqualTo(Map.of("champion", "1", "challenger", "2"));
    mirror(actions.promote(2, "Ada", "trial"));
    assertThat(aliases(MLFLOW)).isEqualTo(Map.of("champion", "2", "previous", "1"));
    mirror(actions.rollBack(SampleReleases.release(2), "Ada", "complaints"));

    assertThat(aliases(MLFLOW)).isEqualTo(Map.of("champion", "1"));
    assertThat(tags(versions(MLFLOW).get(1)))
        .containsEntry("propensity.decision", "rolled back in entry 4: complaints");
  }

  @Test
  void fillsALostDatabaseWithTheSameVersionsAndAliases() throws IOException {
    release(1);
    challenge(2);
    LedgerEntry state = release(3);
    mirror(state);

    try (Tracking other = EMPTY.tracking()) {
      other.mirror(ledger, state);
    }

    assertThat(aliases(EMPTY))
        .isEqualTo(aliases(MLFLOW))
        .isEqualTo(Map.of("champion", "3", "challenger", "2", "previous", "1"));
    for (MlflowServer server : new MlflowServer[] {MLFLOW, EMPTY}) {
      JsonNode versions = versions(server);
      assertThat(versions).hasSize(3);
      for (int i = 0; i < 3; i++) {
        assertThat(versions.get(i).get("version").asInt()).isEqualTo(i + 1);
        assertThat(tags(versions.get(i))).containsEntry("propensity.version", "" + (i + 1));
      }
    }
    assertThat(tags(versions(EMPTY).get(1)))
        .containsEntry("propensity.decision", "challenger in entry 2: worse");
  }

  @Test
  void repairsWhatSomebodyChanged() throws IOException {
    release(1);
    LedgerEntry state = release(2);
    mirror(state);
    api.post("registered-models/alias", Map.of("name", name, "alias", "champion", "version", "1"));
    api.delete("registered-models/alias", Map.of("name", name, "alias", "previous"));
    mirror(state);
    assertThat(aliases(MLFLOW)).isEqualTo(Map.of("champion", "2", "previous", "1"));

    api.delete("model-versions/delete", Map.of("name", name, "version", "1"));
    mirror(state);
    assertThat(aliases(MLFLOW)).isEqualTo(Map.of("champion", "2", "previous", "3"));
    assertThat(tags(versions(MLFLOW).get(1))).containsEntry("propensity.version", "1");
  }

  @Test
  void keepsTheLowestOfVersionsThatTriesMadeAtOnceAndLeavesOthers() throws IOException {
    mirror(release(1));
    Map<String, Object> twin =
        Map.of(
            "name",
            name,
            "source",
            "s3://propensity/other",
            "tags",
            new Object[] {Map.of("key", "propensity.version", "value", "1")});
    api.post("model-versions/create", twin);
    api.post("model-versions/create", Map.of("name", name, "source", "s3://propensity/by-hand"));

    mirror(release(2));

    JsonNode versions = versions(MLFLOW);
    assertThat(versions).hasSize(3);
    assertThat(versions.get(0).get("version").asInt()).isEqualTo(1);
    assertThat(versions.get(1).get("version").asInt()).isEqualTo(3);
    assertThat(tags(versions.get(2))).containsEntry("propensity.version", "2");
    assertThat(aliases(MLFLOW)).isEqualTo(Map.of("champion", "4", "previous", "1"));
  }

  @Test
  void leavesNewerAliasesAloneWhenItComesLate() throws IOException {
    LedgerEntry early = release(1);
    mirror(release(2));

    mirror(early);

    assertThat(aliases(MLFLOW)).isEqualTo(Map.of("champion", "2", "previous", "1"));
  }

  @Test
  void saysThatRowsAreSynthetic() throws IOException {
    ReleaseLedger sample = new ReleaseLedger(S3.store(), name + "-synthetic");
    LedgerEntry state =
        sample.append(
            last ->
                new NextEntry(sample.name(), last, "a run", "better")
                    .released(SampleReleases.release(1)));
    tracking.mirror(sample, state);

    JsonNode model =
        json(MLFLOW, "/api/2.0/mlflow/registered-models/get?name=" + sample.name())
            .get("registered_model");
    assertThat(model.get("description").asText()).startsWith("Synthetic rows:");
    assertThat(tags(model)).containsEntry("propensity.origin", "synthetic");
    assertThat(model.get("latest_versions").get(0).get("description").asText())
        .startsWith("Synthetic rows:");
  }

  private LedgerEntry release(int version) {
    return ledger.append(
        last ->
            new NextEntry(name, last, "a run", "better").released(SampleReleases.release(version)));
  }

  private LedgerEntry challenge(int version) {
    return ledger.append(
        last ->
            new NextEntry(name, last, "a run", "worse")
                .challenger(SampleReleases.release(version)));
  }

  private void mirror(LedgerEntry state) {
    tracking.mirror(ledger, state);
  }

  private Map<String, String> aliases(MlflowServer server) throws IOException {
    Map<String, String> aliases = new TreeMap<>();
    json(server, "/api/2.0/mlflow/registered-models/get?name=" + name)
        .get("registered_model")
        .path("aliases")
        .forEach(alias -> aliases.put(alias.get("alias").asText(), alias.get("version").asText()));
    return aliases;
  }

  private JsonNode versions(MlflowServer server) throws IOException {
    return json(
            server,
            "/api/2.0/mlflow/model-versions/search?order_by=version_number%20ASC&filter=name%3D%27"
                + name
                + "%27")
        .get("model_versions");
  }

  private static Map<String, String> tags(JsonNode node) {
    Map<String, String> tags = new TreeMap<>();
    node.path("tags").forEach(tag -> tags.put(tag.get("key").asText(), tag.get("value").asText()));
    return tags;
  }

  private static JsonNode json(MlflowServer server, String path) throws IOException {
    return new ObjectMapper().readTree(server.get(path));
  }
}
