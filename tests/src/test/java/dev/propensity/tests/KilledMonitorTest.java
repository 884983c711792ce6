package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.faults.EveryKill;
import dev.propensity.faults.Victim;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.task.Task;
import dev.propensity.tasks.collect.CapturedToys;
import dev.propensity.tasks.collect.CollectTask;
import dev.propensity.tasks.monitor.MonitorTask;
import dev.propensity.tracking.MlflowServer;
import dev.propensity.tracking.MonitoringEntry;
import dev.propensity.tracking.MonitoringLedger;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The task monitor killed at each of its exchanges with S3 and MLflow, and run again: one verdict
 * in the ledger, of the one artifact, and one run in MLflow.
 */
@Tag("faults")
class KilledMonitorTest {
  private static final String DATASET = "--dataset=" + CapturedToys.SPECIFICATION;

  @RegisterExtension static final S3Server S3 = new S3Server();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  @TempDir private Path work;

  private Artifact model;

  @Test
  void recordsEachWindowOnce() throws Exception {
    World undisturbed = new World(S3, Optional.empty(), "undisturbed");
    CapturedToys toys = new CapturedToys(undisturbed.store(), work);
    model = toys.model(3, Origin.REAL);
    release(undisturbed);
    List<String> cells = new ArrayList<>();
    for (int row = 0; row < 200; row++) {
      cells.addAll(List.of(String.valueOf(row % 100), row % 3 == 0 ? "north" : "south"));
    }
    Instant noon = Instant.parse("2026-03-10T12:00:00Z");
    toys.segment("toys", model, "a", noon, cells.toArray(String[]::new));
    S3Location profile = undisturbed.run(new CollectTask(), DATASET, "--window=2026-03-10");
    String[] arguments = {DATASET, "--profile=" + profile};
    Artifact expected = undisturbed.store().require(undisturbed.run(new MonitorTask(), arguments));
    Victim victim =
        new Victim(
            MonitorTask.class,
            (environment, own) -> Task.run(new MonitorTask(), environment, own),
            Map.of(
                "AWS_ENDPOINT_URL_S3", S3.endpoint(),
                "MLFLOW_TRACKING_URI", URI.create(MLFLOW.uri())));
    int exchanges =
        EveryKill.run(
            victim,
            new EveryKill.Trial() {
              @Override
              public Map<String, String> environment(int kill) throws IOException {
                World world = world(kill);
                if (world.keys().isEmpty()) {
                  release(world);
                }
                return world.environment();
              }

              @Override
              public String[] arguments(int kill) {
                return arguments;
              }

              @Override
              public void checkKilled(int kill) throws IOException {
                assertThat(world(kill).wholeArtifacts())
                    .extracting(Artifact::digest)
                    .allMatch(expected.digest()::equals);
                assertThat(verdicts(kill)).hasSizeLessThan(2);
              }

              @Override
              public void runAgain(int kill) throws Exception {
                S3Location made = world(kill).run(new MonitorTask(), arguments);
                assertThat(world(kill).wholeArtifacts())
                    .singleElement()
                    .isEqualTo(new Artifact(made, expected.manifest(), expected.digest()));
                assertThat(verdicts(kill))
                    .singleElement()
                    .extracting(MonitoringEntry::monitoring)
                    .isEqualTo(made);
                assertThat(new Mlflow(MLFLOW).runsOf(model.uri())).isEqualTo(1);
              }
            });
    assertThat(exchanges).isGreaterThan(10);
  }

  private void release(World world) throws IOException {
    new CapturedToys(world.store(), work).release(model, "2026-03-01T00:00:00Z");
  }

  private static List<MonitoringEntry> verdicts(int kill) {
    return new MonitoringLedger(world(kill).store(), "toys").all();
  }

  private static World world(int kill) {
    return new World(S3, Optional.of(MLFLOW.uri()), "monitor" + kill);
  }
}
