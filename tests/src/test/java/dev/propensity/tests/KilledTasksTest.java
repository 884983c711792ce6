package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.faults.EveryKill;
import dev.propensity.faults.Victim;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.task.Task;
import dev.propensity.tasks.download.DownloadTask;
import dev.propensity.tasks.evaluate.EvaluateTask;
import dev.propensity.tasks.predict.PredictTask;
import dev.propensity.tasks.preprocess.PreprocessTask;
import dev.propensity.tasks.train.TrainTask;
import dev.propensity.tracking.MlflowServer;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Each computation killed at each of its exchanges with S3 and MLflow, and run again: no partial
 * artifact at any time, and afterwards the same bytes as uninterrupted, logged once.
 */
@Tag("faults")
class KilledTasksTest {
  private static final String DATASET = "../datasets/insurance.yaml";

  @RegisterExtension static final S3Server S3 = new S3Server();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  private static World undisturbed;
  private static String raw;
  private static String features;
  private static String model;

  @BeforeAll
  static void runUndisturbed() throws Exception {
    undisturbed = new World(S3, Optional.empty(), "undisturbed");
    raw = undisturbed.run(new DownloadTask(), download()).toString();
    features = undisturbed.run(new PreprocessTask(), preprocess()).toString();
    model = undisturbed.run(new TrainTask(), train()).toString();
  }

  @Test
  void downloadLeavesNothingHalfDone() throws Exception {
    killEverywhere(DownloadTask.class, DownloadTask::new, download());
  }

  @Test
  void preprocessLeavesNothingHalfDone() throws Exception {
    killEverywhere(PreprocessTask.class, PreprocessTask::new, preprocess());
  }

  @Test
  void trainLeavesNothingHalfDone() throws Exception {
    killEverywhere(TrainTask.class, TrainTask::new, train());
  }

  @Test
  void evaluateLeavesNothingHalfDone() throws Exception {
    killEverywhere(EvaluateTask.class, EvaluateTask::new, evaluate());
  }

  @Test
  void predictLeavesNothingHalfDone() throws Exception {
    killEverywhere(PredictTask.class, PredictTask::new, predict());
  }

  private static void killEverywhere(
      Class<? extends Task> type, Supplier<Task> task, String... arguments) throws Exception {
    Artifact expected =
        undisturbed.store().find(undisturbed.run(task.get(), arguments)).orElseThrow();
    Victim victim =
        new Victim(
            type,
            (environment, own) -> Task.run(task.get(), environment, own),
            Map.of(
                "AWS_ENDPOINT_URL_S3", S3.endpoint(),
                "MLFLOW_TRACKING_URI", URI.create(MLFLOW.uri())));
    int exchanges =
        EveryKill.run(
            victim,
            new EveryKill.Trial() {
              private World world(int kill) {
                return new World(
                    S3,
                    Optional.of(MLFLOW.uri()),
                    type.getSimpleName().toLowerCase(Locale.ROOT) + kill);
              }

              @Override
              public Map<String, String> environment(int kill) {
                return world(kill).environment();
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
              }

              @Override
              public void runAgain(int kill) throws Exception {
                S3Location made = world(kill).run(task.get(), arguments);
                assertThat(world(kill).wholeArtifacts())
                    .singleElement()
                    .isEqualTo(new Artifact(made, expected.manifest(), expected.digest()));
                assertThat(new Mlflow(MLFLOW).runsOf(made))
                    .as("MLflow's runs of %s", made)
                    .isLessThan(2);
              }
            });
    assertThat(exchanges).isGreaterThan(4);
  }

  private static String[] download() {
    return new String[] {"--dataset", DATASET, "--source", "sample:3000"};
  }

  private static String[] preprocess() {
    return new String[] {"--dataset", DATASET, "--raw", raw};
  }

  private static String[] train() {
    return new String[] {"--dataset", DATASET, "--features", features, "--threads", "1"};
  }

  private static String[] evaluate() {
    return new String[] {
      "--dataset", DATASET, "--model", model, "--features", features, "--champion", "none"
    };
  }

  private static String[] predict() {
    return new String[] {"--dataset", DATASET, "--model", model, "--raw", raw, "--threads", "1"};
  }
}
