package dev.propensity.tasks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.propensity.dataset.features.FeatureTable;
import dev.propensity.model.Model;
import dev.propensity.model.calibration.MarginRows;
import dev.propensity.model.comparison.Comparison;
import dev.propensity.model.comparison.Comparison.CandidateResult;
import dev.propensity.model.comparison.OutOfFold;
import dev.propensity.storage.Artifact;
import dev.propensity.storage.ArtifactStore;
import dev.propensity.storage.S3Location;
import dev.propensity.storage.S3Server;
import dev.propensity.testing.HelpText;
import dev.propensity.testing.TaskRun;
import dev.propensity.testing.TaskRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CompareTaskTest {
  @RegisterExtension static final S3Server S3 = new S3Server();

  private static final int SEED = 1;

  @TempDir static Path work;
  private static ArtifactStore store;
  private static Folded folded;
  private static Artifact raw;
  private static List<Artifact> features;
  private static List<Artifact> weak;
  private static List<Artifact> strong;

  @TempDir Path folder;

  @BeforeAll
  static void fit() throws IOException {
    store = S3.store();
    folded = new Folded(store, work);
    raw = folded.raw(SEED);
    features = folded.features(raw, SEED);
    weak = new ArrayList<>();
    strong = new ArrayList<>();
    for (Artifact fold : features) {
      weak.add(folded.model(fold, 1, 0.3));
      strong.add(folded.model(fold, 60, 0.1));
    }
  }

  @Test
  void helpIsAsItWasReviewed() throws Exception {
    HelpText.assertUnchanged(new CompareTask());
  }

  @Test
  void findsTheBetterCandidateAndKeepsEveryScore() throws IOException {
    Artifact artifact = done(all(weak, strong), features);
    assertThat(artifact.manifest().files())
        .containsOnlyKeys("comparison.json", "out-of-fold.arrow", "report.html");
    assertThat(artifact.manifest().inputs())
        .containsKeys("raw", "features/3", "models/xgboost-1/1", "models/xgboost-2/3");
    store.fetch(artifact, folder);
    Comparison comparison =
        Comparison.parse(Files.readAllBytes(folder.resolve(Comparison.FILE)), "comparison");
    assertThat(comparison.winner()).isEqualTo("xgboost-1");
    CandidateResult winner = comparison.best();
    assertThat(winner.changed().toString()).isEqualTo("{\"eta\":0.1,\"rounds\":60}");
    assertThat(winner.auc().mean()).isGreaterThan(comparison.named("xgboost-2").auc().mean());
    assertThat(winner.pooledAuc().low()).isLessThan(winner.auc().mean());
    assertThat(comparison.differences()).hasSize(1);
    assertThat(comparison.differences().get(0).auc().value()).isPositive();

    OutOfFold scores = OutOfFold.read(folder.resolve(OutOfFold.FILE));
    assertThat(scores.candidates()).containsExactly("xgboost-1", "xgboost-2");
    assertThat(scores.rows()).isEqualTo(comparison.rows()).isGreaterThan(2000);
    String[] identifiers = FeatureTable.read(folder.resolve(OutOfFold.FILE)).identifiers();
    assertThat(Arrays.stream(identifiers).distinct()).hasSize(comparison.rows());
  }

  @Test
  void aFoldsRowsAreScoredByTheModelThatDidNotLearnFromThem() throws IOException {
    store.fetch(done(uris(strong), features), folder);
    OutOfFold scores = OutOfFold.read(folder.resolve(OutOfFold.FILE));
    MarginRows margins = scores.margins("xgboost").orElseThrow();
    int scored = 0;
    for (int fold = 1; fold <= Folded.FOLDS; fold++) {
      Path fetched = Files.createDirectory(folder.resolve("fold" + fold));
      Model model = Model.load(store.fetch(strong.get(fold - 1), fetched));
      store.fetch(features.get(fold - 1), fetched, "validation.arrow");
      FeatureTable rows = FeatureTable.read(fetched.resolve("validation.arrow"));
      for (float expected : model.scorer().margins(rows.values(), rows.rows())) {
        assertThat(margins.margin(scored++)).isEqualTo(expected);
      }
    }
    assertThat(scored).isEqualTo(scores.rows());
  }

  @Test
  void answersAtOnceWhenAskedAgainInAnyOrderAndWritesTheSameBytesWhenForced() throws IOException {
    S3Location first = run(all(weak, strong), features).succeeded().uri();
    assertThat(run(all(strong, weak), features).status()).isEqualTo("unchanged");
    TaskRun forced = run(all(strong, weak), features, "--force");
    assertThat(forced.status()).isEqualTo("done");
    assertThat(forced.uri()).isEqualTo(first);
  }

  @Test
  void rejectsFoldsThatAreNotComplete() throws IOException {
    assertThat(run(all(weak, strong), features.subList(0, 2)).rejected())
        .isEqualTo("--features lacks fold 3 of 3");
    List<S3Location> models = new ArrayList<>(uris(weak));
    models.add(strong.get(1).uri());
    assertThat(run(models, features).rejected())
        .isEqualTo("--models lacks fold 1 of the learner and parameters of " + strong.get(1).uri());
  }

  @Test
  void rejectsWhatIsOfAnotherTableOrNoFold() throws IOException {
    List<Artifact> others = folded.features(folded.raw(2), 2);
    List<Artifact> mixed = List.of(features.get(0), features.get(1), others.get(2));
    assertThat(run(uris(weak), mixed).rejected()).endsWith("are of different tables");
    assertThat(run(uris(weak), others).rejected()).endsWith("which is not among --features");
    Artifact plain = folded.plain(raw, SEED);
    assertThat(run(uris(weak), List.of(plain)).rejected())
        .isEqualTo(plain.uri() + " is not a fold: preprocess writes one with --folds and --fold");
    assertThat(run(List.of(features.get(0).uri()), features).rejected())
        .contains("an artifact of train is expected");
  }

  @Test
  void rejectsListsThatAreNone() throws IOException {
    assertThat(run("[]", "[]").rejected()).startsWith("--features must list at least one URI");
    assertThat(run("[]", "s3://bucket/one").rejected()).contains("--features");
    String one = "\"" + features.get(0).uri() + "\"";
    assertThat(run("[]", "[" + one + ", " + one + "]").rejected()).endsWith("twice");
  }

  private static List<S3Location> uris(List<Artifact> artifacts) {
    return artifacts.stream().map(Artifact::uri).toList();
  }

  private static List<S3Location> all(List<Artifact> a, List<Artifact> b) {
    List<S3Location> all = new ArrayList<>(uris(a));
    all.addAll(uris(b));
    return all;
  }

  private Artifact done(List<S3Location> models, List<Artifact> folds) throws IOException {
    return store.require(run(models, folds).succeeded().uri(), "compare");
  }

  private TaskRun run(List<S3Location> models, List<Artifact> folds, String... more)
      throws IOException {
    return run(json(models), json(uris(folds)), more);
  }

  private static String json(List<S3Location> uris) {
    return "[\"" + String.join("\", \"", uris.stream().map(S3Location::toString).toList()) + "\"]";
  }

  private TaskRun run(String models, String folds, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--dataset=" + Folded.specification("customers"),
                "--models=" + models,
                "--features=" + folds));
    arguments.addAll(List.of(more));
    return TaskRunner.run(new CompareTask(), S3.environment(), arguments);
  }
}
