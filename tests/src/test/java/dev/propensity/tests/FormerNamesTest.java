package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.task.Task;
import dev.propensity.tasks.deploy.DeployTask;
import dev.propensity.tasks.history.HistoryTask;
import dev.propensity.tasks.predict.PredictTask;
import dev.propensity.tasks.rollback.RollbackTask;
import dev.propensity.tasks.serve.RunningServer;
import dev.propensity.tasks.verify.VerifyTask;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.Release;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A store that an earlier version wrote, with {@code sample} and {@code -sample} for synthetic
 * rows: two versions of a model of 600 rows, both released. It stays as it is.
 */
class FormerNamesTest {
  private static final String DATASET =
      """
      name: toys
      title: Who buys the toy?
      source: sample:600
      identifier: id
      label: {column: bought, positive: "yes", negative: "no"}
      features:
        - {name: age, kind: number, minimum: 0}
        - {name: color, kind: category, values: [red, green, blue]}
      offer: {gain: 5, cost: 1}
      submission: {}
      """;

  @RegisterExtension static final S3Server S3 = new S3Server();

  private static final World WORLD = new World(S3, Optional.empty(), "sample-store");

  @BeforeAll
  static void putTheStore() throws IOException {
    try (InputStream in = FormerNamesTest.class.getResourceAsStream("/sample-store.zip");
        ZipInputStream zip = new ZipInputStream(in)) {
      ZipEntry entry;
      while ((entry = zip.getNextEntry()) != null) {
        if (!entry.isDirectory()) {
          S3.objects().write(WORLD.store().root().resolve(entry.getName()), zip.readAllBytes());
        }
      }
    }
  }

  @Test
  void theOldChampionIsReadServedRolledBackAndFollowedByNewVersions() throws Exception {
    ReleaseLedger ledger = new ReleaseLedger(WORLD.store(), "toys-synthetic");
    LedgerEntry old = ledger.latest().orElseThrow();
    Release champion = old.champion();
    assertThat(old.name()).isEqualTo("toys-synthetic");
    assertThat(champion.version()).isEqualTo(2);
    assertThat(ledger.location(2)).isEqualTo(in("toys-sample/releases/000002.json"));
    assertThat(WORLD.wholeArtifacts())
        .hasSize(6)
        .allMatch(artifact -> artifact.manifest().origin() == Origin.SYNTHETIC);

    for (String name : List.of("toys-synthetic", "toys-sample")) {
      assertThat(WORLD.run(new VerifyTask(), "--name", name)).isEqualTo(champion.model());
      assertThat(Task.run(new HistoryTask(), WORLD.environment(), "--name", name)).isZero();
    }
    S3Location raw = WORLD.run(Step.DOWNLOAD.task(), with("--source", "sample:300"));
    assertThat(raw.toString()).startsWith(in("toys-synthetic/download/").toString());
    S3Location predictions = WORLD.run(new PredictTask(), with("--raw", raw.toString()));
    assertThat(predictions.toString()).startsWith(in("toys-synthetic/predict/").toString());
    assertThat(WORLD.store().require(predictions).manifest().inputs().values())
        .extracting(input -> input.uri())
        .contains(champion.model());

    for (String name : List.of("toys-synthetic", "toys-sample")) {
      try (RunningServer server = new RunningServer(WORLD.environment(), "--name", name)) {
        JsonNode model = server.answering(ledger.latest().orElseThrow().number());
        assertThat(model.get("name").asText()).isEqualTo("toys-synthetic");
        assertThat(model.get("version").asInt()).isEqualTo(2);
        WORLD.run(
            new DeployTask(),
            "--release",
            in("toys-sample/releases/000002.json").toString(),
            "--endpoint",
            "{\"%s\": \"%s\"}".formatted(name, server.responses().address()));
      }
    }

    assertThat(run(old)).isEqualTo(in("toys-sample/releases/000003.json"));
    LedgerEntry next = ledger.latest().orElseThrow();
    assertThat(next.previous()).isEqualTo(champion);
    assertThat(next.champion().version()).isEqualTo(3);
    assertThat(next.champion().model().toString())
        .startsWith(in("toys-synthetic/train/").toString());

    WORLD.run(new RollbackTask(), "--name", "toys-synthetic", "--why", "a test", "--who", "me");
    assertThat(ledger.champion()).contains(champion);
    WORLD.run(new RollbackTask(), "--name", "toys-sample", "--why", "a test", "--who", "me");
    assertThat(ledger.champion().map(Release::version)).contains(1);
    assertThat(WORLD.keys()).noneMatch(key -> key.contains("toys-synthetic/releases"));
  }

  /** A run of this version, whose evaluation compares with the old champion. */
  private static S3Location run(LedgerEntry old) throws IOException {
    S3Location raw = WORLD.run(Step.DOWNLOAD.task(), with("--source", "sample:900"));
    S3Location features = WORLD.run(Step.PREPROCESS.task(), with("--raw", raw.toString()));
    S3Location model =
        WORLD.run(
            Step.TRAIN.task(),
            with("--features", features.toString(), "--learner", "logistic", "--threads", "1"));
    S3Location evaluation =
        WORLD.run(
            Step.EVALUATE.task(),
            with("--model", model.toString(), "--features", features.toString()));
    assertThat(WORLD.store().require(evaluation).manifest().inputs().values())
        .extracting(input -> input.uri())
        .contains(old.champion().model());
    return WORLD.run(
        Step.REGISTER.task(), with("--evaluation", evaluation.toString(), "--release", "release"));
  }

  private static S3Location in(String path) {
    return WORLD.store().root().resolve(path);
  }

  private static String[] with(String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "--dataset";
    all[1] = DATASET;
    System.arraycopy(more, 0, all, 2, more.length);
    return all;
  }
}
