package dev.propensity.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.faults.JavaProcess;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.tasks.download.DownloadTask;
import dev.propensity.tasks.evaluate.EvaluateTask;
import dev.propensity.tasks.preprocess.PreprocessTask;
import dev.propensity.tasks.register.RegisterTask;
import dev.propensity.tasks.train.TrainTask;
import dev.propensity.tracking.LedgerEntry;
import dev.propensity.tracking.LedgerEntry.Action;
import dev.propensity.tracking.MlflowServer;
import dev.propensity.tracking.ReleaseLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same run twice concurrently, each task a process: the result is that of one run. */
@Tag("faults")
class TwoRunsTest {
  private static final int REGISTERING = 6;
  private static final JavaProcess DOWNLOAD = new JavaProcess(DownloadTask.class);
  private static final JavaProcess PREPROCESS = new JavaProcess(PreprocessTask.class);
  private static final JavaProcess TRAIN = new JavaProcess(TrainTask.class);
  private static final JavaProcess EVALUATE = new JavaProcess(EvaluateTask.class);
  private static final JavaProcess REGISTER = new JavaProcess(RegisterTask.class);

  @RegisterExtension static final S3Server S3 = new S3Server();
  @RegisterExtension static final MlflowServer MLFLOW = new MlflowServer();

  private static String insurance;

  @BeforeAll
  static void readTheSpecification() throws IOException {
    insurance = Files.readString(Path.of("../datasets/insurance.yaml"));
  }

  /** The result of a run. */
  private record Made(
      S3Location raw, S3Location features, S3Location model, S3Location evaluation) {}

  private record Released(Made made, S3Location entry) {}

  @Test
  void makeOneArtifactEachAndReleaseOnce() throws Exception {
    World world = world("twice");
    List<Released> runs =
        atOnce(
            2,
            step -> {
              Made made = make(world, step);
              step.await();
              return new Released(made, world.run(REGISTER, registering(world, made)));
            });
    Released one = runs.get(0);
    assertThat(runs).containsOnly(one);
    Made made = one.made();
    assertThat(world.wholeArtifacts())
        .extracting(Artifact::uri)
        .containsExactlyInAnyOrder(made.raw(), made.features(), made.model(), made.evaluation());
    assertReleasedOnce(world, one);
  }

  @Test
  void registerOnceHoweverManyDoItAtOnce() throws Exception {
    World world = world("many");
    Made made = make(world, new CyclicBarrier(1));
    List<S3Location> entries =
        atOnce(
            REGISTERING,
            step -> {
              step.await();
              return world.run(new RegisterTask(), registering(world, made));
            });
    assertThat(entries).containsOnly(entries.get(0));
    assertReleasedOnce(world, new Released(made, entries.get(0)));
  }

  private static Made make(World world, CyclicBarrier step) throws Exception {
    String[] dataset = {"--dataset", specification(world)};
    step.await();
    S3Location raw = world.run(DOWNLOAD, with(dataset, "--source", "sample:3000"));
    step.await();
    S3Location features = world.run(PREPROCESS, with(dataset, "--raw", raw.toString()));
    step.await();
    S3Location model = world.run(TRAIN, with(dataset, "--features", features.toString()));
    step.await();
    return new Made(
        raw,
        features,
        model,
        world.run(
            EVALUATE,
            with(dataset, "--model", model.toString(), "--features", features.toString())));
  }

  private static String[] registering(World world, Made made) {
    String[] dataset = {"--dataset", specification(world)};
    return with(
        dataset,
        "--evaluation",
        made.evaluation().toString(),
        "--release",
        "release",
        "--who",
        "a");
  }

  private static void assertReleasedOnce(World world, Released released) throws Exception {
    String name = world.name() + "-synthetic";
    ReleaseLedger ledger = new ReleaseLedger(world.store(), name);
    LedgerEntry last = ledger.latest().orElseThrow();
    assertThat(last.number()).isEqualTo(1);
    assertThat(last.action()).isEqualTo(Action.RELEASED);
    assertThat(last.champion().model()).isEqualTo(released.made().model());
    assertThat(released.entry()).isEqualTo(ledger.location(1));
    Mlflow mlflow = new Mlflow(MLFLOW);
    assertThat(mlflow.runsOf(released.made().model())).isEqualTo(1);
    assertThat(mlflow.versionsOf(name)).isEqualTo(1);
    assertThat(mlflow.aliasesOf(name)).isEqualTo(Map.of("champion", "1"));
  }

  /** A separate dataset, since all environments share one MLflow. */
  private static String specification(World world) {
    return insurance.replace("name: insurance", "name: " + world.name());
  }

  private static World world(String name) {
    return new World(S3, Optional.of(MLFLOW.uri()), name);
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  private interface Attempt<T> {
    T run(CyclicBarrier step) throws Exception;
  }

  /** Does the work so many times at once; it may wait for the others before each step. */
  private static <T> List<T> atOnce(int times, Attempt<T> work) throws Exception {
    CyclicBarrier step = new CyclicBarrier(times);
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        futures.add(
            threads.submit(
                () -> {
                  try {
                    return work.run(step);
                  } catch (AssertionError | Exception e) {
                    step.reset(); // the others do not wait for a failed one
                    throw e;
                  }
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
