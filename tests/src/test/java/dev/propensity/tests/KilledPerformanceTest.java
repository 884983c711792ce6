package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.artifacts.Outcomes;
import dev.propensity.artifacts.PerformanceArtifact;
import dev.propensity.faults.EveryKill;
import dev.propensity.faults.Victim;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.Origin;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.task.Task;
import dev.propensity.tasks.collect.CapturedToys;
import dev.propensity.tasks.outcomes.OutcomesTask;
import dev.propensity.tasks.performance.PerformanceTask;
import dev.propensity.tasks.performance.ScoredToys;
import dev.propensity.tracking.MlflowServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tasks outcomes and performance killed at each of their exchanges with S3 and MLflow, and run
 * again: each table is stored once, and each window is one artifact and one run in MLflow.
 */
@Tag("faults")
class KilledPerformanceTest {
  private static final String RULES =
      CapturedToys.SPECIFICATION + "capture: {identifier: plain}\noutcomes: {contacted: all}\n";

  @RegisterExtension static final S3Server S3 = new S3Server();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  @TempDir private Path work;

  @Test
  void storesEachTableOnce() throws Exception {
    Path table = work.resolve("outcomes.csv");
    Files.writeString(table, "id,bought\na,yes\nb,no\n");
    String[] arguments = {"--dataset=" + RULES, "--data=" + table};
    Victim victim =
        new Victim(
            OutcomesTask.class,
            (environment, own) -> Task.run(new OutcomesTask(), environment, own),
            Map.of("AWS_ENDPOINT_URL_S3", S3.endpoint()));
    int exchanges =
        EveryKill.run(
            victim,
            new Trial("outcomes", arguments) {
              @Override
              public void checkKilled(int kill) {
                assertThat(batches(world(kill))).isLessThan(2);
              }

              @Override
              public void runAgain(int kill) throws Exception {
                world(kill).run(new OutcomesTask(), arguments);
                assertThat(batches(world(kill))).isEqualTo(1);
              }
            });
    assertThat(exchanges).isGreaterThan(2);
  }

  private static int batches(World world) {
    return new Outcomes(world.store(), "toys").keys().size();
  }

  @Test
  void measuresEachWindowOnce() throws Exception {
    World undisturbed = new World(S3, Optional.empty(), "measured");
    Artifact model = new CapturedToys(undisturbed.store(), work).model(3, Origin.REAL);
    fill(undisturbed, model);
    String[] arguments = {"--dataset=" + RULES, "--window=2026-03-10"};
    Artifact expected =
        undisturbed.store().require(undisturbed.run(new PerformanceTask(), arguments));
    Victim victim =
        new Victim(
            PerformanceTask.class,
            (environment, own) -> Task.run(new PerformanceTask(), environment, own),
            Map.of(
                "AWS_ENDPOINT_URL_S3", S3.endpoint(),
                "MLFLOW_TRACKING_URI", URI.create(MLFLOW.uri())));
    int exchanges =
        EveryKill.run(
            victim,
            new Trial("performance", arguments) {
              @Override
              public Map<String, String> environment(int kill) throws IOException {
                if (world(kill).keys().isEmpty()) {
                  fill(world(kill), model);
                }
                return super.environment(kill);
              }

              @Override
              public void checkKilled(int kill) throws IOException {
                assertThat(world(kill).wholeArtifacts())
                    .filteredOn(KilledPerformanceTest::isPerformance)
                    .extracting(Artifact::digest)
                    .allMatch(expected.digest()::equals);
              }

              @Override
              public void runAgain(int kill) throws Exception {
                S3Location made = world(kill).run(new PerformanceTask(), arguments);
                assertThat(world(kill).wholeArtifacts())
                    .filteredOn(KilledPerformanceTest::isPerformance)
                    .singleElement()
                    .isEqualTo(new Artifact(made, expected.manifest(), expected.digest()));
                assertThat(new Mlflow(MLFLOW).runsOf(model.uri())).isEqualTo(1);
              }
            });
    assertThat(exchanges).isGreaterThan(10);
  }

  private static boolean isPerformance(Artifact artifact) {
    return artifact.manifest().task().equals(PerformanceArtifact.PRODUCER);
  }

  /** The model's release, a segment, and the outcomes of its customers. */
  private void fill(World world, Artifact model) throws IOException {
    new CapturedToys(world.store(), work).release(model, "2026-03-01T00:00:00Z");
    ScoredToys toys = new ScoredToys(world.store(), work, world.environment());
    toys.segment(model, "a", 200);
    toys.outcomes(RULES, 0, 200, "2026-03-20");
  }

  /** Kills in a store of its own for each. */
  private abstract static class Trial implements EveryKill.Trial {
    private final String name;
    private final String[] arguments;

    private Trial(String name, String... arguments) {
      this.name = name;
      this.arguments = arguments;
    }

    World world(int kill) {
      return new World(S3, Optional.of(MLFLOW.uri()), name + kill);
    }

    @Override
    public Map<String, String> environment(int kill) throws IOException {
      return world(kill).environment();
    }

    @Override
    public String[] arguments(int kill) {
      return arguments;
    }
  }
}
